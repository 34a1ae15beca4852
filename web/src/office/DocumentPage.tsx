import { Trans, useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { Download, RotateCw, Save, Trash2 } from 'lucide-react';
import { useEffect, useReducer, useRef, useState } from 'react';
import { Button } from '../ui/Button';
import { Link } from '../ui/Link';
import { ConfirmDialog } from '../ui/Dialog';
import { Message } from '../ui/Message';
import { PageHeader } from '../ui/PageHeader';
import { Skeleton } from '../ui/Skeleton';
import { fileOf } from './api';
import { Session } from './session';
import './office.css';

const toolbar = 'e-office-toolbar';

/** A Word document, open to be read or written in by several at once. */
export function DocumentPage() {
  const { node } = useParams({ strict: false }) as { node: string };
  const [again, reopen] = useReducer((count: number) => count + 1, 0);
  return <Document key={`${node} ${again}`} node={node} onAgain={reopen} />;
}

function Document({ node, onAgain }: { node: string; onAgain: () => void }) {
  const { t } = useLingui();
  const place = useRef<HTMLDivElement>(null);
  const [, news] = useReducer((count: number) => count + 1, 0);
  const [session, setSession] = useState<Session | null>(null);
  const [copied, setCopied] = useState<{ node: string; name: string } | null>(null);
  useEffect(() => {
    if (!place.current) return;
    const opened = new Session(node, place.current, `#${toolbar}`, news);
    setSession(opened);
    return () => void opened.leave();
  }, [node]);

  const phase = session?.phase ?? 'opening';
  const opened = session?.opened;
  const line = session?.line;
  const writes = opened?.writes === true;
  return (
    <div className="e-office">
      <PageHeader
        title={opened?.name ?? t`Document`}
        back={<Link href="/files">{t`Fichiers`}</Link>}
        action={
          phase === 'open' && writes ? (
            <Button variant="primary" icon={Save} pending={session?.saving} isDisabled={!line?.connected || line.changed !== null} onPress={() => void session?.save(true)}>{t`Enregistrer`}</Button>
          ) : phase === 'failed' ? (
            <Button icon={RotateCw} onPress={onAgain}>{t`Rouvrir`}</Button>
          ) : undefined
        }
      />
      {copied && (
        <Message tone="good">
          <Trans>
            Ce qui était écrit ici est dans <Link href={`/office/${copied.node}`}>{copied.name}</Link>, à côté du fichier.
          </Trans>
        </Message>
      )}
      {phase === 'failed' && (
        <Message tone="bad" title={t`Le document n’est pas ouvert`} action={<Fetch node={node} />}>
          {session?.failure}
        </Message>
      )}
      {phase === 'failed' && session && opened?.unsaved && <GiveUp session={session} />}
      {phase === 'open' && line?.changed && writes && (
        <Message
          tone="warn"
          title={t`Ce fichier a été remplacé par un autre moyen`}
          action={
            <>
              <Button isDisabled={session?.saving} onPress={() => void session?.save(true, line.changed)}>{t`En faire une nouvelle version`}</Button>
              <Button isDisabled={session?.saving} onPress={() => void session?.copy().then(setCopied)}>{t`Garder dans une copie`}</Button>
            </>
          }
        >
          <Trans>
            Quelqu’un a envoyé un autre contenu (depuis son poste, ou en déposant le fichier) pendant que vous écriviez ici. Rien n’est perdu : faites de ce document une nouvelle version, et l’autre
            contenu restera dans l’historique ; ou gardez-le dans une copie, et le fichier restera comme il est.
          </Trans>
        </Message>
      )}
      {phase === 'open' && session && opened && (
        <div className="e-office__state">
          <span role="status" className="e-soft e-small">
            <State session={session} />
          </span>
          {line && <People others={line.others()} />}
          <Fetch node={node} />
          {line?.unsaved && <GiveUp session={session} />}
        </div>
      )}
      <div id={toolbar} className="e-office__toolbar" hidden={phase !== 'open' || !writes} />
      {phase === 'opening' && (
        <div className="e-office__wait">
          <p role="status">
            {session?.busy ? t`Plusieurs documents s’ouvrent en ce moment : celui-ci suivra dans quelques secondes, sans que vous ayez rien à faire.` : t`Ouverture du document…`}
          </p>
          <Skeleton lines={8} />
        </div>
      )}
      <div ref={place} className="e-office__page" role="region" aria-label={t`Document`} hidden={phase === 'failed'} />
    </div>
  );
}

function State({ session }: { session: Session }) {
  const { t } = useLingui();
  const { line, opened } = session;
  if (!line) return t`Lecture : personne n’écrit dans ce document en ce moment.`;
  if (!line.connected) return opened?.writes ? t`Hors ligne : ce que vous écrivez est gardé ici, et part dès que la connexion revient. Ne fermez pas cette page.` : t`Hors ligne : la suite vient dès que la connexion revient.`;
  if (!opened?.writes) return t`Lecture : ce que d’autres écrivent paraît ici.`;
  if (session.saving) return t`Enregistrement…`;
  if (line.unkept) return t`Envoi…`;
  return line.unsaved ? t`Tout est gardé. Le fichier n’en a pas encore de version.` : t`Enregistré dans le fichier.`;
}

function People({ others }: { others: { name: string; color: string }[] }) {
  const { t } = useLingui();
  if (!others.length) return null;
  return (
    <ul className="e-office__people" aria-label={t`Aussi dans ce document`}>
      {others.map(({ name, color }) => (
        <li key={name} style={{ borderColor: color }}>
          {name}
        </li>
      ))}
    </ul>
  );
}

/** Who manages the file may go back to it as it was last saved: a draft that cannot be opened or saved would stay for months. */
function GiveUp({ session }: { session: Session }) {
  const { t } = useLingui();
  const [asked, setAsked] = useState(false);
  const { opened } = session;
  if (!opened?.manages || !opened.sitting) return null;
  const { name } = opened;
  return (
    <>
      <Button icon={Trash2} onPress={() => setAsked(true)}>{t`Abandonner ce qui n’est pas enregistré…`}</Button>
      <ConfirmDialog
        title={t`Abandonner ce qui n’est pas enregistré de ${name} ?`}
        isOpen={asked}
        onClose={() => setAsked(false)}
        confirm={t`Abandonner`}
        danger
        onConfirm={() => session.discard()}
      >
        <Trans>
          Tout ce qui a été écrit ici depuis le dernier enregistrement, par vous et par les autres, est perdu pour de bon. Le fichier reste tel qu’il a été enregistré, et le document s’ouvre de nouveau à
          partir de lui. Le journal garde votre nom.
        </Trans>
      </ConfirmDialog>
    </>
  );
}

function Fetch({ node }: { node: string }) {
  return (
    <a className="e-link e-office__fetch" href={fileOf(node)} download>
      <Download size={16} aria-hidden="true" />
      <Trans>Télécharger le fichier</Trans>
    </a>
  );
}
