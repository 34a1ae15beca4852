import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import type { FilledTemplate, ServiceTemplate } from '../../api/types';
import { wrongFields } from '../../members/problems';
import { text } from '../../members/words';
import { Button } from '../../ui/Button';
import { Message } from '../../ui/Message';
import { TextField } from '../../ui/TextField';

/** What is asked to join an application that is known already. Secrets are not asked for: they get names of their own. */
export function TemplateForm({ template, onDone }: { template: ServiceTemplate; onDone: (filled: FilledTemplate, id: string) => void }) {
  const { t, i18n } = useLingui();
  const [answers, setAnswers] = useState<Record<string, string>>({ id: template.id, name: template.name });
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const wrong = wrongFields(error);
  const asked = template.questions.filter((one) => one.kind !== 'secret');
  const done = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    const id = answers.id ?? '';
    const secrets = template.questions.filter((one) => one.kind === 'secret').map((one) => [one.id, one.id === 'secret' ? `kept.${id}` : `kept.${id}.${one.id.toLowerCase()}`]);
    try {
      onDone(await call.post<FilledTemplate>(`/api/operator/service-templates/${template.id}`, { answers: { ...answers, ...Object.fromEntries(secrets) } }), id);
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <form className="e-stack" onSubmit={(event) => void done(event)}>
      {template.proof === 'none' && (
        <Message tone="info">
          <Trans>On ne lui connaît pas de façon d’entrer par la connexion du territoire : elle sera un lien.</Trans>
        </Message>
      )}
      {template.proof === 'to-check' && (
        <Message tone="warn">
          <Trans>Ces réglages n’ont pas été vérifiés sur cette application : relisez-les avec sa documentation.</Trans>
        </Message>
      )}
      {asked.map((one) => (
        <TextField key={one.id} label={text(one.label, i18n.locale)} placeholder={one.example} value={answers[one.id] ?? ''} onChange={(value) => setAnswers({ ...answers, [one.id]: value })} isRequired maxLength={250} error={wrong[one.id]} />
      ))}
      {error !== null && Object.keys(wrong).length === 0 && <Message tone="bad">{problemText(error)}</Message>}
      <div className="m-acts">
        <Button type="submit" variant="primary" pending={pending} isDisabled={asked.some((one) => !answers[one.id]?.trim())}>
          {t`Relire la description`}
        </Button>
      </div>
    </form>
  );
}
