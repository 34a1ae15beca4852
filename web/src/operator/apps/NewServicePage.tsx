import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import { refresh, useGet } from '../../api/queries';
import type { CheckedDescriptor, ServiceTemplate } from '../../api/types';
import '../../members/members.css';
import { text } from '../../members/words';
import '../operator.css';
import { Button } from '../../ui/Button';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { Select } from '../../ui/Select';
import { Connection } from './Connection';
import { describe, type Draft, emptyDraft, hasSecret } from './describe';
import { DescriptorEditor } from './DescriptorEditor';
import { DraftForm } from './DraftForm';
import { TemplateForm } from './TemplateForm';

/** What is to be looked over: its text, the secrets that are made on saving, what is left to do in the application. */
interface Described {
  yaml: string;
  secret: string | null;
  steps: string[];
}

const another = 'another';

/** Three steps: what the application is, its description to look over, what has to be typed in it. */
export function NewServicePage() {
  const { t } = useLingui();
  const [chosen, setChosen] = useState<string>(another);
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [described, setDescribed] = useState<Described | null>(null);
  const [made, setMade] = useState<{ id: string; secret: string | null } | null>(null);
  const lead = made
    ? t`L’application est au catalogue. Il reste à la régler de son côté, puis à y abonner des collectivités.`
    : described === null
      ? t`Quelques questions suffisent. La description se relit avant d’être enregistrée.`
      : t`Voici ce qui sera enregistré. Vous pouvez le compléter : rôles, connecteur de comptes, services nécessaires.`;
  return (
    <>
      <PageHeader
        title={t`Ajouter une application`}
        back={
          <Link href="/operator/services">
            <Trans>Services</Trans>
          </Link>
        }
        lead={lead}
      />
      {made ? (
        <Done id={made.id} secret={made.secret} steps={described?.steps ?? []} />
      ) : described === null ? (
        <Choice chosen={chosen} onChoose={setChosen} draft={draft} onDraft={setDraft} onDescribed={setDescribed} />
      ) : (
        <LookOver described={described} onChange={(yaml) => setDescribed({ ...described, yaml })} onBack={() => setDescribed(null)} onSaved={(id, secret) => setMade({ id, secret })} />
      )}
    </>
  );
}

function Choice({ chosen, onChoose, draft, onDraft, onDescribed }: { chosen: string; onChoose: (id: string) => void; draft: Draft; onDraft: (draft: Draft) => void; onDescribed: (described: Described) => void }) {
  const { t, i18n } = useLingui();
  const templates = useGet<ServiceTemplate[]>('/api/operator/service-templates', { staleTime: Infinity });
  return (
    <Loaded query={templates}>
      {(all) => {
        const known = all.filter((one) => !one.id.startsWith('generic-'));
        const template = known.find((one) => one.id === chosen);
        return (
          <div className="m-form">
            <Select label={t`Quelle application ?`} value={template ? chosen : another} onChange={onChoose} options={[{ value: another, label: t`Une autre application`, help: t`Toutes les questions sont posées.` }, ...known.map((one) => ({ value: one.id, label: one.name, help: text(one.summary, i18n.locale) }))]} />
            {template ? (
              <TemplateForm key={template.id} template={template} onDone={(filled, id) => onDescribed({ yaml: filled.yaml, secret: filled.yaml.includes(`\${secret:kept.${id}}`) ? `kept.${id}` : null, steps: text(filled.steps, i18n.locale).split('\n').filter(Boolean) })} />
            ) : (
              <DraftForm draft={draft} onChange={onDraft} onDone={() => onDescribed({ yaml: describe(draft), secret: hasSecret(draft) ? `kept.${draft.id}` : null, steps: [] })} />
            )}
          </div>
        );
      }}
    </Loaded>
  );
}

function LookOver({ described, onChange, onBack, onSaved }: { described: Described; onChange: (yaml: string) => void; onBack: () => void; onSaved: (id: string, secret: string | null) => void }) {
  const [checked, setChecked] = useState<CheckedDescriptor | null>(null);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const coming = described.secret === null ? [] : [described.secret];
  const service = checked?.service;
  const save = async () => {
    if (!checked || !service) return;
    setPending(true);
    setError(null);
    try {
      let secret: string | null = null;
      const [name] = checked.secrets;
      if (name) {
        secret = (await call.post<{ value: string }>(`/api/operator/secrets/${name.replace(/^kept\./, '')}/generate`)).value;
      }
      await call.put(`/api/operator/services/${service.id}/descriptor`, { yaml: described.yaml, revision: null });
      await refresh('/api/operator/services');
      onSaved(service.id, secret);
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <div className="e-stack">
      <DescriptorEditor yaml={described.yaml} onChange={onChange} onChecked={setChecked} willBeMade={coming} />
      {error !== null && <Message tone="bad">{problemText(error)}</Message>}
      <div className="m-acts">
        <Button variant="primary" pending={pending} isDisabled={!service || checked.problems.length > 0} onPress={() => void save()}>
          <Trans>Ajouter au catalogue</Trans>
        </Button>
        <Button variant="plain" isDisabled={pending} onPress={onBack}>
          <Trans>Revenir aux questions</Trans>
        </Button>
      </div>
    </div>
  );
}

function Done({ id, secret, steps }: { id: string; secret: string | null; steps: readonly string[] }) {
  return (
    <div className="m-form">
      {steps.length > 0 && (
        <section className="e-stack" aria-labelledby="steps">
          <h2 id="steps">
            <Trans>À faire dans l’application</Trans>
          </h2>
          <ol className="e-stack">
            {steps.map((step) => (
              <li key={step} className="o-claim">
                {step}
              </li>
            ))}
          </ol>
        </section>
      )}
      <section className="e-stack" aria-labelledby="connection">
        <h2 id="connection">
          <Trans>À saisir dans l’application</Trans>
        </h2>
        <Connection service={id} secret={secret} />
      </section>
      <div className="m-acts">
        <Link variant="primary" href="/operator/services">
          <Trans>Voir tous les services</Trans>
        </Link>
        <Link href={`/operator/services/${id}`}>
          <Trans>Modifier sa description</Trans>
        </Link>
      </div>
    </div>
  );
}
