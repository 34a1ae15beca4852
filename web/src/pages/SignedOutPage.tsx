import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useGet } from '../api/queries';
import type { EndedApp, EndedSource, SignedOut } from '../api/types';
import { Badge } from '../ui/Badge';
import { PageHeader } from '../ui/PageHeader';
import { SignIn } from './SignInPages';
import '../ui/Lines.css';

/** Says what the sign-out of this browser has ended. All of it comes from the server: an address puts no word on this page. */
export function SignedOutPage() {
  const { t } = useLingui();
  const ended = useGet<SignedOut>('/api/signed-out', { staleTime: Infinity, retry: false });
  const apps = ended.data?.apps ?? [];
  const source = ended.data?.source ?? null;
  return (
    <>
      <PageHeader title={t`Vous êtes déconnecté`} lead={t`Votre session Entente est terminée. Sur un poste partagé, fermez aussi le navigateur.`} />
      <div className="e-stack">
        {/* What is asked of applications may take some seconds: whoever listens is told when it is there. */}
        <div aria-live="polite" aria-busy={ended.isPending}>
          {(apps.length > 0 || source) && (
            <section className="e-stack" aria-labelledby="ended">
              <h2 id="ended">
                <Trans>Ce que sont devenues vos autres sessions</Trans>
              </h2>
              <ul className="e-lines">
                {apps.map((app, at) => (
                  <App key={`${app.name} ${at}`} app={app} />
                ))}
                {source && <Source source={source} />}
              </ul>
            </section>
          )}
        </div>
        <SignIn />
      </div>
    </>
  );
}

function Line({ name, help, children }: { name: string; help?: ReactNode; children: ReactNode }) {
  return (
    <li className="e-line">
      <div className="e-line__main">
        <p className="e-line__title">{name}</p>
        {help && <p className="e-soft e-small">{help}</p>}
      </div>
      {children}
    </li>
  );
}

function App({ app }: { app: EndedApp }) {
  const { t } = useLingui();
  switch (app.outcome) {
    case 'answered':
      return (
        <Line name={app.name}>
          <Badge tone="good">{t`Fermée`}</Badge>
        </Line>
      );
    case 'shown':
      return (
        <Line name={app.name} help={<Trans>Votre navigateur le lui a dit ; elle ne le confirme pas.</Trans>}>
          <Badge tone="info">{t`Prévenue`}</Badge>
        </Line>
      );
    case 'untold':
      return (
        <Line name={app.name} help={<Trans>Elle ne peut pas être prévenue. Rouverte, elle vous demandera de vous connecter ; une page déjà ouverte peut le rester : fermez-la.</Trans>}>
          <Badge tone="warn">{t`À fermer vous-même`}</Badge>
        </Line>
      );
    default:
      return (
        <Line name={app.name} help={<Trans>Elle ne l’a pas confirmé. Si elle est encore ouverte, déconnectez-vous-y ou fermez le navigateur.</Trans>}>
          <Badge tone="warn">{t`Non confirmée`}</Badge>
        </Line>
      );
  }
}

/** By what the person's member signs its people in. */
function Source({ source }: { source: EndedSource }) {
  const { t } = useLingui();
  if (source.outcome === 'returned') {
    return (
      <Line name={source.name} help={<Trans>Votre déconnexion y a été demandée, et votre collectivité vous a ramené ici.</Trans>}>
        <Badge tone="good">{t`Déconnexion demandée`}</Badge>
      </Line>
    );
  }
  return (
    <Line
      name={source.name}
      help={
        source.outcome === 'unreached' ? (
          <Trans>Le service de connexion de votre collectivité n’a pas répondu : votre session y est peut-être encore ouverte. Fermez le navigateur.</Trans>
        ) : (
          <Trans>Vous n’en êtes pas revenu : votre session y est peut-être encore ouverte. Fermez le navigateur.</Trans>
        )
      }
    >
      <Badge tone="warn">{t`Non confirmée`}</Badge>
    </Line>
  );
}
