import { useLingui as useRuntime } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../api/problem';
import { useMyself } from '../api/queries';
import type { Capacity } from '../api/types';
import { actAs, confirmMyself } from '../shell/session';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { Message } from '../ui/Message';
import { formatDate, fullName } from '../ui/format';
import { toast } from '../ui/Toasts';
import { kindWords, roleWords } from '../ui/words';

/** Every capacity one has, until when, and the way into each. */
export function Capacities() {
  const { t } = useLingui();
  const me = useMyself();
  const name = fullName(me.person);
  return (
    <div className="e-stack">
      <p className="e-soft">
        <Trans>{name}, voici vos mandats et vos postes en cours dans le territoire. Chacun ouvre ses propres services ; vous passez de l’un à l’autre sans vous reconnecter.</Trans>
      </p>
      {me.unconfirmed.length > 0 && (
        <Message tone="info">
          <Trans>Vous êtes entré par la connexion de l’une de vos collectivités : elle ne vaut que pour celle-ci. Pour agir aussi à vos autres titres, confirmez avec votre mot de passe du territoire.</Trans>
        </Message>
      )}
      <ul className="e-capacity-cards" aria-label={t`Mes rattachements`}>
        {me.capacities.map((capacity) => (
          <CapacityCard key={capacity.id} capacity={capacity} acting={capacity.id === me.acting?.id} unconfirmed={me.unconfirmed.includes(capacity.id)} />
        ))}
      </ul>
    </div>
  );
}

function CapacityCard({ capacity, acting, unconfirmed }: { capacity: Capacity; acting: boolean; unconfirmed: boolean }) {
  const { t } = useLingui();
  const { _ } = useRuntime();
  const [pending, setPending] = useState(false);
  const change = async () => {
    setPending(true);
    try {
      await actAs(capacity);
    } catch (error) {
      toast(problemText(error), { tone: 'bad' });
    } finally {
      setPending(false);
    }
  };
  const from = formatDate(capacity.from);
  const until = capacity.until && formatDate(capacity.until);
  return (
    <li className="e-capacity-card" data-member={capacity.member.colour}>
      <div>
        <p className="e-capacity-card__member">{capacity.member.name}</p>
        <h2>{capacity.function}</h2>
        <p className="e-soft">
          {_(kindWords[capacity.kind])}
          {capacity.unit && ` · ${capacity.unit.fullName}`}
        </p>
      </div>
      <p>{until ? <Trans>Du {from} au {until}</Trans> : <Trans>Depuis le {from}</Trans>}</p>
      {capacity.address && <p className="e-small">{capacity.address}</p>}
      {capacity.roles.length > 0 && (
        <p className="e-row">
          {capacity.roles.map((role) => (
            <Badge key={role} tone="info">
              {_(roleWords[role])}
            </Badge>
          ))}
        </p>
      )}
      <div className="e-capacity-card__foot">
        {acting ? (
          <Badge tone="good">
            <Trans>Vous agissez à ce titre</Trans>
          </Badge>
        ) : unconfirmed ? (
          <Button aria-label={t`Confirmer que c’est moi : ${capacity.function}, ${capacity.member.name}`} onPress={confirmMyself}>
            <Trans>Confirmer que c’est moi</Trans>
          </Button>
        ) : (
          <Button pending={pending} aria-label={t`Agir à ce titre : ${capacity.function}, ${capacity.member.name}`} onPress={() => void change()}>
            <Trans>Agir à ce titre</Trans>
          </Button>
        )}
      </div>
    </li>
  );
}
