import { Trans, useLingui } from '@lingui/react/macro';
import { ReceiptEuro } from 'lucide-react';
import { useState } from 'react';
import { api as call } from '../../api/client';
import type { Call, CallKind } from '../../api/pooling';
import { refresh, useGet, useMyself } from '../../api/queries';
import type { MemberDetail, Page } from '../../api/types';
import '../../members/members.css';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Radios } from '../../ui/Choices';
import { DataTable } from '../../ui/DataTable';
import { DateField } from '../../ui/DateField';
import { DateText } from '../../ui/DateText';
import { ConfirmDialog } from '../../ui/Dialog';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { EmptyState } from '../../ui/States';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { euros } from '../money';
import { callWords } from '../words';
import { InvoicingDialog } from './InvoicingDialog';
import { OperatorTabs } from './OperatorTabs';

/** The calls of contributions: what was asked of the members, year by year. */
export function CallsPage() {
  const { t, i18n } = useLingui();
  const { rights } = useMyself();
  const [calling, setCalling] = useState(false);
  const [invoicing, setInvoicing] = useState(false);
  const calls = useGet<Call[]>('/api/operator/pooling/calls');
  return (
    <>
      <PageHeader
        title={t`Appels de contributions`}
        lead={t`Provisoire en début d’année, ajustée en cours d’année, définitive une fois les comptes arrêtés.`}
        action={
          rights.includes('OPERATE') && (
            <div className="e-row">
              <Button onPress={() => setInvoicing(true)}>
                <Trans>Coordonnées de facturation</Trans>
              </Button>
              <Button variant="primary" icon={ReceiptEuro} onPress={() => setCalling(true)}>
                <Trans>Appeler les contributions</Trans>
              </Button>
            </div>
          )
        }
      />
      <OperatorTabs selected="calls">
      <Loaded query={calls}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={ReceiptEuro} title={t`Aucun appel n’a encore été fait`}>
              <Trans>Il y faut un budget et une clé de répartition. Un aperçu montre ce que verserait chacun avant l’appel.</Trans>
            </EmptyState>
          ) : (
            <DataTable
              label={t`Appels de contributions`}
              rows={all}
              rowId={(one) => one.id}
              rowHref={(one) => `/operator/calls/${one.id}`}
              columns={[
                { id: 'year', title: t`Année`, cell: (one) => one.year, sortBy: (one) => one.year },
                { id: 'kind', title: t`Appel`, cell: (one) => <Badge tone={one.kind === 'final' ? 'good' : 'info'}>{i18n._(callWords[one.kind])}</Badge> },
                { id: 'due', title: t`À verser avant le`, cell: (one) => <DateText at={one.dueOn} />, sortBy: (one) => one.dueOn },
                { id: 'total', title: t`Total`, align: 'end', cell: (one) => euros(one.total), sortBy: (one) => one.total },
              ]}
            />
          )
        }
      </Loaded>
      </OperatorTabs>
      {invoicing && <InvoicingDialog onClose={() => setInvoicing(false)} />}
      {calling && <NewCall onClose={() => setCalling(false)} />}
    </>
  );
}

/** Who would pay what is shown before anything is sent to anybody. */
function NewCall({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useLingui();
  const [year, setYear] = useState(String(new Date().getFullYear()));
  const [kind, setKind] = useState<CallKind>('provisional');
  const [dueOn, setDueOn] = useState<string | null>(null);
  const valid = /^20\d\d$/.test(year);
  const preview = useGet<Record<string, number>>(valid ? `/api/operator/pooling/contributions/${year}/preview` : null);
  const members = useGet<Page<MemberDetail>>('/api/operator/members?limit=200');
  const send = async () => {
    await call.post(`/api/operator/pooling/contributions/${year}`, { kind: kind.toUpperCase(), dueOn });
    await refresh('/api/operator/pooling/calls');
    toast(t`Contributions ${year} appelées. Chaque collectivité voit son décompte.`);
  };
  return (
    <ConfirmDialog wide isOpen onClose={onClose} title={t`Appeler les contributions`} confirm={t`Appeler les contributions`} isDisabled={!valid || !dueOn || !preview.data} onConfirm={send}>
      <div className="m-pair">
        <TextField label={t`Année`} value={year} onChange={setYear} inputMode="numeric" maxLength={4} error={valid ? null : t`Donnez l’année en quatre chiffres.`} />
        <DateField label={t`À verser avant le`} value={dueOn} onChange={setDueOn} isRequired />
      </div>
      <Radios<CallKind> label={t`Appel`} value={kind} onChange={setKind} options={(['provisional', 'adjusted', 'final'] as const).map((value) => ({ value, label: i18n._(callWords[value]) }))} />
      {valid && (
        <Loaded query={preview}>
          {(amounts) => {
            const rows = Object.entries(amounts).map(([id, amount]) => ({ id, amount, name: members.data?.items.find((one) => one.id === id)?.name ?? id }));
            return (
              <>
                <p>
                  <Trans>Total : {euros(rows.reduce((sum, one) => sum + one.amount, 0))}</Trans>
                </p>
                <DataTable
                  label={t`Ce que verserait chaque collectivité`}
                  rows={rows}
                  rowId={(one) => one.id}
                  columns={[
                    { id: 'name', title: t`Collectivité`, cell: (one) => one.name, sortBy: (one) => one.name },
                    { id: 'amount', title: t`Montant`, align: 'end', cell: (one) => euros(one.amount), sortBy: (one) => one.amount },
                  ]}
                />
              </>
            );
          }}
        </Loaded>
      )}
    </ConfirmDialog>
  );
}
