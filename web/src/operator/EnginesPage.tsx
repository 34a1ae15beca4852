import { Trans, useLingui } from '@lingui/react/macro';
import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react';
import { useGet } from '../api/queries';
import type { Engine } from '../api/types';
import '../members/members.css';
import { DateText } from '../ui/DateText';
import { Link } from '../ui/Link';
import { Loaded } from '../ui/Loaded';
import { Message } from '../ui/Message';
import { PageHeader } from '../ui/PageHeader';
import { StateChip } from '../ui/StateChip';
import { EmptyState } from '../ui/States';
import { Antivirus } from './Antivirus';
import './operator.css';

const icons = { up: CircleCheck, degraded: TriangleAlert, down: CircleX };

/** What Entente stands on, and how it goes; read anew every few seconds. */
export function EnginesPage() {
  const { t } = useLingui();
  const engines = useGet<Engine[]>('/api/operator/engines', { refetchInterval: 5000, staleTime: 0 });
  return (
    <>
      <PageHeader title={t`Moteurs`} lead={t`Ce sur quoi la plateforme repose. Cette page se rafraîchit d’elle-même.`} action={<Link href="/operator/office-server" variant="quiet">{t`Serveur bureautique`}</Link>} />
      <Loaded query={engines}>
        {(all) => {
          const down = all.filter((one) => one.state === 'down');
          return all.length === 0 ? (
            <EmptyState title={t`Aucun moteur n’est déclaré`} />
          ) : (
            <div className="e-stack">
              {down.length > 0 && (
                <Message tone="bad" title={t`Arrêté : ${down.map((one) => one.name).join(', ')}`}>
                  <Trans>Rien n’est perdu : ce qui attend ce moteur est repris dès qu’il répond.</Trans>
                </Message>
              )}
              <ul className="o-engines">
                {all.map((one) => {
                  const Icon = icons[one.state];
                  return (
                    <li key={one.id} className="e-card o-engine" data-state={one.state}>
                      <div className="e-row e-row--apart">
                        <h2 className="o-engine__name">
                          <Icon size={20} aria-hidden="true" /> {one.name}
                        </h2>
                        <StateChip state={one.state} />
                      </div>
                      {one.detail && <p>{one.detail}</p>}
                      {one.since && (
                        <p className="e-soft e-small">
                          <Trans>
                            Depuis <DateText at={one.since} style="relative" />
                          </Trans>
                        </p>
                      )}
                    </li>
                  );
                })}
              </ul>
            </div>
          );
        }}
      </Loaded>
      <Antivirus />
    </>
  );
}
