import { Trans, useLingui } from '@lingui/react/macro';
import { useGet } from '../../api/queries';
import type { ConnectionSetting } from '../../api/types';
import { CopyText } from '../../members/CopyText';
import { CopyButton } from '../../ui/CopyButton';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';

/** What whoever runs the application has to type there. */
export function Connection({ service, secret }: { service: string; secret: string | null }) {
  const { t } = useLingui();
  const settings = useGet<ConnectionSetting[]>(`/api/operator/services/${service}/connection`);
  const words: Record<string, string> = {
    discovery: t`Découverte (OpenID Connect Discovery)`,
    issuer: t`Émetteur (issuer)`,
    client_id: t`Identifiant du client (client_id)`,
    authorization_endpoint: t`Autorisation (authorization endpoint)`,
    token_endpoint: t`Jetons (token endpoint)`,
    userinfo_endpoint: t`Informations (userinfo endpoint)`,
    jwks_uri: t`Clés publiques (jwks)`,
    end_session_endpoint: t`Déconnexion (end session)`,
    cas: t`Adresse du serveur CAS`,
    cas_login: t`Connexion (login)`,
    cas_validate: t`Validation des tickets (CAS 3)`,
    cas_logout: t`Déconnexion (logout)`,
    metadata: t`Métadonnées du fournisseur d’identité`,
    entity_id: t`Nom du fournisseur (entityID)`,
    single_sign_on: t`Connexion (SSO)`,
    single_logout: t`Déconnexion (SLO)`,
  };
  return (
    <Loaded query={settings}>
      {(all) =>
        all.length === 0 ? (
          <p className="e-soft">
            <Trans>Rien : cette application n’est pas jointe par la connexion du territoire.</Trans>
          </p>
        ) : (
          <div className="e-stack">
            {secret && (
              <>
                <CopyText label={t`Secret du client (client_secret)`} value={secret} />
                <Message tone="warn">
                  <Trans>Copiez ce secret maintenant : il est gardé fermé et ne sera plus montré.</Trans>
                </Message>
              </>
            )}
            <div>
              <CopyButton value={`${[...all.map((one) => `${one.name}: ${one.value}`), ...(secret ? [`client_secret: ${secret}`] : [])].join('\n')}\n`}>{t`Tout copier`}</CopyButton>
            </div>
            {all.map((one) => (
              <CopyText key={one.name} label={words[one.name] ?? one.name} value={one.value} />
            ))}
          </div>
        )
      }
    </Loaded>
  );
}
