import { Trans, useLingui } from '@lingui/react/macro';
import { ChevronDown } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { problemText } from '../api/problem';
import type { Capacity, Me } from '../api/types';
import { useLateMenu } from '../ui/lateMenu';
import { announce } from '../ui/live';
import { toast } from '../ui/Toasts';
import { actAs, confirmMyself } from './session';

const capacityMenu = () => import('./CapacityMenu').then((part) => ({ default: part.CapacityMenu }));
const CapacityMenu = lazy(capacityMenu);

/** In which capacity one acts, under the colour of its member. Never hidden; with several, the way to another one. */
export function CapacityBar({ me }: { me: Me }) {
  const { t } = useLingui();
  const [changing, setChanging] = useState(false);
  const others = useLateMenu(capacityMenu);
  const acting = me.acting;
  if (!acting) return <div className="e-capacity" />;

  const change = async (capacity: Capacity) => {
    if (capacity.id === acting.id) return;
    if (me.unconfirmed.includes(capacity.id)) {
      confirmMyself();
      return;
    }
    setChanging(true);
    try {
      await actAs(capacity);
      announce(t`Vous agissez maintenant au titre de ${capacity.function}, ${capacity.member.name}.`);
    } catch (error) {
      toast(problemText(error), { tone: 'bad' });
    } finally {
      setChanging(false);
    }
  };

  return (
    <div className="e-capacity" data-member={acting.member.colour}>
      <span className="e-capacity__word">
        <Trans>Au titre de</Trans>
      </span>
      {me.capacities.length > 1 ? (
        <>
          <Button {...others.button} className="e-capacity__button" isPending={changing}>
            <CapacityWords capacity={acting} />
            {changing ? <span className="e-spinner" aria-hidden="true" /> : <ChevronDown size={18} aria-hidden="true" />}
          </Button>
          {others.met && (
            <Suspense>
              <CapacityMenu at={others.menu} me={me} acting={acting} onChange={(capacity) => void change(capacity)} />
            </Suspense>
          )}
        </>
      ) : (
        <span className="e-capacity__only">
          <CapacityWords capacity={acting} />
        </span>
      )}
    </div>
  );
}

function CapacityWords({ capacity }: { capacity: Capacity }) {
  return (
    <span className="e-capacity__words">
      <span className="e-capacity__function">{capacity.function},</span> <strong>{capacity.member.name}</strong>
    </span>
  );
}
