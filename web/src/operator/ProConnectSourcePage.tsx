import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { api as call } from '../api/client';
import { problemText } from '../api/problem';
import { refresh, useGet, useMyself } from '../api/queries';
import type { ProConnectSource, RefusedArrival, SourceFinding, SourceState } from '../api/types';
import { CopyText } from '../members/CopyText';
import { RefusedArrivals } from '../members/RefusedArrivals';
import { wrongFields } from '../members/problems';
import { Button } from '../ui/Button';
import { Checkbox, Radios } from '../ui/Choices';
import { Link } from '../ui/Link';
import { Loaded } from '../ui/Loaded';
import { Message, type Tone } from '../ui/Message';
import { PageHeader } from '../ui/PageHeader';
import { TextField } from '../ui/TextField';
import { toast } from '../ui/Toasts';
import '../members/members.css';

const path = '/api/operator/proconnect-source';
const tones: Record<SourceFinding['level'], Tone> = { right: 'good', doubtful: 'warn', wrong: 'bad' };
const worstFirst: SourceFinding['level'][] = ['wrong', 'doubtful', 'right'];

/** The territory as a service of ProConnect: what to declare there, what we must know of it, whether it works. */
export function ProConnectSourcePage() {
  const { t } = useLingui();
  const known = useGet<ProConnectSource>(path);
  const refused = useGet<RefusedArrival[]>(`${path}/refusals`);
  return (
    <>
      <PageHeader
        title={t`Se connecter ici par ProConnect`}
        back={
          <Link href="/operator/services">
            <Trans>Services</Trans>
          </Link>
        }
        lead={t`Les partenaires que les collectivités invitent (services de l’État, autres organismes) se connectent avec leur compte habituel. Le territoire est alors un service de ProConnect.`}
      />
      <Loaded query={known}>{(source) => <Source key={source.version} source={source} />}</Loaded>
      <section className="m-section" aria-labelledby="refused">
        <div className="m-section__head">
          <h2 id="refused">
            <Trans>Connexions refusées</Trans>
          </h2>
        </div>
        <Loaded query={refused}>{(all) => <RefusedArrivals refused={all} />}</Loaded>
      </section>
    </>
  );
}

function Source({ source }: { source: ProConnectSource }) {
  const { t } = useLingui();
  const { rights } = useMyself();
  const operates = rights.includes('OPERATE');
  const [issuer, setIssuer] = useState(source.issuer ?? '');
  const [clientId, setClientId] = useState(source.clientId ?? '');
  const [secret, setSecret] = useState('');
  const [trustsFactors, setTrustsFactors] = useState(source.trustsFactors);
  const [state, setState] = useState<SourceState>(source.described ? source.state : 'trial');
  const [findings, setFindings] = useState<SourceFinding[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState<'check' | 'save' | null>(null);
  const wrong = wrongFields(error);
  const answers = useRef<HTMLDivElement>(null);
  // The button is below, the answers are above it: they come into sight.
  useEffect(() => {
    if (findings !== null) answers.current?.scrollIntoView({ block: 'nearest' });
  }, [findings]);
  const provider = {
    ...(issuer.trim() !== (source.issuer ?? '') || clientId.trim() !== (source.clientId ?? '') ? { issuer: issuer.trim(), clientId: clientId.trim() } : {}),
    ...(secret ? { secret } : {}),
  };
  const run = async (what: 'check' | 'save', act: () => Promise<void>) => {
    setBusy(what);
    setError(null);
    try {
      await act();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(null);
    }
  };
  const check = () => run('check', async () => setFindings(await call.post<SourceFinding[]>(`${path}/check`, provider)));
  const save = () =>
    run('save', async () => {
      await call.patch(path, { ...provider, trustsFactors, state, version: source.version });
      await refresh(path);
      toast(t`Connexion par ProConnect enregistrée.`);
    });
  return (
    <>
      <section className="m-section e-stack" aria-labelledby="declare">
        <div className="m-section__head">
          <h2 id="declare">
            <Trans>1. À déclarer à ProConnect</Trans>
          </h2>
        </div>
        <p className="e-soft">
          <Trans>Dans l’espace partenaires (partenaires.proconnect.gouv.fr), comme fournisseur de service : d’abord pour l’intégration, puis pour la production.</Trans>
        </p>
        <CopyText label={t`URL de redirection de connexion`} value={source.declared.redirectUri} />
        {source.declared.logoutUris.map((uri) => (
          <CopyText key={uri} label={t`URL de redirection de déconnexion`} value={uri} />
        ))}
        <CopyText label={t`Scopes`} value={source.declared.scopes} />
        <TextField label={t`Fiche entière`} rows={10} value={source.sheet} isReadOnly />
      </section>
      {operates ? (
        <section className="m-section e-stack" aria-labelledby="theirs">
          <div className="m-section__head">
            <h2 id="theirs">
              <Trans>2. Ce que ProConnect vous a donné</Trans>
            </h2>
          </div>
          <TextField
            label={t`Adresse de ProConnect (issuer)`}
            placeholder="https://PROCONNECT_DOMAIN/api/v2"
            value={issuer}
            onChange={setIssuer}
            isRequired
            maxLength={2000}
            error={wrong.issuer}
            help={t`Intégration : https://fca.integ01.dev-agentconnect.fr/api/v2 ; production : https://auth.agentconnect.gouv.fr/api/v2. Vérifiez-les dans la documentation de ProConnect.`}
          />
          <TextField label={t`Nom du client (client_id)`} value={clientId} onChange={setClientId} isRequired maxLength={2000} error={wrong.clientId} />
          <TextField label={t`Secret du client`} type="password" autoComplete="off" value={secret} onChange={setSecret} maxLength={2000} error={wrong.secret} help={source.hasSecret ? t`Gardé, et jamais montré. Laissez vide pour ne pas le changer.` : undefined} />
          <div role="status" ref={answers}>
            {findings !== null && (
              <div className="e-stack">
                {[...findings].sort((a, b) => worstFirst.indexOf(a.level) - worstFirst.indexOf(b.level)).map((one) => (
                  <Message key={one.text} tone={tones[one.level]}>
                    {one.text}
                  </Message>
                ))}
              </div>
            )}
          </div>
          <Checkbox isSelected={trustsFactors} onChange={setTrustsFactors} help={t`Les applications savent alors que deux preuves ont été demandées. Sinon, celles qui en veulent deux les demandent ici.`}>
            <Trans>Croire ProConnect sur les preuves demandées</Trans>
          </Checkbox>
          <Radios
            label={t`État`}
            value={state}
            onChange={setState}
            error={wrong.state}
            options={[
              { value: 'off', label: t`Arrêtée`, help: t`Personne ne passe par elle.` },
              { value: 'trial', label: t`À l’essai`, help: t`Seul le lien d’essai y mène.` },
              { value: 'on', label: t`En service`, help: t`La page de connexion montre « S’identifier avec ProConnect ».` },
            ]}
          />
          {source.described && source.state !== 'off' && <CopyText label={t`Lien d’essai, à ouvrir dans une fenêtre privée`} value={`${window.location.origin}/sign-in?idp=proconnect`} />}
          <p className="e-soft">
            <Plural value={source.accounts} _0="Personne n’est encore venu par ProConnect." one="# compte ProConnect est relié à une personne." other="# comptes ProConnect sont reliés à des personnes." />{' '}
            {source.accounts > 0 && <Trans>Changer d’adresse ou de client les délie tous : ProConnect donne alors d’autres identifiants.</Trans>}
          </p>
          {error !== null && <Message tone="bad">{problemText(error)}</Message>}
          <div className="m-acts">
            <Button pending={busy === 'check'} isDisabled={busy === 'save'} onPress={() => void check()}>
              <Trans>Tester</Trans>
            </Button>
            <Button variant="primary" pending={busy === 'save'} isDisabled={busy === 'check'} onPress={() => void save()}>
              <Trans>Enregistrer</Trans>
            </Button>
          </div>
        </section>
      ) : (
        <Message tone="info">
          {source.described ? (
            <Trans>
              ProConnect est déclaré à {source.issuer}, client {source.clientId}.
            </Trans>
          ) : (
            <Trans>ProConnect n’est pas encore déclaré.</Trans>
          )}
        </Message>
      )}
    </>
  );
}
