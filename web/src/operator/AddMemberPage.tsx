import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { address, api as call } from '../api/client';
import { problemText } from '../api/problem';
import { refresh, useList } from '../api/queries';
import type { MemberDetail } from '../api/types';
import { useTyped } from '../members/people/useTyped';
import { wrongFields } from '../members/problems';
import '../members/members.css';
import { go } from '../navigation';
import { Button } from '../ui/Button';
import { formatNumber, formatSiren } from '../ui/format';
import { Link } from '../ui/Link';
import { Loaded } from '../ui/Loaded';
import { Message } from '../ui/Message';
import { PageHeader } from '../ui/PageHeader';
import { SearchField } from '../ui/SearchField';
import { Select } from '../ui/Select';
import { EmptyState } from '../ui/States';
import { TextField } from '../ui/TextField';
import { toast } from '../ui/Toasts';
import { memberKindWord } from '../ui/words';

interface Authority {
  kind: string;
  name: string;
  siren: string | null;
  insee: string | null;
  population: number | null;
  parent: string | null;
  departement: string | null;
}

/** From the national list by search, so that nobody types a SIREN; by hand for what the list does not know, such as syndicates. */
export function AddMemberPage() {
  const { t } = useLingui();
  const [byHand, setByHand] = useState(false);
  return (
    <>
      <PageHeader
        title={t`Ajouter un adhérent`}
        back={
          <Link href="/operator/members">
            <Trans>Adhérents</Trans>
          </Link>
        }
        lead={byHand ? t`Pour ce que la liste nationale ne connaît pas : syndicats, CCAS, départements, autres organismes.` : t`Cherchez dans la liste nationale des communes et de leurs groupements.`}
      />
      {byHand ? <ByHand onBack={() => setByHand(false)} /> : <FromList onByHand={() => setByHand(true)} />}
    </>
  );
}

async function add(form: object, said: string): Promise<void> {
  const made = await call.post<MemberDetail>('/api/operator/members', form);
  await refresh('/api/operator/members');
  toast(said);
  go(`/members/${made.id}`);
}

function FromList({ onByHand }: { onByHand: () => void }) {
  const { t, i18n } = useLingui();
  const [q, setQ] = useState('');
  const [typed, setTyped] = useTyped(q, setQ);
  const [pending, setPending] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const found = useList<Authority[]>(q.trim().length < 2 ? null : address('/api/operator/authorities', { q: q.trim(), limit: 20 }));
  const take = async (one: Authority) => {
    setPending(keyOf(one));
    setError(null);
    try {
      const { kind, name, siren, insee, population } = one;
      await add({ kind, name, siren, insee, population, populationSource: population === null ? null : 'INSEE' }, t`${name} fait partie du territoire.`);
    } catch (failure) {
      setError(failure);
      setPending(null);
    }
  };
  return (
    <div className="m-form">
      <SearchField label={t`Nom, SIREN ou code INSEE`} value={typed} onChange={setTyped} autoFocus />
      {error !== null && <Message tone="bad">{problemText(error)}</Message>}
      {q.trim().length >= 2 && (
        <Loaded query={found}>
          {(all) =>
            all.length === 0 ? (
              <EmptyState title={t`Rien de ce nom dans la liste nationale`}>
                <Trans>Les syndicats n’y sont pas : ajoutez-les à la main.</Trans>
              </EmptyState>
            ) : (
              <ul className="m-list">
                {all.map((one) => (
                  <li key={keyOf(one)} className="m-line">
                    <div className="m-line__main">
                      <strong>{one.name}</strong> <span className="e-soft">{one.departement && `(${one.departement})`}</span>
                      <p className="e-soft">
                        {[i18n._(memberKindWord(one.kind)), one.siren ? `SIREN ${formatSiren(one.siren)}` : t`SIREN non connu`, one.insee && `INSEE ${one.insee}`, one.population !== null && t`${formatNumber(one.population)} habitants`].filter(Boolean).join(' · ')}
                      </p>
                    </div>
                    <Button pending={pending === keyOf(one)} isDisabled={pending !== null} aria-label={t`Ajouter ${one.name}`} onPress={() => void take(one)}>
                      <Trans>Ajouter</Trans>
                    </Button>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      )}
      <div>
        <Button variant="plain" onPress={onByHand}>
          <Trans>Ce n’est pas dans la liste : saisir à la main</Trans>
        </Button>
      </div>
    </div>
  );
}

const keyOf = (one: Authority) => `${one.siren} ${one.insee} ${one.name}`;

function ByHand({ onBack }: { onBack: () => void }) {
  const { t, i18n } = useLingui();
  const [name, setName] = useState('');
  const [kind, setKind] = useState('syndicat');
  const [siren, setSiren] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const wrong = wrongFields(error);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    try {
      await add({ name: name.trim(), kind, siren: siren.replace(/\s/g, '') || null }, t`${name.trim()} fait partie du territoire.`);
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <form className="m-form" onSubmit={(event) => void save(event)}>
      <TextField label={t`Nom`} value={name} onChange={setName} isRequired maxLength={200} error={wrong.name} />
      <Select label={t`Type`} value={kind} onChange={setKind} options={['syndicat', 'ccas', 'departement', 'region', 'epci', 'metropole', 'commune', 'other'].map((value) => ({ value, label: i18n._(memberKindWord(value)) }))} />
      <TextField label="SIREN" value={siren} onChange={setSiren} isRequired={false} inputMode="numeric" maxLength={11} error={wrong.siren} help={t`Neuf chiffres. Laissez vide s’il n’est pas connu : il sera marqué comme tel, jamais inventé.`} />
      {error !== null && <Message tone="bad">{problemText(error)}</Message>}
      <div className="m-acts">
        <Button type="submit" variant="primary" pending={pending} isDisabled={!name.trim()}>
          <Trans>Ajouter l’adhérent</Trans>
        </Button>
        <Button variant="plain" onPress={onBack}>
          <Trans>Chercher dans la liste nationale</Trans>
        </Button>
      </div>
    </form>
  );
}
