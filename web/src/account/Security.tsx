import { Trans, useLingui } from '@lingui/react/macro';
import { AppWindow, Fingerprint, KeyRound, LogOut, MonitorSmartphone, ShieldAlert, ShieldCheck, Smartphone } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api/client';
import { problemText } from '../api/problem';
import { refresh, useGet } from '../api/queries';
import type { SecondFactors, Session } from '../api/types';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { CapacityChip } from '../ui/CapacityChip';
import { DateText } from '../ui/DateText';
import { ConfirmDialog } from '../ui/Dialog';
import { Loaded } from '../ui/Loaded';
import { Message } from '../ui/Message';
import { Skeleton } from '../ui/Skeleton';
import { toast } from '../ui/Toasts';
import { HeldMail } from './HeldMail';
import '../ui/Lines.css';

/** How one proves who one is, and where one is signed in. */
export function Security() {
  return (
    <div className="e-stack">
      <HeldMail />
      <Factors />
      <Sessions />
    </div>
  );
}

function Factors() {
  const { t } = useLingui();
  const factors = useGet<SecondFactors>('/api/me/second-factors');
  return (
    <section className="e-stack e-stack--tight">
      <h2>
        <Trans>Mot de passe et second facteur</Trans>
      </h2>
      <Loaded query={factors} skeleton={<Skeleton kind="rows" lines={2} />}>
        {(found) => (
          <div className="e-stack e-stack--tight">
            {found.factors.length === 0 && (
              <Message tone={found.required ? 'warn' : 'info'} title={found.required ? t`Un second facteur vous sera demandé à la prochaine connexion` : t`Votre compte n’a pas de second facteur`}>
                <Trans>Un code sur votre téléphone ou une clé d’accès empêche qu’un mot de passe volé suffise pour entrer.</Trans>
              </Message>
            )}
            <ul className="e-lines">
              <li className="e-line">
                <KeyRound size={22} aria-hidden="true" />
                <div className="e-line__main">
                  <p className="e-line__title">
                    <Trans>Mot de passe</Trans>
                  </p>
                  {found.passwordAt.map((member) => (
                    <p key={member} className="e-soft e-small">
                      <Trans>Vous vous connectez avec celui de l’annuaire de {member} : changez-le là-bas. Ici, vous ne changez que celui du territoire.</Trans>
                    </p>
                  ))}
                </div>
                <a className="e-button e-button--plain" href={found.changePassword}>
                  <Trans>Changer de mot de passe</Trans>
                </a>
              </li>
              {found.factors.map((factor) => {
                const passkey = factor.type === 'passkey';
                const Icon = passkey ? Fingerprint : Smartphone;
                return (
                  <li key={factor.id} className="e-line">
                    <Icon size={22} aria-hidden="true" />
                    <div className="e-line__main">
                      <p className="e-line__title">
                        {factor.label || (passkey ? t`Clé d’accès` : t`Application de codes`)}
                        <Badge tone="good">{passkey ? t`Clé d’accès` : t`Code à usage unique`}</Badge>
                      </p>
                      {factor.madeAt && (
                        <p className="e-soft e-small">
                          <Trans>
                            Ajouté le <DateText at={factor.madeAt} />
                          </Trans>
                        </p>
                      )}
                    </div>
                    <a className="e-button e-button--plain" href={factor.remove} aria-label={t`Retirer ${factor.label}`}>
                      <Trans>Retirer</Trans>
                    </a>
                  </li>
                );
              })}
            </ul>
            <div className="e-row">
              <a className="e-button e-button--quiet" href={found.addPasskey}>
                <Fingerprint size={18} aria-hidden="true" />
                <Trans>Ajouter une clé d’accès</Trans>
              </a>
              <a className="e-button e-button--quiet" href={found.addTotp}>
                <Smartphone size={18} aria-hidden="true" />
                <Trans>Ajouter une application de codes</Trans>
              </a>
            </div>
          </div>
        )}
      </Loaded>
    </section>
  );
}

function Sessions() {
  const { t } = useLingui();
  const sessions = useGet<Session[]>('/api/me/sessions');
  const [asking, setAsking] = useState(false);
  const others = sessions.data?.filter((session) => !session.current).length ?? 0;
  const endOthers = async () => {
    await api.delete('/api/me/sessions');
    await refresh('/api/me/sessions');
    toast(t`Les autres sessions sont terminées.`);
  };
  return (
    <section className="e-stack e-stack--tight">
      <div className="e-row e-row--apart">
        <h2>
          <Trans>Sessions ouvertes</Trans>
        </h2>
        {others > 0 && (
          <Button icon={LogOut} onPress={() => setAsking(true)}>
            <Trans>Mettre fin à toutes les autres</Trans>
          </Button>
        )}
      </div>
      <p className="e-soft">
        <Trans>Vous ne reconnaissez pas un appareil ? Mettez fin à sa session, puis changez de mot de passe.</Trans>
      </p>
      <Loaded query={sessions} skeleton={<Skeleton kind="rows" lines={3} />}>
        {(found) => (
          <ul className="e-lines">
            {found.map((session) => (
              <SessionLine key={session.id} session={session} />
            ))}
          </ul>
        )}
      </Loaded>
      <ConfirmDialog
        title={t`Mettre fin à toutes les autres sessions ?`}
        isOpen={asking}
        onClose={() => setAsking(false)}
        confirm={t`Mettre fin aux sessions`}
        onConfirm={endOthers}
      >
        <p>
          <Trans>Vos autres appareils et applications devront se reconnecter. Celui-ci reste connecté. Les mots de passe d’application ne changent pas.</Trans>
        </p>
      </ConfirmDialog>
    </section>
  );
}

function SessionLine({ session }: { session: Session }) {
  const { t } = useLingui();
  const [pending, setPending] = useState(false);
  const Icon = session.current ? ShieldCheck : session.where === 'app' ? AppWindow : session.device ? MonitorSmartphone : ShieldAlert;
  const end = async () => {
    setPending(true);
    try {
      await api.delete(`/api/me/sessions/${session.id}`);
      await refresh('/api/me/sessions');
      toast(t`La session est terminée.`);
    } catch (error) {
      toast(problemText(error), { tone: 'bad' });
    } finally {
      setPending(false);
    }
  };
  return (
    <li className="e-line">
      <Icon size={22} aria-hidden="true" />
      <div className="e-line__main">
        <p className="e-line__title">
          {session.app}
          {session.device && <span className="e-soft">{session.device}</span>}
          {session.current && (
            <Badge tone="good">
              <Trans>Cet appareil</Trans>
            </Badge>
          )}
        </p>
        <p className="e-soft e-small">
          <Trans>
            Ouverte <DateText at={session.since} style="relative" />, utilisée <DateText at={session.lastSeen} style="relative" />
          </Trans>
          {session.address && <> · {session.address}</>}
        </p>
        {session.capacity && <CapacityChip capacity={session.capacity} />}
      </div>
      {!session.current && (
        <Button variant="plain" pending={pending} aria-label={t`Mettre fin à la session ${session.app}, ${session.device}`} onPress={() => void end()}>
          <Trans>Mettre fin</Trans>
        </Button>
      )}
    </li>
  );
}
