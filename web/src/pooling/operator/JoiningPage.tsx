import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { address, api as call } from '../../api/client';
import { Problem, problemText } from '../../api/problem';
import type { Agreement, Joined, Joining } from '../../api/pooling';
import { refresh, useGet, useList, useMyself } from '../../api/queries';
import '../../members/members.css';
import { useTyped } from '../../members/people/useTyped';
import { Button } from '../../ui/Button';
import { Checkbox, Checkboxes } from '../../ui/Choices';
import { ComboBox } from '../../ui/ComboBox';
import { DateField } from '../../ui/DateField';
import { formatNumber, formatSiren, fullName } from '../../ui/format';
import { Link } from '../../ui/Link';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import '../pooling.css';
import { useServiceList } from '../serviceNames';

interface Authority {
  kind: string;
  name: string;
  siren: string | null;
  population: number | null;
  departement: string | null;
}

interface Admin {
  givenName: string;
  usualName: string;
  function: string;
  address: string;
}

const none = 'none';
const nobody: Admin = { givenName: '', usualName: '', function: '', address: '' };

/** A new member on one screen: who it is, its mail domains, who administers it, what it signs and takes. All of it, or nothing. */
export function JoiningPage() {
  const { t } = useLingui();
  const { rights } = useMyself();
  const [joined, setJoined] = useState<Joined | null>(null);
  return (
    <>
      <PageHeader
        title={t`Accueillir une collectivité`}
        back={
          <Link href="/operator/members">
            <Trans>Adhérents</Trans>
          </Link>
        }
        lead={t`Identité, domaines de messagerie, administration, convention et services : tout est fait ensemble, ou rien ne l’est.`}
      />
      {!rights.includes('OPERATE') ? (
        <Message>
          <Trans>Seul l’opérateur accueille une collectivité.</Trans>
        </Message>
      ) : joined ? (
        <Welcome joined={joined} />
      ) : (
        <Form onJoined={setJoined} />
      )}
    </>
  );
}

function Welcome({ joined }: { joined: Joined }) {
  const { t } = useLingui();
  const at = `/members/${joined.member.id}`;
  return (
    <div className="e-stack">
      <Message tone="good" title={t`${joined.member.name} fait partie du territoire.`}>
        <Trans>Il reste à remettre à chaque administrateur son lien de première connexion, puis à importer les personnes.</Trans>
      </Message>
      <ul className="m-list">
        {joined.admins.map((admin) => (
          <li key={admin.affiliation} className="m-line">
            <strong className="m-line__main">{fullName(admin.person)}</strong>
            <Link href={`${at}/people/${admin.person.id}`}>
              <Trans>Lien de première connexion</Trans>
            </Link>
          </li>
        ))}
      </ul>
      <p className="e-row">
        <Link href={`${at}/imports`}>
          <Trans>Premier import des personnes</Trans>
        </Link>
        <Link href={at}>
          <Trans>Sa vue d’ensemble</Trans>
        </Link>
      </p>
    </div>
  );
}

function Form({ onJoined }: { onJoined: (joined: Joined) => void }) {
  const { t } = useLingui();
  const [q, setQ] = useState('');
  const [typed, setTyped] = useTyped(q, setQ);
  const found = useList<Authority[]>(q.trim().length < 2 ? null : address('/api/operator/authorities', { q: q.trim(), limit: 20 }));
  const agreements = useGet<Agreement[]>('/api/operator/pooling/agreements');
  const services = useServiceList();
  const [siren, setSiren] = useState<string | null>(null);
  const [joinedOn, setJoinedOn] = useState<string | null>(new Date().toISOString().slice(0, 10));
  const [domains, setDomains] = useState('');
  const [verified, setVerified] = useState(false);
  const [admins, setAdmins] = useState<Admin[]>([nobody]);
  const [agreement, setAgreement] = useState(none);
  const [taken, setTaken] = useState<string[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const agreed = agreements.data?.find((one) => one.id === agreement);
  const offered = agreed ? services.filter((one) => agreed.services.some((kept) => kept.service === one.value)) : services;
  const named = (admin: Admin) => admin.givenName.trim() && admin.usualName.trim() && admin.address.trim();
  const ready = siren && joinedOn && admins.every(named);
  const join = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    const asked: Joining = {
      siren: siren ?? '',
      joinedOn: joinedOn ?? '',
      domains: domains.split(/[\s,;]+/).filter(Boolean).map((domain) => ({ domain, verified })),
      admins: admins.map((admin) => ({ givenName: admin.givenName.trim(), usualName: admin.usualName.trim(), function: admin.function.trim() || t`Administration`, address: admin.address.trim() })),
      agreement: agreement === none ? null : agreement,
      services: taken.filter((one) => offered.some((offer) => offer.value === one)),
    };
    try {
      const made = await call.post<Joined>('/api/operator/pooling/joining', asked);
      await Promise.all([refresh('/api/operator/members'), refresh('/api/operator/pooling')]);
      onJoined(made);
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <form className="m-form" onSubmit={(event) => void join(event)}>
      <h2>
        <Trans>Qui</Trans>
      </h2>
      <ComboBox
        label={t`Collectivité (nom, SIREN ou code INSEE)`}
        value={siren}
        onChange={setSiren}
        text={typed}
        onText={setTyped}
        isRequired
        placeholder={t`Cherchez dans la liste nationale`}
        options={(found.data ?? []).filter((one) => one.siren).map((one) => ({
          value: one.siren ?? '',
          label: one.departement ? `${one.name} (${one.departement})` : one.name,
          help: [`SIREN ${formatSiren(one.siren ?? '')}`, one.population !== null && t`${formatNumber(one.population)} habitants`].filter(Boolean).join(' · '),
        }))}
      />
      <DateField label={t`Adhère le`} value={joinedOn} onChange={setJoinedOn} isRequired />
      <TextField label={t`Domaines de messagerie`} value={domains} onChange={setDomains} isRequired={false} help={t`Séparés par des espaces : ville-exemple.fr`} maxLength={1000} />
      <Checkbox isSelected={verified} onChange={setVerified} help={<Trans>L’adresse de ses agents suffit alors à les reconnaître.</Trans>}>
        <Trans>J’ai vérifié que ces domaines sont les siens</Trans>
      </Checkbox>
      <h2>
        <Trans>Qui l’administre</Trans>
      </h2>
      {admins.map((admin, at) => (
        <AdminFields key={at} at={at} admin={admin} alone={admins.length === 1} onChange={(part) => setAdmins(admins.map((one, index) => (index === at ? { ...one, ...part } : one)))} onRemove={() => setAdmins(admins.filter((_, index) => index !== at))} />
      ))}
      {admins.length < 5 && (
        <div>
          <Button onPress={() => setAdmins([...admins, nobody])}>
            <Trans>Ajouter une personne</Trans>
          </Button>
        </div>
      )}
      <h2>
        <Trans>Ce qu’elle partage</Trans>
      </h2>
      <Select label={t`Convention`} value={agreement} onChange={setAgreement} options={[{ value: none, label: t`aucune pour l’instant` }, ...(agreements.data ?? []).filter((one) => one.status === 'current' || one.status === 'planned').map((one) => ({ value: one.id, label: `${one.number} · ${one.title}` }))]} />
      {offered.length > 0 && <Checkboxes label={t`Services dès l’arrivée`} value={taken} onChange={setTaken} options={offered} />}
      {error !== null && <Message tone="bad">{error instanceof Problem && error.code === 'person.maybe' ? t`${problemText(error)} Ajoutez d’abord cette personne depuis la page de la collectivité, où l’on choisit si c’est la même.` : problemText(error)}</Message>}
      <div className="m-acts">
        <Button type="submit" variant="primary" pending={pending} isDisabled={!ready}>
          <Trans>Accueillir cette collectivité</Trans>
        </Button>
      </div>
    </form>
  );
}

function AdminFields({ at, admin, alone, onChange, onRemove }: { at: number; admin: Admin; alone: boolean; onChange: (part: Partial<Admin>) => void; onRemove: () => void }) {
  const { t } = useLingui();
  return (
    <fieldset className="p-seats">
      <legend>
        <Trans>Personne {at + 1}</Trans>
      </legend>
      <div className="m-pair">
        <TextField label={t`Prénom`} value={admin.givenName} onChange={(givenName) => onChange({ givenName })} isRequired maxLength={100} />
        <TextField label={t`Nom`} value={admin.usualName} onChange={(usualName) => onChange({ usualName })} isRequired maxLength={100} />
      </div>
      <div className="m-pair">
        <TextField label={t`Fonction`} value={admin.function} onChange={(value) => onChange({ function: value })} isRequired={false} maxLength={200} />
        <TextField label={t`Adresse de messagerie`} value={admin.address} onChange={(mail) => onChange({ address: mail })} isRequired type="email" maxLength={200} />
      </div>
      {!alone && (
        <Button variant="plain" aria-label={t`Retirer la personne ${at + 1}`} onPress={onRemove}>
          <Trans>Retirer</Trans>
        </Button>
      )}
    </fieldset>
  );
}
