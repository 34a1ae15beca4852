import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import { refresh, useGet } from '../../api/queries';
import type { Affiliation, MemberPerson } from '../../api/types';
import { go } from '../../navigation';
import { Button } from '../../ui/Button';
import { fullName } from '../../ui/format';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { EmptyState } from '../../ui/States';
import { toast } from '../../ui/Toasts';
import { useHere, useParam } from '../common';
import { wrongFields } from '../problems';
import { AffiliationFields, bodyOf, draftOf, emptyDraft } from './AffiliationFields';
import '../members.css';

/** One more affiliation of a known person, or a change to one that has not ended. */
export function AffiliationPage() {
  const { t } = useLingui();
  const { api } = useHere();
  const person = useParam('person');
  const id = useParam('affiliation');
  const found = useGet<MemberPerson>(`${api}/people/${person}`);
  return (
    <Loaded query={found}>
      {(known) => {
        const was = known.affiliations.find((a) => a.id === id);
        if (id && !was) return <EmptyState title={t`Ce rattachement n’est pas ici`} />;
        return <AffiliationForm key={was?.id ?? 'new'} known={known} was={was} />;
      }}
    </Loaded>
  );
}

function AffiliationForm({ known, was }: { known: MemberPerson; was?: Affiliation }) {
  const { t } = useLingui();
  const { page, api } = useHere();
  const [draft, setDraft] = useState(was ? draftOf(was) : emptyDraft());
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const back = `${page}/people/${known.person.id}`;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    try {
      if (was) await call.patch(`${api}/affiliations/${was.id}`, { ...bodyOf(draft, was), version: was.version });
      else await call.post(`${api}/people/${known.person.id}/affiliations`, bodyOf(draft));
      await refresh(`${api}/people`);
      toast(was ? t`Rattachement modifié. Les accès suivent.` : t`Rattachement ajouté. Les accès sont en cours d’ouverture.`);
      go(back);
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <>
      <PageHeader title={was ? t`Modifier un rattachement` : t`Ajouter un rattachement`} back={<Link href={back}>{fullName(known.person)}</Link>} lead={was ? t`Les droits sont recalculés dès l’enregistrement.` : t`Une même personne peut tenir plusieurs fonctions ici, chacune avec ses dates et ses accès.`} />
      <form className="m-form" onSubmit={(event) => void save(event)}>
        <AffiliationFields draft={draft} onChange={setDraft} errors={wrongFields(error)} withUntil={!was || was.phase === 'planned' || was.until !== null} />
        {error !== null && <Message tone="bad">{problemText(error)}</Message>}
        <div className="m-acts">
          <Button type="submit" variant="primary" pending={pending} isDisabled={!draft.function.trim() || !draft.from}>
            {was ? <Trans>Enregistrer les changements</Trans> : <Trans>Ajouter le rattachement</Trans>}
          </Button>
          <Link variant="plain" href={back}>
            <Trans>Abandonner</Trans>
          </Link>
        </div>
      </form>
    </>
  );
}
