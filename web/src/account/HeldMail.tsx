import { Trans, useLingui } from '@lingui/react/macro';
import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api/client';
import { problemText } from '../api/problem';
import { refresh, useGet, useMyself } from '../api/queries';
import { Button } from '../ui/Button';
import { Message } from '../ui/Message';
import { toast } from '../ui/Toasts';

interface Held {
  capacity: string;
  address: string;
}

/** Addresses that somebody gave to the person and that they have not said to be theirs: a forgotten password is not written there. */
export function HeldMail() {
  const { t } = useLingui();
  const me = useMyself();
  const held = useGet<Held[]>('/api/me/held-mail');
  const [pending, setPending] = useState<string | null>(null);
  const confirm = async ({ capacity, address }: Held) => {
    setPending(capacity);
    try {
      await api.post(`/api/me/held-mail/${capacity}/confirmed`);
      await refresh('/api/me/held-mail');
      toast(t`${address} est confirmée.`);
    } catch (failure) {
      toast(problemText(failure), { tone: 'bad' });
    } finally {
      setPending(null);
    }
  };
  return (held.data ?? []).map((one) => {
    const { address } = one;
    const member = me.capacities.find((capacity) => capacity.id === one.capacity)?.member.name;
    return (
      <Message
        key={one.capacity}
        tone="warn"
        title={t`L’adresse ${address} est-elle la vôtre ?`}
        action={
          <Button icon={MailCheck} pending={pending === one.capacity} onPress={() => void confirm(one)}>
            {t`C’est mon adresse`}
          </Button>
        }
      >
        {member ? (
          <Trans>{member} vous l’a donnée. Tant que vous ne l’avez pas confirmée, « Mot de passe oublié » n’y écrit pas : qui lirait ce courrier pourrait se connecter à votre place.</Trans>
        ) : (
          <Trans>Tant que vous ne l’avez pas confirmée, « Mot de passe oublié » n’y écrit pas : qui lirait ce courrier pourrait se connecter à votre place.</Trans>
        )}
      </Message>
    );
  });
}
