import { useMutation } from '@tanstack/react-query';
import { Trans, useLingui } from '@lingui/react/macro';
import { call } from '../api/client';
import { problemText } from '../api/problem';
import type { CertificateCheck } from '../api/types';
import { Button } from '../ui/Button';
import { DateText } from '../ui/DateText';
import { FileDrop } from '../ui/FileDrop';
import { Message } from '../ui/Message';
import { PageHeader } from '../ui/PageHeader';

/** Anybody who is handed a paper of the territory, a certificate of departure or minutes, can ask here whether it is true. */
export function VerifyPage() {
  const { t } = useLingui();
  const check = useMutation({
    mutationFn: (file: File) => {
      const body = new FormData();
      body.set('pdf', file);
      return call<CertificateCheck>('/api/certificates/verify', { method: 'POST', body, anonymous: true });
    },
  });
  return (
    <>
      <PageHeader
        title={t`Vérifier un document signé`}
        lead={t`Un certificat de départ prouve que les accès d’une personne ont été coupés ; un procès-verbal, ce qui a été décidé. Déposez-le pour savoir s’il vient bien de ce territoire et s’il n’a pas été modifié.`}
      />
      <div className="e-stack">
        {check.data ? (
          <>
            <Verdict check={check.data} name={check.variables?.name ?? ''} />
            <div>
              <Button onPress={() => check.reset()}>
                <Trans>Vérifier un autre document</Trans>
              </Button>
            </div>
          </>
        ) : (
          <FileDrop
            label={t`Déposez ici le document (PDF)`}
            help={t`Le fichier est seulement lu : il n’est pas conservé.`}
            accept={['application/pdf', '.pdf']}
            pending={check.isPending}
            onFile={(file) => check.mutate(file)}
          />
        )}
        {check.error && <Message tone="bad">{problemText(check.error)}</Message>}
      </div>
    </>
  );
}

function Verdict({ check, name }: { check: CertificateCheck; name: string }) {
  const { t } = useLingui();
  const good = check.genuine && check.unchanged;
  return (
    <div className="e-stack" role="status">
      <Message
        tone={good ? 'good' : 'bad'}
        title={good ? t`Ce document est authentique` : check.genuine ? t`Ce document a été modifié après sa signature` : t`Ce document n’a pas été signé par ce territoire`}
      >
        {check.text}
      </Message>
      <dl className="e-facts e-card">
        <dt>
          <Trans>Fichier</Trans>
        </dt>
        <dd>{name}</dd>
        {check.person && (
          <>
            <dt>
              <Trans>Personne</Trans>
            </dt>
            <dd>{check.person}</dd>
          </>
        )}
        {check.capacity && (
          <>
            <dt>
              <Trans>Au titre de</Trans>
            </dt>
            <dd>{check.capacity}</dd>
          </>
        )}
        {check.signedAt && (
          <>
            <dt>
              <Trans>Signé le</Trans>
            </dt>
            <dd>
              <DateText at={check.signedAt} style="datetime" />
            </dd>
          </>
        )}
        <dt>
          <Trans>Territoire</Trans>
        </dt>
        <dd>{check.territory}</dd>
      </dl>
    </div>
  );
}
