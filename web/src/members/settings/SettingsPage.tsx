import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import { refresh } from '../../api/queries';
import type { MemberDetail } from '../../api/types';
import { Button } from '../../ui/Button';
import { Radios } from '../../ui/Choices';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { useHere, useMay, useMember } from '../common';
import { wrongFields } from '../problems';
import { ColourChoice } from './ColourChoice';
import { Domains } from './Domains';
import { Software } from './Software';
import { Sources } from './Sources';
import { TextSearch } from './TextSearch';
import '../members.css';
import '../home/home.css';

/** What a member decides for itself: its colour, how one signs in, how careful imports are, its mail domains. */
export function SettingsPage() {
  const { t } = useLingui();
  const member = useMember();
  const may = useMay();
  return (
    <>
      <PageHeader title={t`Réglages`} />
      <Loaded query={member}>
        {(found) => (
          <>
            <Domains domains={found.domains} />
            {may.member && <Sources />}
            {may.member && <Software />}
            <TextSearch />
            <section className="m-section" aria-labelledby="choices">
              <div className="m-section__head">
                <h2 id="choices">
                  <Trans>Choix de la collectivité</Trans>
                </h2>
              </div>
              {may.member ? <Choices key={found.version} member={found} /> : <ReadOnly member={found} />}
            </section>
          </>
        )}
      </Loaded>
    </>
  );
}

function Choices({ member }: { member: MemberDetail }) {
  const { t } = useLingui();
  const { api } = useHere();
  const [colour, setColour] = useState(member.colour);
  const [secondFactor, setSecondFactor] = useState(member.secondFactor);
  const [limit, setLimit] = useState(String(member.departureLimit));
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const number = /^\d{1,3}$/.test(limit.trim()) && Number(limit) <= 100 ? Number(limit) : null;
  const changed = colour !== member.colour || secondFactor !== member.secondFactor || number !== member.departureLimit;
  const save = async () => {
    setPending(true);
    setError(null);
    try {
      await call.patch(api, { colour, secondFactor, departureLimit: number, version: member.version });
      await Promise.all([refresh(api), refresh('/api/me')]);
      toast(t`Réglages enregistrés.`);
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <div className="m-form">
      <ColourChoice value={colour} onChange={setColour} name={member.name} />
      <Radios
        label={t`Second facteur à la connexion`}
        value={secondFactor}
        onChange={setSecondFactor}
        options={[
          { value: 'admins', label: t`Pour qui a un rôle`, help: t`Administration, ressources humaines, contrôle. Les autres se connectent avec leur mot de passe.` },
          { value: 'everyone', label: t`Pour tout le monde`, help: t`Chacun devra ajouter une application de codes ou une clé d’accès à sa prochaine connexion.` },
        ]}
      />
      <TextField
        label={t`Limite de départs d’un import (%)`}
        help={t`Un fichier qui mettrait fin à plus de rattachements que cela s’arrête et demande : c’est souvent un fichier incomplet.`}
        inputMode="numeric"
        maxLength={3}
        value={limit}
        onChange={setLimit}
        error={number === null ? t`Un nombre de 0 à 100.` : wrongFields(error).departureLimit}
      />
      {error !== null && <Message tone="bad">{problemText(error)}</Message>}
      <div className="m-acts">
        <Button variant="primary" pending={pending} isDisabled={!changed || number === null} onPress={() => void save()}>
          <Trans>Enregistrer les réglages</Trans>
        </Button>
      </div>
    </div>
  );
}

function ReadOnly({ member }: { member: MemberDetail }) {
  const { t } = useLingui();
  return (
    <dl className="e-facts">
      <dt>{t`Second facteur à la connexion`}</dt>
      <dd>{member.secondFactor === 'admins' ? t`Pour qui a un rôle` : t`Pour tout le monde`}</dd>
      <dt>{t`Limite de départs d’un import (%)`}</dt>
      <dd>{member.departureLimit}</dd>
    </dl>
  );
}
