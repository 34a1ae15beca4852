import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import type { Agreement, KeyComparison, StoredKey } from '../../api/pooling';
import { useGet } from '../../api/queries';
import '../../members/members.css';
import { Button } from '../../ui/Button';
import { Checkboxes } from '../../ui/Choices';
import { DataTable } from '../../ui/DataTable';
import { formatNumber } from '../../ui/format';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import { ShareBar } from '../charts';
import { euros, readEuros } from '../money';
import '../pooling.css';

/** What each member would pay by each key, side by side, on the real figures of an agreement. */
export function ComparePage() {
  const { t } = useLingui();
  const keys = useGet<StoredKey[]>('/api/operator/pooling/keys');
  const agreements = useGet<Agreement[]>('/api/operator/pooling/agreements');
  return (
    <>
      <PageHeader
        title={t`Comparer des clés`}
        back={
          <Link href="/operator/keys">
            <Trans>Clés de répartition</Trans>
          </Link>
        }
        lead={t`Sur les parties et les chiffres d’une convention. Rien n’est enregistré.`}
      />
      <Loaded query={keys}>{(known) => <Loaded query={agreements}>{(all) => <Form keys={known} agreements={all.filter((one) => one.status !== 'ended')} />}</Loaded>}</Loaded>
    </>
  );
}

function Form({ keys, agreements }: { keys: StoredKey[]; agreements: Agreement[] }) {
  const { t } = useLingui();
  const usable = keys.filter((key) => key.status !== 'retired');
  const [agreement, setAgreement] = useState<string | null>(agreements[0]?.id ?? null);
  const [year, setYear] = useState(String(new Date().getFullYear()));
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string[]>(usable.slice(0, 3).map((key) => key.id));
  const [result, setResult] = useState<KeyComparison | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const total = typed.trim() ? readEuros(typed) : null;
  const wrong = typed.trim() !== '' && total === null;
  const compare = async () => {
    setPending(true);
    setError(null);
    try {
      setResult(
        await call.post<KeyComparison>('/api/operator/pooling/keys/compare', {
          agreement,
          year: Number(year),
          total,
          keys: usable.filter((key) => chosen.includes(key.id)).map(({ name, formula }) => ({ name, formula })),
        }),
      );
    } catch (failure) {
      setResult(null);
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <div className="e-stack">
      <form
        className="m-form"
        onSubmit={(event) => {
          event.preventDefault();
          void compare();
        }}
      >
        <Select label={t`Convention`} value={agreement} onChange={setAgreement} options={agreements.map((one) => ({ value: one.id, label: `${one.number} · ${one.title}` }))} />
        <div className="m-pair">
          <TextField label={t`Année`} value={year} onChange={setYear} inputMode="numeric" maxLength={4} error={/^20\d\d$/.test(year) ? null : t`Donnez l’année en quatre chiffres.`} />
          <TextField label={t`Montant à répartir, en euros`} value={typed} onChange={setTyped} inputMode="decimal" isRequired={false} help={t`Vide : ce que dit le budget.`} error={wrong ? t`Écrivez un montant comme 12 345,67.` : null} />
        </div>
        <Checkboxes label={t`Clés à comparer (six au plus)`} value={chosen} onChange={setChosen} options={usable.map((key) => ({ value: key.id, label: key.name, help: key.text }))} />
        <div className="m-acts">
          <Button type="submit" variant="primary" pending={pending} isDisabled={!agreement || wrong || !/^20\d\d$/.test(year) || chosen.length === 0 || chosen.length > 6}>
            <Trans>Comparer</Trans>
          </Button>
        </div>
        {error !== null && <Message tone="bad">{problemText(error)}</Message>}
      </form>
      {result && <Result result={result} />}
    </div>
  );
}

function Result({ result }: { result: KeyComparison }) {
  const { t } = useLingui();
  const most = Math.max(1, ...result.members.flatMap((one) => one.amounts.map((amount) => amount ?? 0)));
  return (
    <section className="e-stack">
      <h2>
        <Trans>{euros(result.total)} à répartir</Trans>
      </h2>
      {result.keys
        .filter((key) => key.error)
        .map((key) => (
          <Message key={key.name} tone="warn" title={key.name}>
            {key.error}
          </Message>
        ))}
      <DataTable
        label={t`Ce que verserait chaque collectivité`}
        rows={result.members}
        rowId={(one) => one.member}
        columns={[
          { id: 'name', title: t`Collectivité`, cell: (one) => one.name, sortBy: (one) => one.name },
          { id: 'population', title: t`Population`, align: 'end', cell: (one) => (one.population === null ? '' : formatNumber(one.population)), sortBy: (one) => one.population },
          ...result.keys.map((key, at) => ({
            id: `key-${at}`,
            title: key.name,
            align: 'end' as const,
            cell: (one: KeyComparison['members'][number]) => {
              const amount = one.amounts[at] ?? null;
              return amount === null ? (
                ''
              ) : (
                <span className="p-bar">
                  {euros(amount)}
                  <ShareBar part={amount} whole={most} />
                </span>
              );
            },
            sortBy: (one: KeyComparison['members'][number]) => one.amounts[at] ?? null,
          })),
        ]}
      />
    </section>
  );
}
