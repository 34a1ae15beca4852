import { Trans } from '@lingui/react/macro';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client';
import { problemText } from '../../api/problem';
import { Button } from '../../ui/Button';
import { Message } from '../../ui/Message';

/** Fetched here rather than by the browser: an invoice that cannot be made yet must say why, on the page. */
export function InvoiceButton({ href, name }: { href: string; name: string }) {
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const fetchIt = async () => {
    setPending(true);
    setError(null);
    try {
      const url = URL.createObjectURL(await api.file(href));
      const link = document.createElement('a');
      link.href = url;
      link.download = name;
      link.click();
      window.setTimeout(() => URL.revokeObjectURL(url), 1000);
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <>
      <Button icon={Download} pending={pending} onPress={() => void fetchIt()}>
        <Trans>Facture électronique (XML)</Trans>
      </Button>
      {error !== null && <Message tone="bad">{problemText(error)}</Message>}
    </>
  );
}
