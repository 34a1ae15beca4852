import { Trans, useLingui } from '@lingui/react/macro';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/Button';
import { announce } from '../ui/live';

/** Something to be copied exactly: a link, a DNS record. */
export function CopyText({ label, value }: { label: string; value: string }) {
  const { t } = useLingui();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    announce(t`Copié.`);
    window.setTimeout(() => setCopied(false), 3000);
  };
  return (
    <div className="m-copy">
      <span className="e-small e-soft">{label}</span>
      <div className="m-copy__row">
        <code className="m-mono">{value}</code>
        <Button icon={copied ? Check : Copy} onPress={() => void copy()}>
          {copied ? <Trans>Copié</Trans> : <Trans>Copier</Trans>}
        </Button>
      </div>
    </div>
  );
}
