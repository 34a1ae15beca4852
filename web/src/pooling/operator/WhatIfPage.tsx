import { Trans, useLingui } from '@lingui/react/macro';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import type { Change, WhatIf } from '../../api/pooling';
import '../../members/members.css';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { formatNumber } from '../../ui/format';
import { Link } from '../../ui/Link';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { EmptyState } from '../../ui/States';
import { TextField } from '../../ui/TextField';
import { euros } from '../money';
import '../pooling.css';
import { Sum } from './BudgetPage';
import { ChangeDialog } from './ChangeDialog';

/** What a change would cost or spare each member, before anybody votes on it. Nothing is kept. */
export function WhatIfPage() {
  const { t } = useLingui();
  const [year, setYear] = useState(String(new Date().getFullYear()));
  const [changes, setChanges] = useState<{ change: Change; text: string }[]>([]);
  const [adding, setAdding] = useState(false);
  const [result, setResult] = useState<WhatIf | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const valid = /^20\d\d$/.test(year);
  const ask = async (asked: typeof changes) => {
    setChanges(asked);
    setResult(null);
    setError(null);
    if (asked.length === 0 || !valid) return;
    setPending(true);
    try {
      setResult(await call.post<WhatIf>('/api/operator/pooling/what-if', { year: Number(year), changes: asked.map((one) => one.change) }));
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <>
      <PageHeader
        title={t`Et si… ?`}
        back={
          <Link href="/operator/keys">
            <Trans>Clés de répartition</Trans>
          </Link>
        }
        lead={t`Une collectivité arrive ou part, une clé change, une population est mise à jour : l’effet sur chacune. Rien n’est enregistré.`}
        action={
          <Button variant="primary" icon={Plus} isDisabled={!valid} onPress={() => setAdding(true)}>
            <Trans>Ajouter un changement</Trans>
          </Button>
        }
      />
      <div className="e-stack">
        <div className="m-filters">
          <TextField label={t`Année`} value={year} onChange={setYear} inputMode="numeric" maxLength={4} error={valid ? null : t`Donnez l’année en quatre chiffres.`} />
        </div>
        {changes.length === 0 ? (
          <EmptyState title={t`Aucun changement n’est encore posé`}>
            <Trans>Ajoutez un ou plusieurs changements : ils s’essaient ensemble.</Trans>
          </EmptyState>
        ) : (
          <section>
            <h2>
              <Trans>Changements essayés</Trans>
            </h2>
            <ul className="m-list">
              {changes.map((one, at) => (
                <li key={one.text} className="m-line">
                  <span className="m-line__main">{one.text}</span>
                  <Button variant="plain" aria-label={t`Retirer : ${one.text}`} onPress={() => void ask(changes.filter((_, index) => index !== at))}>
                    <Trans>Retirer</Trans>
                  </Button>
                </li>
              ))}
            </ul>
            {!result && !error && (
              <Button pending={pending} onPress={() => void ask(changes)}>
                <Trans>Calculer</Trans>
              </Button>
            )}
          </section>
        )}
        {error !== null && <Message tone="bad">{problemText(error)}</Message>}
        {result && <Result result={result} />}
      </div>
      {adding && <ChangeDialog year={Number(year)} onClose={() => setAdding(false)} onAdd={(change, text) => void ask([...changes, { change, text }])} />}
    </>
  );
}

function Result({ result }: { result: WhatIf }) {
  const { t } = useLingui();
  const most = Math.max(1, ...result.members.map((one) => Math.abs(one.difference)));
  return (
    <section className="e-stack">
      <h2>
        <Trans>Effet sur {result.year}</Trans>
      </h2>
      <div className="m-figures p-amounts">
        <Sum amount={result.before} word={t`aujourd’hui`} />
        <Sum amount={result.after} word={t`avec ces changements`} />
        <Sum amount={result.after - result.before} word={t`d’écart`} />
      </div>
      <DataTable
        label={t`Effet sur chaque collectivité`}
        rows={result.members}
        rowId={(one) => one.member ?? one.name}
        columns={[
          { id: 'name', title: t`Collectivité`, cell: (one) => one.name, sortBy: (one) => one.name },
          { id: 'population', title: t`Population`, align: 'end', cell: (one) => (one.population === null ? '' : formatNumber(one.population)), sortBy: (one) => one.population },
          { id: 'before', title: t`Aujourd’hui`, align: 'end', cell: (one) => euros(one.before), sortBy: (one) => one.before },
          { id: 'after', title: t`Ensuite`, align: 'end', cell: (one) => euros(one.after), sortBy: (one) => one.after },
          {
            id: 'difference',
            title: t`Écart`,
            align: 'end',
            cell: (one) => (
              <span className="p-bar">
                {one.difference > 0 ? '+' : ''}
                {euros(one.difference)}
                {one.percent !== null && ` (${one.percent > 0 ? '+' : ''}${formatNumber(one.percent)} %)`}
                <DifferenceBar difference={one.difference} most={most} />
              </span>
            ),
            sortBy: (one) => one.difference,
          },
        ]}
      />
    </section>
  );
}

/** More to the right of the middle, less to the left; the figure beside it says the same. */
function DifferenceBar({ difference, most }: { difference: number; most: number }) {
  const half = (Math.abs(difference) / most) * 50;
  return (
    <svg className="p-share" width="100%" height="10" aria-hidden="true">
      <rect width="100%" height="10" rx="5" className="p-share__whole" />
      <rect x={`${difference < 0 ? 50 - half : 50}%`} width={`${half}%`} height="10" className={difference < 0 ? 'p-share__less' : 'p-share__more'} />
    </svg>
  );
}
