import { Trans, useLingui } from '@lingui/react/macro';
import { Building2, Landmark, type LucideIcon, ShieldCheck, UserRound, Users, UsersRound, X } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../api/problem';
import { useGet } from '../api/queries';
import { Button } from '../ui/Button';
import { DateText } from '../ui/DateText';
import { Loaded } from '../ui/Loaded';
import { lastDayOf } from '../ui/time';
import { toast } from '../ui/Toasts';
import { type Access, at, changed, type FileNode, type GranteeKind, sharing } from './api';
import { InvitesView } from './InvitesView';
import { LinksView } from './LinksView';
import { useSpaces } from './Room';
import { ShareForm } from './ShareForm';
import { granteeName, roleName } from './words';

const icons: Record<GranteeKind, LucideIcon> = { CAPACITY: UserRound, UNIT: Building2, UNIT_ONLY: Building2, MEMBER: Landmark, GROUP: UsersRound, ADMINS: ShieldCheck, EVERYONE: Users };

/** Who sees it, and why; who manages it says who else does. */
export function AccessView({ node }: { node: FileNode }) {
  const { t } = useLingui();
  const access = useGet<Access[]>(`${at(node.id)}/access`, { staleTime: 0 });
  const [pending, setPending] = useState<string | null>(null);
  const may = node.role === 'manage';
  const spaces = useSpaces();
  const shared = node.parent === null && spaces.data?.some((one) => one.id === node.space && one.kind === 'shared');
  const end = async (one: Access) => {
    setPending(one.share);
    try {
      await sharing.end(node.id, one.share);
      await changed();
      const name = granteeName(one);
      toast(t`Le partage avec ${name} a pris fin.`);
    } catch (failure) {
      toast(problemText(failure), { tone: 'bad' });
    } finally {
      setPending(null);
    }
  };
  return (
    <div className="e-stack">
      {may && <ShareForm node={node} />}
      {may && <LinksView node={node} />}
      {may && shared && <InvitesView space={node.space} />}
      <section className="e-stack e-stack--tight">
        <h3>
          <Trans>Qui y a accès, et pourquoi</Trans>
        </h3>
        <Loaded query={access}>
          {(all) => (
            <ul className="e-versions">
              {all.map((one) => {
                const Icon = icons[one.to.kind];
                const name = granteeName(one);
                return (
                  <li key={one.share}>
                    <span className="e-entry__name">
                      <Icon size={20} aria-hidden="true" />
                      <span>
                        <strong>{name}</strong>
                        {one.detail && <span className="e-soft">, {one.detail}</span>}
                        <br />
                        <span className="e-small">
                          {roleName(one.role)} · <Why one={one} node={node} />
                        </span>
                      </span>
                    </span>
                    {may && !one.ofTheSpace && one.at === node.id && (
                      <Button icon={X} pending={pending === one.share} aria-label={t`Mettre fin au partage avec ${name}`} onPress={() => void end(one)}>
                        {t`Mettre fin`}
                      </Button>
                    )}
                  </li>
                );
              })}
            </ul>
          )}
        </Loaded>
      </section>
    </div>
  );
}

function Why({ one, node }: { one: Access; node: FileNode }) {
  const { by, atName } = one;
  return (
    <span className="e-soft">
      {one.ofTheSpace ? (
        <Trans>cela vient avec l’espace</Trans>
      ) : one.at === node.id ? (
        <Trans>partagé par {by ?? '…'}</Trans>
      ) : atName ? (
        <Trans>par le dossier « {atName} », partagé par {by ?? '…'}</Trans>
      ) : (
        <Trans>par tout l’espace, partagé par {by ?? '…'}</Trans>
      )}
      {one.until && (
        <>
          {' '}
          <Trans>
            jusqu’au <DateText at={lastDayOf(one.until)} />
          </Trans>
        </>
      )}
      {!one.inForce && (
        <>
          {' '}
          · <Trans>sans effet aujourd’hui</Trans>
        </>
      )}
    </span>
  );
}
