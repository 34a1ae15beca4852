import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { api as call } from '../../api/client';
import { Problem, problemText } from '../../api/problem';
import { refresh } from '../../api/queries';
import type { ImportRow, MemberPerson } from '../../api/types';
import { go } from '../../navigation';
import { Button } from '../../ui/Button';
import { DateField } from '../../ui/DateField';
import { DateText } from '../../ui/DateText';
import { fullName } from '../../ui/format';
import { Link } from '../../ui/Link';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { useHere } from '../common';
import { wrongFields } from '../problems';
import '../members.css';
import './timeline.css';
import { AffiliationFields, bodyOf, emptyDraft } from './AffiliationFields';

type Candidate = ImportRow['candidates'][number];
type Decision = { decision: 'new' } | { decision: 'same'; person: string };

/** A new person, or a person the territory already knows who gets a first affiliation here. */
export function AddPersonPage() {
  const { t } = useLingui();
  const { page, api } = useHere();
  const [person, setPerson] = useState({ givenName: '', usualName: '', birthName: '', birthDate: null as string | null });
  const [draft, setDraft] = useState(emptyDraft);
  const [maybe, setMaybe] = useState<Candidate[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const errors = wrongFields(error);

  const send = async (decision?: Decision) => {
    setPending(true);
    setError(null);
    try {
      const made = await call.post<MemberPerson>(`${api}/people`, {
        ...person,
        birthName: person.birthName.trim() || null,
        affiliation: bodyOf(draft),
        ...(decision && { decision }),
      });
      await refresh(`${api}/people`);
      toast(t`${fullName(made.person)} : rattachement ajouté. Les accès sont en cours d’ouverture.`);
      go(`${page}/people/${made.person.id}`);
    } catch (failure) {
      if (failure instanceof Problem && failure.code === 'person.maybe') setMaybe((failure.body.candidates ?? []) as Candidate[]);
      else setError(failure);
    } finally {
      setPending(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  const back = (
    <Link href={`${page}/people`}>
      <Trans>Personnes</Trans>
    </Link>
  );

  if (maybe)
    return (
      <>
        <PageHeader title={t`Est-ce la même personne ?`} back={back} lead={t`Une personne n’existe qu’une fois dans le territoire, même si elle travaille pour plusieurs collectivités. Regardez avant de continuer.`} />
        <div className="e-stack m-form">
          <p className="m-said__sentence">
            <Trans>
              Vous ajoutez <strong>{fullName(person)}</strong>, {draft.function}. <Plural value={maybe.length} one="Le territoire connaît déjà cette personne :" other="Le territoire connaît déjà # personnes qui lui ressemblent :" />
            </Trans>
          </p>
          <Candidates all={maybe} pending={pending} onSame={(id) => void send({ decision: 'same', person: id })} />
          {error !== null && <Message tone="bad">{problemText(error)}</Message>}
          <div className="m-acts">
            <Button pending={pending} onPress={() => void send({ decision: 'new' })}>
              <Trans>Non, c’est quelqu’un d’autre : créer une nouvelle personne</Trans>
            </Button>
            <Button variant="plain" onPress={() => setMaybe(null)}>
              <Trans>Revenir à la saisie</Trans>
            </Button>
          </div>
        </div>
      </>
    );

  return (
    <>
      <PageHeader title={t`Ajouter une personne`} back={back} lead={t`Une personne et son premier rattachement ici. Si le territoire la connaît peut-être déjà, la question vous sera posée.`} />
      <form className="m-form" onSubmit={submit}>
        <section className="e-stack e-stack--tight">
          <h2>
            <Trans>Identité</Trans>
          </h2>
          <div className="m-pair">
            <TextField label={t`Prénom`} value={person.givenName} onChange={(givenName) => setPerson({ ...person, givenName })} isRequired maxLength={100} error={errors.givenName} autoComplete="off" />
            <TextField label={t`Nom d’usage`} value={person.usualName} onChange={(usualName) => setPerson({ ...person, usualName })} isRequired maxLength={100} error={errors.usualName} autoComplete="off" />
            <TextField label={t`Nom de naissance`} value={person.birthName} onChange={(birthName) => setPerson({ ...person, birthName })} isRequired={false} maxLength={100} error={errors.birthName} autoComplete="off" />
            <DateField label={t`Date de naissance`} value={person.birthDate} onChange={(birthDate) => setPerson({ ...person, birthDate })} isRequired={false} error={errors.birthDate} help={t`Sert seulement à reconnaître une personne déjà connue.`} />
          </div>
        </section>
        <section className="e-stack e-stack--tight">
          <h2>
            <Trans>Rattachement</Trans>
          </h2>
          <AffiliationFields draft={draft} onChange={setDraft} errors={errors} withUntil />
        </section>
        {error !== null && <Message tone="bad">{problemText(error)}</Message>}
        <div className="m-acts">
          <Button type="submit" variant="primary" pending={pending} isDisabled={!person.givenName.trim() || !person.usualName.trim() || !draft.function.trim() || !draft.from}>
            <Trans>Ajouter la personne</Trans>
          </Button>
          <Link variant="plain" href={`${page}/people`}>
            <Trans>Abandonner</Trans>
          </Link>
        </div>
      </form>
    </>
  );
}

export function Candidates({ all, pending, onSame, chosen }: { all: Candidate[]; pending?: boolean; onSame?: (person: string) => void; chosen?: string }) {
  const { t } = useLingui();
  const reasons: Record<string, string> = {
    'name-and-birth-date': t`même nom et même date de naissance`,
    'swapped-names': t`nom et prénom inversés`,
    'similar-name': t`nom semblable`,
    name: t`même nom`,
    address: t`même adresse`,
  };
  return (
    <ul className="m-candidates">
      {all.map((one) => (
        <li key={one.person.id} className="m-candidate" data-chosen={chosen === one.person.id || undefined}>
          <div className="m-line__main">
            <strong>{fullName(one.person)}</strong>
            {one.birthDate && (
              <p>
                <Trans>
                  Date de naissance : <DateText at={one.birthDate} />
                </Trans>
              </p>
            )}
            <p className="e-soft">{one.members.join(', ')}</p>
            <p className="e-small">{one.why.map((why) => reasons[why] ?? why).join(', ')}</p>
          </div>
          {onSame && (
            <Button variant={chosen === one.person.id ? 'primary' : 'quiet'} pending={pending} onPress={() => onSame(one.person.id)}>
              <Trans>C’est la même personne</Trans>
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
