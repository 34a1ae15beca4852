import { Trans, useLingui } from '@lingui/react/macro';
import { useSyncExternalStore } from 'react';
import { Button } from '../ui/Button';
import { Message } from '../ui/Message';

function listen(changed: () => void): () => void {
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
}

/** Says that what is on the screen may be old, and why. */
export function OfflineBanner({ offline, onRetry }: { offline: boolean; onRetry: () => void }) {
  const { t } = useLingui();
  const online = useSyncExternalStore(listen, () => navigator.onLine);
  if (online && !offline) return null;
  return (
    <div className="e-offline">
      <Message
        tone="warn"
        title={t`Pas de connexion`}
        action={
          <Button onPress={onRetry}>
            <Trans>Réessayer</Trans>
          </Button>
        }
      >
        <Trans>Ce qui est affiché peut dater de tout à l’heure. Rien de ce que vous avez enregistré n’est perdu.</Trans>
      </Message>
    </div>
  );
}
