import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import { refresh } from '../../api/queries';
import type { CheckedDescriptor } from '../../api/types';
import '../../members/members.css';
import '../operator.css';
import { Button } from '../../ui/Button';
import { Link } from '../../ui/Link';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { Connection } from './Connection';
import { describe, type Draft, emptyDraft, hasSecret } from './describe';
import { DescriptorEditor } from './DescriptorEditor';
import { DraftForm } from './DraftForm';

/** Three steps: what the application is, its description to look over, what has to be typed in it. */
export function NewServicePage() {
  const { t } = useLingui();
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [yaml, setYaml] = useState<string | null>(null);
  const [made, setMade] = useState<{ id: string; secret: string | null } | null>(null);
  const lead = made ? t`L’application est au catalogue. Il reste à la régler de son côté, puis à y abonner des collectivités.` : yaml === null ? t`Quelques questions suffisent. La description se relit avant d’être enregistrée.` : t`Voici ce qui sera enregistré. Vous pouvez le compléter : rôles, connecteur de comptes, services nécessaires.`;
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
        <Done id={made.id} secret={made.secret} />
      ) : yaml === null ? (
        <DraftForm draft={draft} onChange={setDraft} onDone={() => setYaml(describe(draft))} />
      ) : (
        <LookOver draft={draft} yaml={yaml} onChange={setYaml} onBack={() => setYaml(null)} onSaved={(id, secret) => setMade({ id, secret })} />
      )}
    </>
  );
}

function LookOver({ draft, yaml, onChange, onBack, onSaved }: { draft: Draft; yaml: string; onChange: (yaml: string) => void; onBack: () => void; onSaved: (id: string, secret: string | null) => void }) {
  const [checked, setChecked] = useState<CheckedDescriptor | null>(null);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const coming = hasSecret(draft) ? [`kept.${draft.id}`] : [];
  const service = checked?.service;
  const save = async () => {
    if (!checked || !service) return;
    setPending(true);
    setError(null);
    try {
      let secret: string | null = null;
      if (checked.secrets.length > 0) {
        secret = (await call.post<{ value: string }>(`/api/operator/secrets/${draft.id}/generate`)).value;
      }
      await call.put(`/api/operator/services/${service.id}/descriptor`, { yaml, revision: null });
      await refresh('/api/operator/services');
      onSaved(service.id, secret);
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <div className="e-stack">
      <DescriptorEditor yaml={yaml} onChange={onChange} onChecked={setChecked} willBeMade={coming} />
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

function Done({ id, secret }: { id: string; secret: string | null }) {
  return (
    <div className="m-form">
      <h2>
        <Trans>À saisir dans l’application</Trans>
      </h2>
      <Connection service={id} secret={secret} />
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
