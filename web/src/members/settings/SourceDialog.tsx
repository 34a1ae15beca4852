import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import { refresh, useGet } from '../../api/queries';
import type { IdentitySource, RefusedSignIn, SourceFinding, SourceState } from '../../api/types';
import { Button } from '../../ui/Button';
import { Checkbox, Checkboxes, Radios } from '../../ui/Choices';
import { DateText } from '../../ui/DateText';
import { Dialog } from '../../ui/Dialog';
import { Message, type Tone } from '../../ui/Message';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { CopyText } from '../CopyText';
import { wrongFields } from '../problems';

const tones: Record<SourceFinding['level'], Tone> = { right: 'good', doubtful: 'warn', wrong: 'bad' };
const worstFirst: SourceFinding['level'][] = ['wrong', 'doubtful', 'right'];

/** One identity source: what its provider must know of us, what we must know of it, whether it works, and for whom it is. */
export function SourceDialog({ source, domains, path, onClose }: { source: IdentitySource; domains: readonly string[]; path: string; onClose: () => void }) {
  const { t } = useLingui();
  const here = `${path}/${source.id}`;
  const oidc = source.kind === 'oidc';
  const [issuer, setIssuer] = useState(oidc ? (source.provider ?? '') : '');
  const [clientId, setClientId] = useState(source.clientId ?? '');
  const [secret, setSecret] = useState('');
  const [metadata, setMetadata] = useState('');
  const [chosen, setChosen] = useState<string[]>(source.described ? source.domains : [...domains]);
  const [passwordsToo, setPasswordsToo] = useState(source.passwordsToo);
  const [trustsAddresses, setTrustsAddresses] = useState(source.trustsAddresses);
  const [trustsFactors, setTrustsFactors] = useState(source.trustsFactors);
  const [signsOutThere, setSignsOutThere] = useState(source.signsOutThere);
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
  const provider = oidc
    ? {
        ...(issuer.trim() !== (source.provider ?? '') || clientId.trim() !== (source.clientId ?? '') ? { issuer: issuer.trim(), clientId: clientId.trim() } : {}),
        ...(secret ? { secret } : {}),
      }
    : metadata.trim()
      ? { metadata: metadata.trim() }
      : {};
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
  const check = () => run('check', async () => setFindings(await call.post<SourceFinding[]>(`${here}/check`, provider)));
  const save = () =>
    run('save', async () => {
      await call.patch(here, { ...provider, domains: chosen, passwordsToo, trustsAddresses, trustsFactors, signsOutThere, state, version: source.version });
      await refresh(path);
      toast(t`Connexion enregistrée.`);
      onClose();
    });
  const link = `${window.location.origin}/sign-in?idp=${source.id}`;
  return (
    <Dialog
      title={source.label}
      isOpen
      wide
      onClose={onClose}
      foot={
        <>
          <Button pending={busy === 'check'} isDisabled={busy === 'save'} onPress={() => void check()}>
            <Trans>Tester</Trans>
          </Button>
          <Button variant="primary" pending={busy === 'save'} isDisabled={busy === 'check'} onPress={() => void save()}>
            <Trans>Enregistrer</Trans>
          </Button>
        </>
      }
    >
      <div className="e-stack">
        <h3>
          <Trans>1. Ce que votre fournisseur doit connaître</Trans>
        </h3>
        {oidc ? (
          <>
            <CopyText label={t`Adresse de retour (redirect URI) du client confidentiel`} value={source.ours.redirectUri} />
            <CopyText label={t`Adresse de retour après déconnexion (post logout redirect URI)`} value={source.ours.afterSignOutUri} />
            <CopyText label={t`Adresse à prévenir quand quelqu’un se déconnecte chez vous (back-channel logout URI)`} value={source.ours.backChannelSignOutUri} />
          </>
        ) : (
          <>
            <CopyText label={t`Nom du service (entityID)`} value={source.ours.entityId} />
            <CopyText label={t`Adresse de retour (ACS, HTTP-POST)`} value={source.ours.redirectUri} />
            <CopyText label={t`Nos métadonnées, une fois la connexion enregistrée`} value={source.ours.metadataUrl} />
          </>
        )}
        <p className="e-soft">
          <Trans>Il doit aussi donner l’adresse professionnelle (« email » ou « mail ») : c’est par elle que nous reconnaissons vos agents.</Trans>
        </p>
        <h3>
          <Trans>2. Votre fournisseur</Trans>
        </h3>
        {oidc ? (
          <>
            <TextField label={t`Adresse du fournisseur (issuer)`} placeholder="https://sso.ville.fr" value={issuer} onChange={setIssuer} isRequired maxLength={2000} error={wrong.issuer} />
            <TextField label={t`Nom du client (client_id)`} value={clientId} onChange={setClientId} isRequired maxLength={2000} error={wrong.clientId} />
            <TextField label={t`Secret du client`} type="password" autoComplete="off" value={secret} onChange={setSecret} maxLength={2000} error={wrong.secret} help={source.hasSecret ? t`Gardé, et jamais montré. Laissez vide pour ne pas le changer.` : undefined} />
          </>
        ) : (
          <TextField label={t`Métadonnées : leur adresse, ou le document entier`} rows={4} value={metadata} onChange={setMetadata} error={wrong.metadata} help={source.described ? t`Celles de ${source.provider ?? ''} sont gardées. Laissez vide pour ne pas les changer.` : undefined} />
        )}
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
        <h3>
          <Trans>3. Pour qui, et comment</Trans>
        </h3>
        {domains.length === 0 ? (
          <Message tone="warn">
            <Trans>Aucun domaine de messagerie n’est encore vérifié : sans lui, aucune adresse ne mène à cette connexion.</Trans>
          </Message>
        ) : (
          <Checkboxes label={t`Adresses qui mènent à cette connexion`} options={domains.map((one) => ({ value: one, label: `@${one}` }))} value={chosen} onChange={setChosen} error={wrong.domains} />
        )}
        <Checkbox isSelected={passwordsToo} onChange={setPasswordsToo} help={t`Par exemple des élus. Chacun choisira alors entre votre connexion et le mot de passe du territoire.`}>
          <Trans>Certaines de ces personnes n’ont pas de compte chez vous</Trans>
        </Checkbox>
        {oidc && (
          <Checkbox isSelected={trustsAddresses} onChange={setTrustsAddresses} help={t`À cocher si c’est vous qui les attribuez, et que personne ne peut changer la sienne. Sinon seules celles marquées « email_verified » comptent.`}>
            <Trans>Toutes ses adresses sont vérifiées</Trans>
          </Checkbox>
        )}
        <Checkbox isSelected={trustsFactors} onChange={setTrustsFactors} help={t`Les applications savent alors que deux preuves ont été demandées chez vous. Qui a un rôle ici prouve toujours aussi ici.`}>
          <Trans>Croire votre fournisseur sur les preuves demandées</Trans>
        </Checkbox>
        {(source.hasSignOut || !source.described) && (
          <Checkbox isSelected={signsOutThere} onChange={setSignsOutThere} help={t`Si votre fournisseur dit où se déconnecter. S’il ne répond pas, la personne revient ici et on le lui dit.`}>
            <Trans>Qui se déconnecte ici se déconnecte aussi chez vous</Trans>
          </Checkbox>
        )}
        <Radios
          label={t`État`}
          value={state}
          onChange={setState}
          error={wrong.state}
          options={[
            { value: 'off', label: t`Arrêtée`, help: t`Personne ne passe par elle.` },
            { value: 'trial', label: t`À l’essai`, help: t`Seul le lien d’essai y mène.` },
            { value: 'on', label: t`En service`, help: t`Les adresses de ces domaines y mènent. Les administrateurs gardent un accès de secours par mot de passe et deuxième preuve.` },
          ]}
        />
        {source.described && source.state !== 'off' && <CopyText label={t`Lien d’essai, à ouvrir dans une fenêtre privée`} value={link} />}
        {error !== null && <Message tone="bad">{problemText(error)}</Message>}
        {source.described && <Refused path={`${here}/refusals`} />}
      </div>
    </Dialog>
  );
}

/** Who came through the provider and was not let in: the one place where it is said why. */
function Refused({ path }: { path: string }) {
  const refused = useGet<RefusedSignIn[]>(path);
  if (!refused.data || refused.data.length === 0) return null;
  return (
    <>
      <h3>
        <Trans>Connexions refusées ces 30 derniers jours</Trans>
      </h3>
      <ul className="m-list">
        {refused.data.map((one) => (
          <li key={one.at} className="m-line">
            <div className="m-line__main">
              <strong>{one.address ?? <Trans>sans adresse</Trans>}</strong>
              <p className="e-soft">
                <DateText at={one.at} style="datetime" /> · {one.text}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
