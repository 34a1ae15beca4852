import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { api } from '../api/client';
import { Problem, problemText } from '../api/problem';
import { refresh, useGet, useMyself } from '../api/queries';
import type { AppDoor, AppPassword } from '../api/types';
import { Button } from '../ui/Button';
import { CopyButton } from '../ui/CopyButton';
import { Dialog } from '../ui/Dialog';
import { Message } from '../ui/Message';
import { Select } from '../ui/Select';
import { TextField } from '../ui/TextField';
import { useDoorWords } from './appDoors';

export interface NewAppPasswordProps {
  isOpen: boolean;
  onClose: () => void;
}

/** Asks for which device, capacity and thing to open, then shows the secret, once. */
export function NewAppPassword({ isOpen, onClose }: NewAppPasswordProps) {
  const { t } = useLingui();
  const me = useMyself();
  const [label, setLabel] = useState('');
  const [capacity, setCapacity] = useState(me.acting?.id ?? null);
  const words = useDoorWords();
  const doors = useGet<AppDoor[]>(isOpen && capacity ? `/api/me/app-passwords/doors?capacity=${capacity}` : null);
  const [chosen, setChosen] = useState<string | null>(null);
  // What another capacity offered is not there in this one.
  const door = doors.data?.find((one) => one.door === chosen)?.door ?? doors.data?.[0]?.door ?? null;
  const [made, setMade] = useState<(AppPassword & { secret: string }) | null>(null);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const form = 'new-app-password';

  const close = () => {
    onClose();
    setLabel('');
    setChosen(null);
    setMade(null);
    setError(null);
  };
  const make = async () => {
    setPending(true);
    setError(null);
    try {
      setMade(await api.post<AppPassword & { secret: string }>('/api/me/app-passwords', { label: label.trim(), capacity, door }));
      void refresh('/api/me/app-passwords');
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };

  if (made) {
    return (
      <Dialog
        title={t`Voici le mot de passe de « ${made.label} »`}
        isOpen={isOpen}
        onClose={close}
        foot={
          <Button variant="primary" onPress={close}>
            <Trans>Je l’ai saisi, fermer</Trans>
          </Button>
        }
      >
        <div className="e-stack">
          <p>
            <Trans>Saisissez-le maintenant dans l’appareil. Il ne sera plus jamais montré : nous n’en gardons qu’une empreinte.</Trans>
          </p>
          <Secret secret={made.secret} />
          {made.capacity.address && (
            <p className="e-soft">
              <Trans>
                Nom d’utilisateur : <strong>{made.capacity.address}</strong>
              </Trans>
            </p>
          )}
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={t`Créer un mot de passe d’application`}
      isOpen={isOpen}
      onClose={close}
      foot={
        <>
          <Button onPress={close}>
            <Trans>Ne rien créer</Trans>
          </Button>
          <Button variant="primary" type="submit" form={form} pending={pending}>
            <Trans>Créer le mot de passe</Trans>
          </Button>
        </>
      }
    >
      <Form
        id={form}
        className="e-stack"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <TextField
          label={t`Pour quel appareil ou logiciel ?`}
          placeholder={t`Thunderbird du bureau`}
          help={t`Le nom vous servira à le reconnaître le jour où il faudra le révoquer.`}
          error={error instanceof Problem && error.fields.label ? error.detail : null}
          value={label}
          onChange={setLabel}
          maxLength={80}
          isRequired
          autoFocus
        />
        <Select
          label={t`Au titre de`}
          options={me.capacities.filter((one) => !me.unconfirmed.includes(one.id)).map((one) => ({ value: one.id, label: `${one.function}, ${one.member.name}` }))}
          value={capacity}
          onChange={setCapacity}
          isRequired
        />
        <Select
          label={t`Pour quoi faire ?`}
          help={t`Il n’ouvrira rien d’autre : l’application qui l’apprend ne peut pas entrer ailleurs en votre nom.`}
          options={(doors.data ?? []).map((one) => ({ value: one.door, label: words(one) }))}
          value={door}
          onChange={setChosen}
          isRequired
        />
        {error !== null && !(error instanceof Problem && error.fields.label) && <Message tone="bad">{problemText(error)}</Message>}
      </Form>
    </Dialog>
  );
}

function Secret({ secret }: { secret: string }) {
  return (
    <div className="e-secret">
      <code>{secret}</code>
      <CopyButton value={secret} />
    </div>
  );
}
