import { Trans, useLingui } from '@lingui/react/macro';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { api as call } from '../../api/client';
import type { BudgetLine } from '../../api/pooling';
import { refresh, useGet, useMyself } from '../../api/queries';
import { useFilters } from '../../members/common';
import '../../members/members.css';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { ConfirmDialog } from '../../ui/Dialog';
import { formatDate } from '../../ui/format';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { Select } from '../../ui/Select';
import { EmptyState } from '../../ui/States';
import { euros } from '../money';
import '../pooling.css';
import { useServiceNames } from '../serviceNames';
import { natureWords } from '../words';
import { AmendLineDialog, NewLineDialog } from './BudgetDialogs';
import { OperatorTabs } from './OperatorTabs';

/** What is planned to be spent in a year, line by line, and who else pays part of it. */
export function BudgetPage() {
  const { t } = useLingui();
  const { rights } = useMyself();
  const { values, set } = useFilters('year');
  const now = new Date().getFullYear();
  const year = /^20\d\d$/.test(values.year) ? Number(values.year) : now;
  const [asked, setAsked] = useState<'new' | null>(null);
  const lines = useGet<BudgetLine[]>(`/api/operator/pooling/budget/${year}`);
  const adopted = useGet<{ year: number; adoptedOn: string }[]>('/api/operator/pooling/budget-years');
  const adoptedOn = adopted.data?.find((one) => one.year === year)?.adoptedOn;
  return (
    <>
      <PageHeader
        title={t`Budget`}
        lead={adoptedOn ? t`Le budget ${year} a été adopté le ${formatDate(adoptedOn)} : une ligne se modifie par amendement motivé.` : t`Ce qui pèse sur l’année, ligne par ligne. Un investissement pèse par sa dotation annuelle.`}
        action={
          rights.includes('OPERATE') && (
            <Button variant="primary" icon={Plus} onPress={() => setAsked('new')}>
              <Trans>Ajouter une ligne</Trans>
            </Button>
          )
        }
      />
      <OperatorTabs selected="budget">
        <div className="m-filters">
          <Select label={t`Année`} value={String(year)} onChange={(picked) => set({ year: picked })} options={[now - 2, now - 1, now, now + 1, now + 2].map((one) => ({ value: String(one), label: String(one) }))} />
        </div>
        <Loaded query={lines}>
          {(all) =>
            all.length === 0 ? (
              <EmptyState title={t`Aucune ligne ne pèse sur ${year}`}>
                <Trans>Chaque ligne se rattache à une convention : ses parties la financent selon la clé de répartition.</Trans>
              </EmptyState>
            ) : (
              <Lines lines={all} runs={rights.includes('OPERATE')} adopted={adoptedOn !== undefined} />
            )
          }
        </Loaded>
      </OperatorTabs>
      {asked === 'new' && <NewLineDialog year={year} onClose={() => setAsked(null)} />}
    </>
  );
}

function Lines({ lines, runs, adopted }: { lines: BudgetLine[]; runs: boolean; adopted: boolean }) {
  const { t, i18n } = useLingui();
  const nameOf = useServiceNames();
  const [amending, setAmending] = useState<BudgetLine | null>(null);
  const [removing, setRemoving] = useState<BudgetLine | null>(null);
  const cost = lines.reduce((sum, one) => sum + one.inYear, 0);
  const funded = lines.reduce((sum, one) => sum + one.fundingInYear, 0);
  return (
    <div className="e-stack">
      <div className="m-figures p-amounts">
        <Sum amount={cost} word={t`à dépenser`} />
        <Sum amount={funded} word={t`financés par ailleurs`} />
        <Sum amount={cost - funded} word={t`à répartir`} />
      </div>
      <DataTable
        label={t`Lignes du budget`}
        rows={lines}
        rowId={(one) => one.id}
        columns={[
          { id: 'label', title: t`Ligne`, cell: (one) => one.label, sortBy: (one) => one.label },
          { id: 'nature', title: t`Nature`, cell: (one) => <Badge>{i18n._(natureWords[one.nature])}</Badge>, sortBy: (one) => one.nature },
          { id: 'agreement', title: t`Convention`, cell: (one) => <span className="e-nowrap">{one.agreementNumber}</span>, sortBy: (one) => one.agreementNumber },
          { id: 'service', title: t`Service`, cell: (one) => (one.service ? nameOf(one.service) : '') },
          { id: 'inYear', title: t`Pour l’année`, align: 'end', cell: (one) => euros(one.inYear), sortBy: (one) => one.inYear },
          { id: 'funding', title: t`Financé`, align: 'end', cell: (one) => (one.fundingInYear ? `${euros(one.fundingInYear)}${one.funder ? ` (${one.funder})` : ''}` : ''), sortBy: (one) => one.fundingInYear },
          {
            id: 'act',
            title: t`Modifier`,
            narrow: true,
            cell: (one) => (
              <span className="e-row">
                <Button variant="plain" aria-label={runs ? t`Amender ${one.label}` : t`Historique de ${one.label}`} onPress={() => setAmending(one)}>
                  {runs ? <Trans>Amender</Trans> : <Trans>Historique</Trans>}
                </Button>
                {runs && !adopted && (
                  <Button variant="plain" aria-label={t`Supprimer ${one.label}`} onPress={() => setRemoving(one)}>
                    <Trans>Supprimer</Trans>
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
      {amending && <AmendLineDialog line={amending} runs={runs} onClose={() => setAmending(null)} />}
      <ConfirmDialog
        isOpen={removing !== null}
        onClose={() => setRemoving(null)}
        danger
        title={t`Supprimer cette ligne ?`}
        confirm={t`Supprimer la ligne`}
        onConfirm={async () => {
          await call.delete(`/api/operator/pooling/budget/lines/${removing?.id}`);
          await refresh('/api/operator/pooling/budget');
        }}
      >
        <p>{removing?.label}</p>
      </ConfirmDialog>
    </div>
  );
}

export function Sum({ amount, word }: { amount: number; word: string }) {
  return (
    <p className="m-figure">
      <span className="m-figure__number">{euros(amount)}</span>
      <span className="m-figure__word">{word}</span>
    </p>
  );
}
