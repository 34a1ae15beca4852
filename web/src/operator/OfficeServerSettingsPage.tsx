import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../api/client';
import { problemText } from '../api/problem';
import { refresh, useGet, useMyself } from '../api/queries';
import type { OfficeServerOverview, SourceFinding } from '../api/types';
import '../members/members.css';
import { Button } from '../ui/Button';
import { DateText } from '../ui/DateText';
import { Link } from '../ui/Link';
import { Loaded } from '../ui/Loaded';
import { Message, type Tone } from '../ui/Message';
import { PageHeader } from '../ui/PageHeader';
import { EmptyState } from '../ui/States';

const path = '/api/operator/office-server';
const tones: Record<SourceFinding['level'], Tone> = { right: 'good', doubtful: 'warn', wrong: 'bad' };
const worstFirst: SourceFinding['level'][] = ['wrong', 'doubtful', 'right'];

/** The office server of the settings: what it opens, whether it signs, and what is wrong with it. */
export function OfficeServerSettingsPage() {
  const { t } = useLingui();
  const known = useGet<OfficeServerOverview>(path);
  return (
    <>
      <PageHeader
        title={t`Serveur bureautique`}
        back={
          <Link href="/operator/engines">
            <Trans>Moteurs</Trans>
          </Link>
        }
        lead={t`Un Collabora Online ou un OnlyOffice à vous, où les documents de Fichiers s’ouvrent dans le navigateur (protocole WOPI).`}
      />
      <Loaded query={known}>{(server) => <Server server={server} />}</Loaded>
    </>
  );
}

function Server({ server }: { server: OfficeServerOverview }) {
  const { t } = useLingui();
  const { rights } = useMyself();
  const [findings, setFindings] = useState<SourceFinding[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  if (server.url === null)
    return (
      <EmptyState title={t`Aucun serveur bureautique`}>
        <Trans>
          Indiquez son adresse dans entente.yaml, <code>office-server.url</code>, puis redémarrez la plateforme. Sans lui, les documents se téléchargent.
        </Trans>
      </EmptyState>
    );
  const check = async () => {
    setBusy(true);
    setError(null);
    try {
      setFindings(await call.post<SourceFinding[]>(`${path}/check`));
      await refresh(path);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="m-section e-stack" aria-label={t`Réglages`}>
      <dl className="e-facts">
        <dt>
          <Trans>Adresse</Trans>
        </dt>
        <dd>{server.url}</dd>
        <dt>
          <Trans>Nom montré</Trans>
        </dt>
        <dd>{server.name ?? <Trans>aucun : « Ouvrir dans l’éditeur »</Trans>}</dd>
        <dt>
          <Trans>Il nous appelle à</Trans>
        </dt>
        <dd>{server.platform}</dd>
        <dt>
          <Trans>Modifie</Trans>
        </dt>
        <dd>{server.edits.join(', ') || '–'}</dd>
        <dt>
          <Trans>Montre seulement</Trans>
        </dt>
        <dd>{server.views.join(', ') || '–'}</dd>
        <dt>
          <Trans>Appels signés</Trans>
        </dt>
        <dd>{server.signs ? <Trans>oui, et vérifiés</Trans> : <Trans>non</Trans>}</dd>
        <dt>
          <Trans>Description lue</Trans>
        </dt>
        <dd>{server.fetchedAt ? <DateText at={server.fetchedAt} style="relative" /> : <Trans>jamais</Trans>}</dd>
        <dt>
          <Trans>Dernier appel</Trans>
        </dt>
        <dd>{server.calledAt ? <DateText at={server.calledAt} style="relative" /> : <Trans>jamais</Trans>}</dd>
      </dl>
      <div role="status">
        {findings !== null && (
          <div className="e-stack">
            {[...findings].sort((a, b) => worstFirst.indexOf(a.level) - worstFirst.indexOf(b.level)).map((one) => (
              <Message key={one.text} tone={tones[one.level]}>
                {one.text}
              </Message>
            ))}
          </div>
        )}
      </div>
      {error !== null && <Message tone="bad">{problemText(error)}</Message>}
      {rights.includes('OPERATE') && (
        <div className="m-acts">
          <Button variant="primary" pending={busy} onPress={() => void check()}>
            <Trans>Tester</Trans>
          </Button>
        </div>
      )}
      <p className="e-soft">
        <Trans>Ces réglages se changent dans entente.yaml, sous office-server ; la documentation de l’opérateur dit ce que Collabora et OnlyOffice demandent.</Trans>
      </p>
    </section>
  );
}
