import { Trans, useLingui } from '@lingui/react/macro';
import { Send, X } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../api/problem';
import { useGet } from '../api/queries';
import { Button } from '../ui/Button';
import { DateField } from '../ui/DateField';
import { DateText } from '../ui/DateText';
import { Loaded } from '../ui/Loaded';
import { Message } from '../ui/Message';
import { Select } from '../ui/Select';
import { TextField } from '../ui/TextField';
import { endOf, lastDayOf } from '../ui/time';
import { toast } from '../ui/Toasts';
import { type Invited, type InvitesOfSpace, invites } from './about';

/** Partners from outside the territory, in a space of several: who manages it invites them and takes it back. */
export function InvitesView({ space }: { space: string }) {
  const query = useGet<InvitesOfSpace>(`/api/files/spaces/${space}/invitations`, { staleTime: 0 });
  return (
    <section className="e-stack e-stack--tight">
      <h3>
        <Trans>Partenaires extérieurs</Trans>
      </h3>
      <Loaded query={query}>
        {({ rule, items }) => (
          <>
            {rule.allowed ? (
              <InviteForm space={space} days={rule.days} />
            ) : (
              <p className="e-soft">
                <Trans>La collectivité de cet espace ne permet pas d’inviter des partenaires extérieurs.</Trans>
              </p>
            )}
            {items.length > 0 && (
              <ul className="e-versions">
                {items.map((one) => (
                  <Line key={one.id} space={space} one={one} />
                ))}
              </ul>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}

function InviteForm({ space, days }: { space: string; days: number }) {
  const { t } = useLingui();
  const empty = { address: '', givenName: '', usualName: '', organisation: '', reason: '' };
  const [typed, setTyped] = useState(empty);
  const [role, setRole] = useState<'read' | 'edit'>('read');
  const [until, setUntil] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const set = (key: keyof typeof empty) => (text: string) => setTyped({ ...typed, [key]: text });
  const ready = until !== null && Object.values(typed).every((text) => text.trim() !== '');
  const invite = async () => {
    if (!until) return;
    setPending(true);
    setError(null);
    try {
      const { address } = typed;
      await invites.make(space, { ...typed, role, until: endOf(until) });
      toast(t`${address} est invité. Qui n’a pas encore de compte reçoit un message pour en ouvrir un.`);
      setTyped(empty);
      setUntil(null);
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <form
      className="e-stack e-stack--tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void invite();
      }}
    >
      <div className="e-share">
        <TextField label={t`Adresse professionnelle`} type="email" value={typed.address} onChange={set('address')} maxLength={254} isRequired />
        <TextField label={t`Prénom`} value={typed.givenName} onChange={set('givenName')} maxLength={100} isRequired />
        <TextField label={t`Nom`} value={typed.usualName} onChange={set('usualName')} maxLength={100} isRequired />
        <TextField label={t`Organisation`} value={typed.organisation} onChange={set('organisation')} maxLength={200} isRequired />
        <TextField label={t`Motif`} value={typed.reason} onChange={set('reason')} maxLength={500} isRequired />
        <Select<'read' | 'edit'>
          label={t`Ce qui sera permis`}
          value={role}
          onChange={setRole}
          options={[
            { value: 'read', label: t`lire` },
            { value: 'edit', label: t`lire et modifier` },
          ]}
        />
        <DateField label={t`Jusqu’au`} help={t`Au plus tard dans ${days} jours.`} value={until} onChange={setUntil} isRequired />
      </div>
      {error !== null && <Message tone="bad">{problemText(error)}</Message>}
      <div>
        <Button type="submit" icon={Send} pending={pending} isDisabled={!ready}>
          {t`Inviter`}
        </Button>
      </div>
    </form>
  );
}

function Line({ space, one }: { space: string; one: Invited }) {
  const { t } = useLingui();
  const [pending, setPending] = useState(false);
  const name = `${one.givenName} ${one.usualName}`;
  const end = async () => {
    setPending(true);
    try {
      await invites.end(space, one.id);
      toast(t`L’invitation de ${name} a pris fin.`);
    } catch (failure) {
      toast(problemText(failure), { tone: 'bad' });
    } finally {
      setPending(false);
    }
  };
  return (
    <li>
      <span className="e-files__wrap">
        <strong>{name}</strong>, {one.organisation}
        <br />
        <span className="e-small e-soft">
          {one.address} · {one.reason} ·{' '}
          {one.endedAt ? (
            <Trans>
              retirée le <DateText at={one.endedAt} />
            </Trans>
          ) : (
            <Trans>
              jusqu’au <DateText at={lastDayOf(one.until)} />
            </Trans>
          )}
          {!one.inForce && !one.endedAt && (
            <>
              {' '}
              · <Trans>terminée</Trans>
            </>
          )}
        </span>
      </span>
      {one.inForce && (
        <Button icon={X} pending={pending} aria-label={t`Retirer l’invitation de ${name}`} onPress={() => void end()}>
          {t`Retirer`}
        </Button>
      )}
    </li>
  );
}
