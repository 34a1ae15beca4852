import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { problemText } from '../api/problem';
import type { Capacity, Me } from '../api/types';
import { Message } from '../ui/Message';
import { PageHeader } from '../ui/PageHeader';
import { CapacityLines } from './CapacityLines';
import { actAs, confirmMyself, signOut } from './session';
import { go } from '../navigation';
import { Button as TextButton } from '../ui/Button';

/** Asked when nothing says in which capacity one acts: at a first sign-in with several, or when the one in use has just ended. */
export function ChooseCapacity({ me }: { me: Me }) {
  const { t } = useLingui();
  const [error, setError] = useState<unknown>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const choose = async (capacity: Capacity) => {
    if (me.unconfirmed.includes(capacity.id)) {
      confirmMyself();
      return;
    }
    setChosen(capacity.id);
    setError(null);
    try {
      await actAs(capacity);
    } catch (failure) {
      setError(failure);
      setChosen(null);
    }
  };
  if (me.capacities.length === 0) {
    return (
      <>
        <PageHeader title={t`Vous n’avez plus de rattachement en cours`} />
        <div className="e-stack">
          <p>
            <Trans>Votre dernier mandat ou poste a pris fin, ou ne commence pas encore. Si c’est une erreur, adressez-vous au service des ressources humaines de votre collectivité.</Trans>
          </p>
          <div>
            <TextButton onPress={() => void signOut(go)}>
              <Trans>Se déconnecter</Trans>
            </TextButton>
          </div>
        </div>
      </>
    );
  }
  return (
    <>
      <PageHeader title={t`Au titre de quoi agissez-vous ?`} lead={t`Vous pourrez en changer à tout moment, sans vous reconnecter.`} />
      <div className="e-choose">
        {error !== null && <Message tone="bad">{problemText(error)}</Message>}
        {me.capacities.map((capacity) => (
          <Button key={capacity.id} className="e-choose__one" isPending={chosen === capacity.id} onPress={() => void choose(capacity)}>
            <CapacityLines capacity={capacity} unconfirmed={me.unconfirmed.includes(capacity.id)} />
          </Button>
        ))}
      </div>
    </>
  );
}
