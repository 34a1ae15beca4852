import { Trans, useLingui } from '@lingui/react/macro';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { useEffect } from 'react';
import { Link } from '../ui/Link';
import { EmptyState, ErrorState } from '../ui/States';
import '../shell/Shell.css';

export function NotFoundPage() {
  const { t } = useLingui();
  useEffect(() => {
    document.title = `${t`Page introuvable`} · Entente`;
  }, [t]);
  return (
    <main className="e-alone">
      <h1 className="e-hidden">
        <Trans>Page introuvable</Trans>
      </h1>
      <EmptyState
        icon={Compass}
        title={t`Il n’y a rien à cette adresse`}
        action={
          <Link variant="primary" href="/">
            <Trans>Aller à l’accueil</Trans>
          </Link>
        }
      >
        <Trans>L’adresse est peut-être incomplète, ou la page a été déplacée.</Trans>
      </EmptyState>
    </main>
  );
}

/** A page that failed to load or to draw. The rest of the shell goes on working. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <div className="e-alone">
      <ErrorState
        error={error}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </div>
  );
}
