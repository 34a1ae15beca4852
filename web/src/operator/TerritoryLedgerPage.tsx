import { Trans, useLingui } from '@lingui/react/macro';
import { FileCheck, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { api as call } from '../api/client';
import { problemText } from '../api/problem';
import type { LedgerVerification } from '../api/types';
import { LedgerTable } from '../members/ledger/LedgerTable';
import '../members/members.css';
import { Button } from '../ui/Button';
import { Link } from '../ui/Link';
import { Message } from '../ui/Message';
import { PageHeader } from '../ui/PageHeader';

/** The whole territory's ledger, and the proof that nobody has touched it. */
export function TerritoryLedgerPage() {
  const { t } = useLingui();
  const [pending, setPending] = useState(false);
  const [found, setFound] = useState<LedgerVerification | null>(null);
  const [error, setError] = useState<unknown>(null);
  const verify = async () => {
    setPending(true);
    setError(null);
    setFound(null);
    try {
      setFound(await call.post<LedgerVerification>('/api/operator/ledger/verify'));
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <>
      <PageHeader
        title={t`Journal du territoire`}
        lead={t`Chaque acte de chaque adhérent, enchaîné au précédent : ce qui serait changé, retiré ou déplacé se verrait.`}
        action={
          <Button variant="primary" icon={ShieldCheck} pending={pending} onPress={() => void verify()}>
            <Trans>Vérifier le journal</Trans>
          </Button>
        }
      />
      <div className="e-stack">
        <div aria-live="polite">
          {found && (
            <Message tone={found.intact ? 'good' : 'bad'} title={found.intact ? t`Le journal est intact` : t`Le journal a été touché`}>
              {found.text}
              {found.findings.length > 0 && (
                <ul className="m-bullets">
                  {found.findings.map((one, at) => (
                    <li key={at}>{one.text}</li>
                  ))}
                </ul>
              )}
            </Message>
          )}
          {error !== null && <Message tone="bad">{problemText(error)}</Message>}
        </div>
        <p>
          <Link href="/verify" icon={FileCheck}>
            <Trans>Vérifier un certificat de départ</Trans>
          </Link>
        </p>
        <div>
          <LedgerTable path="/api/operator/ledger" withMember />
        </div>
      </div>
    </>
  );
}
