import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import type { CheckedDescriptor } from '../../api/types';
import { Message } from '../../ui/Message';
import { TextField } from '../../ui/TextField';
import { useDebounced } from '../../ui/useDebounced';
import { MissingSecrets } from './MissingSecrets';

/** The text of a description, looked at while one writes: what is wrong is said by line. */
export function DescriptorEditor({ yaml, onChange, onChecked, willBeMade = [] }: { yaml: string; onChange: (yaml: string) => void; onChecked: (checked: CheckedDescriptor | null) => void; willBeMade?: readonly string[] }) {
  const { t } = useLingui();
  const settled = useDebounced(yaml, 500);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [checked, setChecked] = useState<CheckedDescriptor | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  const made = willBeMade.join(' ');
  useEffect(() => {
    let current = true;
    onChecked(null);
    if (!settled.trim()) return;
    call.post<CheckedDescriptor>('/api/operator/descriptors/check', { yaml: settled }).then(
      (answer) => {
        if (!current) return;
        // A secret that is made on saving does not stand in the way.
        const coming = answer.secrets.filter((one) => made.split(' ').includes(one));
        const shown = { ...answer, secrets: coming, problems: answer.problems.filter((one) => !coming.some((secret) => one.text.includes(`« ${secret} »`) || one.text.includes(`“${secret}”`))) };
        setMissing(answer.secrets.filter((one) => !coming.includes(one)));
        setChecked(shown);
        setError(null);
        onChecked(shown);
      },
      (failure: unknown) => current && setError(failure),
    );
    return () => {
      current = false;
    };
    // The page gives another function at each turn.
  }, [settled, made, round]);
  return (
    <div className="e-stack">
      <div className="o-yaml">
        <TextField label={t`Description du service (YAML)`} rows={16} value={yaml} onChange={onChange} spellCheck="false" />
      </div>
      <div role="status" className="e-stack">
        {error !== null && <Message tone="bad">{problemText(error)}</Message>}
        {checked?.problems.map((one) => (
          <Message key={`${one.line} ${one.text}`} tone="bad" title={t`Ligne ${one.line}`}>
            {one.text}
          </Message>
        ))}
        {checked?.problems.length === 0 && (
          <Message tone="good">
            <Trans>La description est bonne.</Trans>
          </Message>
        )}
      </div>
      <MissingSecrets names={missing} onKept={() => setRound(round + 1)} />
    </div>
  );
}
