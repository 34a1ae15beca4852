import { Trans, useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { Eye, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import { refresh, useGet } from '../../api/queries';
import type { CheckedDescriptor, Descriptor, KeptSecret, ServiceState } from '../../api/types';
import '../../members/members.css';
import { text } from '../../members/words';
import { ClaimsDialog } from '../../members/services/ClaimsDialog';
import '../operator.css';
import { go } from '../../navigation';
import { Button } from '../../ui/Button';
import { DateText } from '../../ui/DateText';
import { ConfirmDialog } from '../../ui/Dialog';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { Skeleton } from '../../ui/Skeleton';
import { toast } from '../../ui/Toasts';
import { Connection } from './Connection';
import { DescriptorEditor } from './DescriptorEditor';

/** One service as it is described: what to type in the application, its secret, its text. */
export function ServicePage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const descriptor = useGet<Descriptor>(`/api/operator/services/${id}/descriptor`);
  const services = useGet<ServiceState[]>('/api/operator/services');
  const { i18n } = useLingui();
  const service = services.data?.find((one) => one.service.id === id)?.service;
  return (
    <>
      <PageHeader
        title={service ? text(service.name, i18n.locale) : id}
        back={
          <Link href="/operator/services">
            <Trans>Services</Trans>
          </Link>
        }
        lead={service ? text(service.summary, i18n.locale) : undefined}
        action={service && <Acts service={service} />}
      />
      <Loaded query={descriptor} skeleton={<Skeleton kind="lines" lines={8} />}>
        {(found) => <Described key={`${found.id} ${found.revision}`} descriptor={found} />}
      </Loaded>
    </>
  );
}

function Acts({ service }: { service: ServiceState['service'] }) {
  const { t, i18n } = useLingui();
  const [pending, setPending] = useState(false);
  const [trying, setTrying] = useState(false);
  const name = text(service.name, i18n.locale);
  const reconcile = async () => {
    setPending(true);
    try {
      await call.post(`/api/operator/services/${service.id}/reconcile`);
      await refresh('/api/operator/services');
      toast(t`Rapprochement de ${name} lancé.`);
    } catch (failure) {
      toast(problemText(failure), { tone: 'bad' });
    } finally {
      setPending(false);
    }
  };
  return (
    <div className="m-acts">
      {['oidc', 'saml', 'cas', 'gateway', 'link'].includes(service.signIn) && (
        <Button icon={Eye} onPress={() => setTrying(true)}>
          <Trans>Essayer</Trans>
        </Button>
      )}
      {service.connector && (
        <Button icon={RefreshCw} pending={pending} onPress={() => void reconcile()}>
          <Trans>Rapprocher les comptes</Trans>
        </Button>
      )}
      {trying && <ClaimsDialog service={service} onClose={() => setTrying(false)} />}
    </div>
  );
}

function Described({ descriptor }: { descriptor: Descriptor }) {
  const { t } = useLingui();
  const [secret, setSecret] = useState<string | null>(null);
  const id = descriptor.id;
  return (
    <div className="e-stack">
      <section className="m-section m-form" aria-labelledby="connection">
        <h2 id="connection">
          <Trans>À saisir dans l’application</Trans>
        </h2>
        <Connection service={id} secret={secret} />
        {descriptor.yaml.includes(`\${secret:kept.${id}}`) && <Secret id={id} onMade={setSecret} />}
      </section>
      <section className="m-section" aria-labelledby="text">
        <h2 id="text">
          <Trans>Description</Trans>
        </h2>
        {descriptor.revision === null ? (
          <div className="e-stack">
            <p className="e-soft">
              <Trans>Elle vient d’un fichier, de la machine ou d’Entente : c’est là qu’elle se modifie.</Trans>
            </p>
            <pre className="m-mono o-text" tabIndex={0} aria-label={t`Description de ${id}`}>
              {descriptor.yaml}
            </pre>
          </div>
        ) : (
          <Edited descriptor={descriptor} revision={descriptor.revision} />
        )}
      </section>
    </div>
  );
}

function Secret({ id, onMade }: { id: string; onMade: (secret: string) => void }) {
  const { t } = useLingui();
  const kept = useGet<KeptSecret[]>('/api/operator/secrets');
  const [asking, setAsking] = useState(false);
  const since = kept.data?.find((one) => one.name === id)?.keptAt;
  return (
    <div className="m-acts">
      <p className="e-soft">{since && <Trans>Secret gardé depuis le <DateText at={since} />.</Trans>}</p>
      <Button onPress={() => setAsking(true)}>
        <Trans>Changer le secret</Trans>
      </Button>
      <ConfirmDialog
        title={t`Changer le secret de ${id} ?`}
        isOpen={asking}
        onClose={() => setAsking(false)}
        confirm={t`Changer le secret`}
        danger
        onConfirm={async () => {
          onMade((await call.post<{ value: string }>(`/api/operator/secrets/${id}/generate`)).value);
          await refresh('/api/operator/secrets');
        }}
      >
        <p>
          <Trans>L’ancien ne vaut plus dès maintenant : personne n’entre dans l’application tant que le nouveau n’y est pas saisi.</Trans>
        </p>
      </ConfirmDialog>
    </div>
  );
}

function Edited({ descriptor, revision }: { descriptor: Descriptor; revision: number }) {
  const { t } = useLingui();
  const [yaml, setYaml] = useState(descriptor.yaml);
  const [checked, setChecked] = useState<CheckedDescriptor | null>(null);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [removing, setRemoving] = useState(false);
  const path = `/api/operator/services/${descriptor.id}/descriptor`;
  const save = async () => {
    setPending(true);
    setError(null);
    try {
      await call.put(path, { yaml, revision });
      toast(t`Description enregistrée.`);
      await refresh('/api/operator/services');
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <div className="e-stack">
      <p className="e-soft">
        <Trans>
          Écrite par {descriptor.writtenBy}, <DateText at={descriptor.writtenAt ?? ''} style="relative" />.
        </Trans>
      </p>
      <DescriptorEditor yaml={yaml} onChange={setYaml} onChecked={setChecked} />
      {error !== null && <Message tone="bad">{problemText(error)}</Message>}
      <div className="m-acts">
        <Button variant="primary" pending={pending} isDisabled={!checked || checked.problems.length > 0 || yaml === descriptor.yaml} onPress={() => void save()}>
          <Trans>Enregistrer</Trans>
        </Button>
        <Button variant="danger" isDisabled={pending} onPress={() => setRemoving(true)}>
          <Trans>Retirer du catalogue</Trans>
        </Button>
      </div>
      <ConfirmDialog
        title={t`Retirer ${descriptor.id} du catalogue ?`}
        isOpen={removing}
        onClose={() => setRemoving(false)}
        confirm={t`Retirer du catalogue`}
        danger
        onConfirm={async () => {
          await call.delete(path);
          toast(t`Description retirée.`);
          go('/operator/services');
          void refresh('/api/operator/services');
        }}
      >
        <p>
          <Trans>Plus personne n’y a droit : les entrées se ferment et les comptes sont suspendus. Les abonnements et le journal restent.</Trans>
        </p>
      </ConfirmDialog>
    </div>
  );
}
