import { Trans, useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { Eye, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { api } from '../api/client';
import { problemText } from '../api/problem';
import { useMe } from '../api/queries';
import { speak } from '../i18n';
import { Button } from '../ui/Button';
import { Message } from '../ui/Message';
import { Skeleton } from '../ui/Skeleton';
import type { OfficeOpening } from './officeServer';
import './office-server.css';

const frameName = 'office-server';

/** One document in the operator's office server. The frame has a token for it in a form, never in an address. */
export function OfficeServerPage() {
  const { t } = useLingui();
  const { node } = useParams({ strict: false }) as { node: string };
  const me = useMe();
  const language = me.data?.language;
  const [opening, setOpening] = useState<OfficeOpening | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [name, setName] = useState('');
  const asked = useRef(false);
  useEffect(() => {
    if (language) void speak(language);
  }, [language]);
  // Once a page: each opening is a token.
  useEffect(() => {
    if (asked.current || !language) return;
    asked.current = true;
    api.post<OfficeOpening>(`/api/office-server/files/${encodeURIComponent(node)}`).then(
      (given) => {
        setOpening(given);
        setName(given.name);
      },
      (failure: unknown) => setError(failure),
    );
  }, [node, language]);
  useEffect(() => {
    document.title = `${name || t`Document`} · Entente`;
  }, [name, t]);
  // A page anew: what this one may frame, no other may.
  const leave = () => window.location.assign(opening?.folder ? `/files/${opening.folder}` : '/files');
  const failure = error ?? me.error;
  return (
    <div className="e-office">
      <header className="e-office__head">
        <h1 className="e-office__name">{name || <Trans>Ouverture du document</Trans>}</h1>
        {opening && !opening.writes && (
          <span className="e-office__mode">
            <Eye size={16} aria-hidden="true" /> <Trans>Lecture seule</Trans>
          </span>
        )}
        <Button icon={X} onPress={leave}>
          <Trans>Fermer</Trans>
        </Button>
      </header>
      <main className="e-office__main">
        {failure ? (
          <div className="e-office__said">
            <Message tone="bad" title={t`Ce document ne s’ouvre pas`}>
              {problemText(failure)}
            </Message>
          </div>
        ) : opening ? (
          <Frame opening={opening} onLeave={leave} onRenamed={setName} />
        ) : (
          <div className="e-office__said">
            <Skeleton lines={4} />
          </div>
        )}
      </main>
    </div>
  );
}

/** What a server says by messages: Collabora's words, which OnlyOffice has taken over. */
interface Said {
  MessageId?: string;
  Values?: { Status?: string; NewName?: string };
}

function said(data: unknown): Said {
  try {
    return (typeof data === 'string' ? JSON.parse(data) : data) as Said;
  } catch {
    return {};
  }
}

function Frame({ opening, onLeave, onRenamed }: { opening: OfficeOpening; onLeave: () => void; onRenamed: (name: string) => void }) {
  const { t } = useLingui();
  const form = useRef<HTMLFormElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  const sent = useRef(false);
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    form.current?.submit();
  }, []);
  useEffect(() => {
    const hear = (event: MessageEvent) => {
      // From that server and from that frame, or from nobody.
      if (event.origin !== opening.origin || event.source !== frame.current?.contentWindow) return;
      const message = said(event.data);
      if (message.MessageId === 'UI_Close' || message.MessageId === 'close') onLeave();
      else if (message.MessageId === 'File_Rename' && message.Values?.NewName) onRenamed(message.Values.NewName);
      else if (message.MessageId === 'App_LoadingStatus' && message.Values?.Status === 'Frame_Ready')
        frame.current?.contentWindow?.postMessage(JSON.stringify({ MessageId: 'Host_PostmessageReady', SendTime: Date.now(), Values: {} }), opening.origin);
    };
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  }, [opening, onLeave, onRenamed]);
  const { name, server } = opening;
  return (
    <>
      <form ref={form} action={opening.action} method="post" target={frameName} hidden>
        <input type="hidden" name="access_token" value={opening.token} />
        <input type="hidden" name="access_token_ttl" value={opening.ttl} />
      </form>
      <iframe
        ref={frame}
        name={frameName}
        className="e-office__frame"
        title={server ? t`${name} dans ${server}` : t`${name} dans l’éditeur`}
        allow="clipboard-read; clipboard-write; fullscreen"
        sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals allow-downloads"
        referrerPolicy="origin"
      />
    </>
  );
}
