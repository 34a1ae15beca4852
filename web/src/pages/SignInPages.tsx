import { Trans, useLingui } from '@lingui/react/macro';
import { LogIn } from 'lucide-react';
import { Message } from '../ui/Message';
import { PageHeader } from '../ui/PageHeader';

/** The way in, outside the application: the platform leads on to the page where one proves who one is. */
export function SignIn() {
  return (
    <p>
      <a className="e-button e-button--primary" href="/sign-in?to=/">
        <LogIn size={18} aria-hidden="true" />
        <Trans>Se connecter</Trans>
      </a>
    </p>
  );
}

/** Where one comes when the last capacity has ended: the session has ended with it. */
export function NoCapacityPage() {
  const { t } = useLingui();
  return (
    <>
      <PageHeader title={t`Vous n’avez pas de rattachement en cours`} />
      <div className="e-stack">
        <Message tone="info">
          <Trans>Votre mandat ou votre poste a pris fin, ou ne commence pas encore : aucun service n’est ouvert. Si c’est une erreur, adressez-vous au service des ressources humaines de votre collectivité.</Trans>
        </Message>
        <SignIn />
      </div>
    </>
  );
}
