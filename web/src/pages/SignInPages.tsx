import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui as useRuntime } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useSearch } from '@tanstack/react-router';
import { LogIn } from 'lucide-react';
import { Button } from '../ui/Button';
import { Message } from '../ui/Message';
import { PageHeader } from '../ui/PageHeader';
import { signOut } from '../shell/session';
import { go } from '../navigation';

/** The way in, outside the application: the platform leads on to the page where one proves who one is. */
function SignIn() {
  return (
    <p>
      <a className="e-button e-button--primary" href="/sign-in?to=/">
        <LogIn size={18} aria-hidden="true" />
        <Trans>Se connecter</Trans>
      </a>
    </p>
  );
}

export function SignedOutPage() {
  const { t } = useLingui();
  return (
    <>
      <PageHeader title={t`Vous êtes déconnecté`} lead={t`Votre session est terminée ici et dans les applications ouvertes depuis Entente. Sur un poste partagé, fermez aussi le navigateur.`} />
      <SignIn />
    </>
  );
}

const reasons: Record<string, { title: MessageDescriptor; text: MessageDescriptor }> = {
  expired: {
    title: msg`La page de connexion est restée ouverte trop longtemps`,
    text: msg`Par prudence, elle n’est valable que quelques minutes. Recommencez : rien n’a été perdu.`,
  },
  unknown_person: {
    title: msg`Votre compte n’est rattaché à aucune collectivité`,
    text: msg`Vous avez bien été reconnu, mais personne ne vous a encore inscrit dans le territoire. Adressez-vous au service des ressources humaines de votre collectivité.`,
  },
  unavailable: {
    title: msg`La connexion ne répond pas pour le moment`,
    text: msg`Le service qui vérifie les identités est arrêté ou très occupé. Réessayez dans quelques instants.`,
  },
};

const otherReason = {
  title: msg`La connexion n’a pas abouti`,
  text: msg`Vos identifiants n’ont peut-être rien à voir avec cette erreur. Recommencez ; si cela dure, prévenez votre administrateur.`,
};

export function SignInErrorPage() {
  const { _ } = useRuntime();
  const { code } = useSearch({ from: '/open/sign-in-error' });
  const reason = reasons[code] ?? otherReason;
  return (
    <>
      <PageHeader title={_(reason.title)} />
      <div className="e-stack">
        <Message tone="warn">{_(reason.text)}</Message>
        <SignIn />
      </div>
    </>
  );
}

export function NoCapacityPage() {
  const { t } = useLingui();
  return (
    <>
      <PageHeader title={t`Vous n’avez pas de rattachement en cours`} />
      <div className="e-stack">
        <Message tone="info">
          <Trans>Votre mandat ou votre poste a pris fin, ou ne commence pas encore : aucun service n’est ouvert. Si c’est une erreur, adressez-vous au service des ressources humaines de votre collectivité.</Trans>
        </Message>
        <div className="e-row">
          <Button onPress={() => void signOut(go)}>
            <Trans>Se déconnecter</Trans>
          </Button>
        </div>
      </div>
    </>
  );
}
