import { Trans, useLingui } from '@lingui/react/macro';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api/client';
import { refresh, useGet } from '../api/queries';
import type { AppPassword } from '../api/types';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { CapacityChip } from '../ui/CapacityChip';
import { DateText } from '../ui/DateText';
import { ConfirmDialog } from '../ui/Dialog';
import { Loaded } from '../ui/Loaded';
import { Skeleton } from '../ui/Skeleton';
import { EmptyState } from '../ui/States';
import { toast } from '../ui/Toasts';
import { useDoorWords } from './appDoors';
import { NewAppPassword } from './NewAppPassword';
import '../ui/Lines.css';

/** Passwords for what cannot sign in by itself: a mail program, a telephone's calendar. One a device and a capacity. */
export function AppPasswords() {
  const { t } = useLingui();
  const passwords = useGet<AppPassword[]>('/api/me/app-passwords');
  const [making, setMaking] = useState(false);
  const make = (
    <Button variant="primary" icon={Plus} onPress={() => setMaking(true)}>
      <Trans>Créer un mot de passe d’application</Trans>
    </Button>
  );
  return (
    <div className="e-stack">
      <div className="e-row e-row--apart">
        <p className="e-soft e-narrow">
          <Trans>Pour un logiciel de courrier, l’agenda d’un téléphone, une synchronisation de fichiers. Chacun vaut pour un appareil, pour une seule chose et pour un seul rattachement ; il meurt avec ce rattachement.</Trans>
        </p>
        {passwords.data && passwords.data.length > 0 && make}
      </div>
      <Loaded query={passwords} skeleton={<Skeleton kind="rows" lines={3} />}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState icon={KeyRound} title={t`Aucun mot de passe d’application`} action={make}>
              <Trans>Créez-en un par appareil : s’il est perdu, vous ne coupez que lui.</Trans>
            </EmptyState>
          ) : (
            <ul className="e-lines">
              {found.map((password) => (
                <Line key={password.id} password={password} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <NewAppPassword isOpen={making} onClose={() => setMaking(false)} />
    </div>
  );
}

function Line({ password }: { password: AppPassword }) {
  const { t } = useLingui();
  const words = useDoorWords();
  const [asking, setAsking] = useState(false);
  const revoke = async () => {
    await api.delete(`/api/me/app-passwords/${password.id}`);
    await refresh('/api/me/app-passwords');
    toast(t`« ${password.label} » n’a plus accès.`);
  };
  return (
    <li className="e-line">
      <KeyRound size={22} aria-hidden="true" />
      <div className="e-line__main">
        <p className="e-line__title">
          {password.label}
          {password.revokedAt && (
            <Badge>
              <Trans>Révoqué</Trans>
            </Badge>
          )}
        </p>
        <p className="e-small">{password.opens.map(words).join(' · ')}</p>
        <p className="e-soft e-small">
          <Trans>
            Créé le <DateText at={password.madeAt} />
          </Trans>
          {' · '}
          {password.lastUsedAt ? (
            <Trans>
              utilisé <DateText at={password.lastUsedAt} style="relative" />
            </Trans>
          ) : (
            <Trans>jamais utilisé</Trans>
          )}
          {password.lastUsedFrom && ` (${password.lastUsedFrom})`}
        </p>
        <CapacityChip capacity={password.capacity} />
      </div>
      {!password.revokedAt && (
        <Button variant="plain" aria-label={t`Révoquer ${password.label}`} onPress={() => setAsking(true)}>
          <Trans>Révoquer</Trans>
        </Button>
      )}
      <ConfirmDialog
        title={t`Révoquer « ${password.label} » ?`}
        isOpen={asking}
        onClose={() => setAsking(false)}
        confirm={t`Révoquer ce mot de passe`}
        danger
        onConfirm={revoke}
      >
        <p>
          <Trans>L’appareil ou le logiciel qui l’emploie n’aura plus accès, dès maintenant et pour toujours. Vos autres appareils ne changent pas.</Trans>
        </p>
      </ConfirmDialog>
    </li>
  );
}
