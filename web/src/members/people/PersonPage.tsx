import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { refresh, useGet } from '../../api/queries';
import type { MemberPerson } from '../../api/types';
import { Button } from '../../ui/Button';
import { DateField } from '../../ui/DateField';
import { DateText } from '../../ui/DateText';
import { ConfirmDialog } from '../../ui/Dialog';
import { fullName } from '../../ui/format';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { useHere, useMay, useParam } from '../common';
import '../members.css';
import { AffiliationTimeline } from './AffiliationTimeline';
import { PersonAccess } from './PersonAccess';

/** One person as this member knows them: who, in which capacities, with what. */
export function PersonPage() {
  const { page, api } = useHere();
  const id = useParam('person');
  const person = useGet<MemberPerson>(`${api}/people/${id}`);
  return (
    <Loaded query={person}>
      {(found) => <Known found={found} key={found.person.id} page={page} api={api} />}
    </Loaded>
  );
}

function Known({ found, page, api }: { found: MemberPerson; page: string; api: string }) {
  const may = useMay();
  const [editing, setEditing] = useState(false);
  const { person } = found;
  return (
    <>
      <PageHeader
        title={fullName(person)}
        back={
          <Link href={`${page}/people`}>
            <Trans>Personnes</Trans>
          </Link>
        }
        lead={<Identity found={found} />}
        action={
          may.people && (
            <Button icon={Pencil} onPress={() => setEditing(true)}>
              <Trans>Corriger l’identité</Trans>
            </Button>
          )
        }
      />
      <section className="m-section" aria-labelledby="affiliations">
        <div className="m-section__head">
          <h2 id="affiliations">
            <Trans>Rattachements</Trans>
          </h2>
          {may.people && (
            <Link variant="plain" icon={Plus} href={`${page}/people/${person.id}/affiliations/new`}>
              <Trans>Ajouter un rattachement</Trans>
            </Link>
          )}
        </div>
        <AffiliationTimeline all={found.affiliations} person={person.id} />
      </section>
      <PersonAccess found={found} />
      {editing && <IdentityDialog found={found} onClose={() => setEditing(false)} api={api} />}
    </>
  );
}

function Identity({ found }: { found: MemberPerson }) {
  const { person, elsewhere } = found;
  return (
    <>
      {person.birthName && person.birthName !== person.usualName && (
        <>
          <Trans>Nom de naissance {person.birthName}.</Trans>{' '}
        </>
      )}
      {person.birthDate && (
        <>
          <Trans>
            Date de naissance : <DateText at={person.birthDate} />.
          </Trans>{' '}
        </>
      )}
      {elsewhere > 0 && <Plural value={elsewhere} one="Un autre rattachement ailleurs dans le territoire." other="# autres rattachements ailleurs dans le territoire." />}
    </>
  );
}

function IdentityDialog({ found, onClose, api }: { found: MemberPerson; onClose: () => void; api: string }) {
  const { t } = useLingui();
  const [draft, setDraft] = useState({ ...found.person, birthName: found.person.birthName ?? '' });
  const save = async () => {
    const { givenName, usualName, birthName, birthDate, version } = draft;
    await call.patch(`${api}/people/${found.person.id}`, { givenName, usualName, birthName: birthName.trim() || null, birthDate, version });
    await refresh(`${api}/people`);
    toast(t`Identité corrigée.`);
  };
  return (
    <ConfirmDialog title={t`Corriger l’identité`} isOpen onClose={onClose} confirm={t`Enregistrer`} isDisabled={!draft.givenName.trim() || !draft.usualName.trim()} onConfirm={save}>
      {found.elsewhere > 0 && (
        <p className="e-soft">
          <Trans>Ce nom est le même dans toutes les collectivités de cette personne : il changera partout.</Trans>
        </p>
      )}
      <TextField label={t`Prénom`} value={draft.givenName} onChange={(givenName) => setDraft({ ...draft, givenName })} isRequired maxLength={100} />
      <TextField label={t`Nom d’usage`} value={draft.usualName} onChange={(usualName) => setDraft({ ...draft, usualName })} isRequired maxLength={100} />
      <TextField label={t`Nom de naissance`} value={draft.birthName} onChange={(birthName) => setDraft({ ...draft, birthName })} isRequired={false} maxLength={100} />
      <DateField label={t`Date de naissance`} value={draft.birthDate} onChange={(birthDate) => setDraft({ ...draft, birthDate })} isRequired={false} />
    </ConfirmDialog>
  );
}
