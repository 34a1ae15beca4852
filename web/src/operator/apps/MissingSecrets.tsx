import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import { CopyText } from '../../members/CopyText';
import { Button } from '../../ui/Button';
import { Message } from '../../ui/Message';
import { TextField } from '../../ui/TextField';

/** The secrets that a description refers to and that are not kept yet: each is typed, or made here and shown once. */
export function MissingSecrets({ names, onKept }: { names: readonly string[]; onKept: () => void }) {
  const { t } = useLingui();
  const [made, setMade] = useState<Record<string, string>>({});
  return (
    <>
      {Object.entries(made).map(([name, value]) => (
        <div key={name} className="e-stack">
          <CopyText label={t`Secret ${name}`} value={value} />
          <Message tone="warn">
            <Trans>Copiez ce secret maintenant : il est gardé fermé et ne sera plus montré.</Trans>
          </Message>
        </div>
      ))}
      {names.map((name) => (
        <OneSecret
          key={name}
          name={name}
          onKept={(value) => {
            if (value !== null) setMade((before) => ({ ...before, [name]: value }));
            onKept();
          }}
        />
      ))}
    </>
  );
}

function OneSecret({ name, onKept }: { name: string; onKept: (made: string | null) => void }) {
  const { t } = useLingui();
  const [value, setValue] = useState('');
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const path = `/api/operator/secrets/${name.replace(/^kept\./, '')}`;
  const run = async (act: () => Promise<string | null>) => {
    setPending(true);
    setError(null);
    try {
      onKept(await act());
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  const keep = () =>
    run(async () => {
      await call.put(path, { value });
      return null;
    });
  const make = () => run(async () => (await call.post<{ value: string }>(`${path}/generate`)).value);
  return (
    <div className="m-form">
      <TextField label={t`Secret ${name}`} type="password" autoComplete="off" value={value} onChange={setValue} maxLength={1000} help={t`Celui que l’application vous a donné ; ou faites-en créer un, que vous y saisirez.`} error={error === null ? undefined : problemText(error)} />
      <div className="m-acts">
        <Button pending={pending} isDisabled={!value.trim()} onPress={() => void keep()}>
          <Trans>Garder ce secret</Trans>
        </Button>
        <Button variant="plain" isDisabled={pending} onPress={() => void make()}>
          <Trans>En créer un</Trans>
        </Button>
      </div>
    </div>
  );
}
