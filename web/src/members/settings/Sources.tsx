import { Trans, useLingui } from '@lingui/react/macro';
import { DoorOpen, Plus } from 'lucide-react';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { refresh, useGet } from '../../api/queries';
import type { IdentitySource, IdentitySources, SourceState } from '../../api/types';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Radios } from '../../ui/Choices';
import { ConfirmDialog } from '../../ui/Dialog';
import { Loaded } from '../../ui/Loaded';
import { EmptyState } from '../../ui/States';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { useHere } from '../common';
import { SourceDialog } from './SourceDialog';

/** By what the member's people sign in: its own OpenID Connect or SAML provider, beside the password of the territory. */
export function Sources() {
  const { t } = useLingui();
  const { api } = useHere();
  const path = `${api}/identity-sources`;
  const known = useGet<IdentitySources>(path);
  const [adding, setAdding] = useState(false);
  const [kind, setKind] = useState<IdentitySource['kind']>('oidc');
  const [label, setLabel] = useState('');
  const [opened, setOpened] = useState<string | null>(null);
  const [removing, setRemoving] = useState<IdentitySource | null>(null);
  const add = async () => {
    const made = await call.post<IdentitySource>(path, { kind, label: label.trim() });
    await refresh(path);
    setLabel('');
    setOpened(made.id);
  };
  const remove = async () => {
    await call.delete(`${path}/${removing?.id}`);
    await refresh(path);
    toast(t`Connexion retirée.`);
  };
  const open = known.data?.sources.find((one) => one.id === opened);
  return (
    <section className="m-section" aria-labelledby="sources">
      <div className="m-section__head">
        <h2 id="sources">
          <Trans>Connexion par votre propre fournisseur d’identité</Trans>
        </h2>
        <Button icon={Plus} onPress={() => setAdding(true)}>
          <Trans>Ajouter une connexion</Trans>
        </Button>
      </div>
      <Loaded query={known}>
        {({ sources }) =>
          sources.length === 0 ? (
            <EmptyState icon={DoorOpen} title={t`Vos agents se connectent avec le mot de passe du territoire`}>
              <Trans>Si votre collectivité a son propre fournisseur d’identité (LemonLDAP::NG, AD FS, Entra ID, Keycloak…), reliez-le : vos agents garderont leur mot de passe habituel.</Trans>
            </EmptyState>
          ) : (
            <ul className="m-list">
              {sources.map((one) => (
                <li key={one.id} className="m-line">
                  <div className="m-line__main">
                    <strong>{one.label}</strong> <StateBadge state={one.state} />
                    <p className="e-soft">
                      {one.kind === 'oidc' ? 'OpenID Connect' : 'SAML 2.0'}
                      {' · '}
                      {one.provider ?? <Trans>fournisseur pas encore décrit</Trans>}
                      {one.state === 'on' && ` · ${one.domains.join(', ')}`}
                    </p>
                  </div>
                  <Button aria-label={t`Régler la connexion ${one.label}`} onPress={() => setOpened(one.id)}>
                    <Trans>Régler</Trans>
                  </Button>
                  <Button variant="plain" aria-label={t`Retirer la connexion ${one.label}`} onPress={() => setRemoving(one)}>
                    <Trans>Retirer</Trans>
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <ConfirmDialog title={t`Ajouter une connexion`} isOpen={adding} onClose={() => setAdding(false)} confirm={t`Préparer la connexion`} isDisabled={!label.trim()} onConfirm={add}>
        <TextField label={t`Nom`} placeholder={t`Compte de la ville`} value={label} onChange={setLabel} isRequired maxLength={100} autoFocus help={t`Ce que vos agents liront, s’ils ont à choisir.`} />
        <Radios
          label={t`Votre fournisseur parle`}
          value={kind}
          onChange={setKind}
          options={[
            { value: 'oidc', label: 'OpenID Connect', help: t`Le plus simple : une adresse, un nom de client, un secret.` },
            { value: 'saml', label: 'SAML 2.0', help: t`Un échange de métadonnées, par adresse ou par fichier.` },
          ]}
        />
      </ConfirmDialog>
      {open && known.data && <SourceDialog key={open.id} source={open} domains={known.data.domains} path={path} onClose={() => setOpened(null)} />}
      <ConfirmDialog title={t`Retirer la connexion ${removing?.label ?? ''} ?`} isOpen={removing !== null} onClose={() => setRemoving(null)} confirm={t`Retirer la connexion`} danger onConfirm={remove}>
        <p>
          <Trans>Vos agents se connecteront de nouveau avec le mot de passe du territoire, aussitôt. Qui n’en a pas encore demandera un lien de première connexion. Les sessions ouvertes continuent.</Trans>
        </p>
      </ConfirmDialog>
    </section>
  );
}

function StateBadge({ state }: { state: SourceState }) {
  if (state === 'on') {
    return (
      <Badge tone="good">
        <Trans>En service</Trans>
      </Badge>
    );
  }
  return state === 'trial' ? (
    <Badge tone="warn">
      <Trans>À l’essai</Trans>
    </Badge>
  ) : (
    <Badge>
      <Trans>Arrêtée</Trans>
    </Badge>
  );
}
