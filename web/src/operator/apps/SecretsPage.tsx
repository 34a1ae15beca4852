import { Trans, useLingui } from '@lingui/react/macro';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { refresh, useGet } from '../../api/queries';
import type { KeptSecret } from '../../api/types';
import '../../members/members.css';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { DateText } from '../../ui/DateText';
import { ConfirmDialog } from '../../ui/Dialog';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { EmptyState } from '../../ui/States';
import { toast } from '../../ui/Toasts';

/** The secrets that are kept for descriptions; those that none uses may be deleted. */
export function SecretsPage() {
  const { t } = useLingui();
  const secrets = useGet<KeptSecret[]>('/api/operator/secrets');
  const [leaving, setLeaving] = useState<string | null>(null);
  return (
    <>
      <PageHeader
        title={t`Secrets gardés`}
        back={
          <Link href="/operator/services">
            <Trans>Services</Trans>
          </Link>
        }
        lead={t`Saisis ou créés à l’écran, gardés fermés, jamais remontrés. Un secret ne part ailleurs que s’il est saisi de nouveau.`}
      />
      <Loaded query={secrets}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={KeyRound} title={t`Aucun secret gardé`} />
          ) : (
            <ul className="m-list">
              {[...all].sort((a, b) => Math.min(a.usedBy.length, 1) - Math.min(b.usedBy.length, 1)).map((one) => (
                <li key={one.name} className="m-line">
                  <div className="m-line__main">
                    <strong className="m-any">{one.name}</strong>
                    <p className="e-soft">
                      {one.keptBy ? (
                        <Trans>
                          Gardé le <DateText at={one.keptAt} /> par {one.keptBy}.
                        </Trans>
                      ) : (
                        <Trans>
                          Gardé le <DateText at={one.keptAt} />.
                        </Trans>
                      )}
                    </p>
                    {one.usedBy.map((service) => (
                      <p key={service}>
                        <Link href={`/operator/services/${service}`}>
                          <Trans>Employé par {service}</Trans>
                        </Link>
                      </p>
                    ))}
                    {one.usedBy.length === 0 && (
                      <Badge tone="warn">
                        <Trans>Aucune description ne l’emploie</Trans>
                      </Badge>
                    )}
                  </div>
                  {one.usedBy.length === 0 && (
                    <Button variant="danger" aria-label={t`Supprimer le secret ${one.name}`} onPress={() => setLeaving(one.name)}>
                      <Trans>Supprimer</Trans>
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <ConfirmDialog
        title={t`Supprimer le secret ${leaving ?? ''} ?`}
        isOpen={leaving !== null}
        onClose={() => setLeaving(null)}
        confirm={t`Supprimer`}
        danger
        onConfirm={async () => {
          await call.delete(`/api/operator/secrets/${leaving}`);
          toast(t`Secret supprimé.`);
          await refresh('/api/operator/secrets');
        }}
      >
        <p>
          <Trans>Aucune description ne l’emploie. Il ne peut pas être retrouvé ensuite.</Trans>
        </p>
      </ConfirmDialog>
    </>
  );
}
