import { Trans, useLingui } from '@lingui/react/macro';
import { ChevronLeft, ChevronRight, Download } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Loaded } from '../ui/Loaded';
import { Message } from '../ui/Message';
import { Skeleton } from '../ui/Skeleton';
import { download } from './acts';
import { marks } from './about';
import { contentOf, type FileNode } from './api';
import { previewOf } from './kinds';
import { isWithheld } from './ScanMark';
import './preview.css';

const PdfPages = lazy(() => import('./PdfPages').then((part) => ({ default: part.PdfPages })));
const OfficePages = lazy(() => import('./OfficePages').then((part) => ({ default: part.OfficePages })));

/** Beyond, a text is too long to be read here. */
const textMost = 1_000_000;

export interface PreviewDialogProps {
  node: FileNode;
  /** What lies beside it, to go on to. */
  among: readonly FileNode[];
  onClose: () => void;
}

export function PreviewDialog({ node: first, among, onClose }: PreviewDialogProps) {
  const { t } = useLingui();
  const [node, setNode] = useState(first);
  useEffect(() => marks.opened(node.id), [node.id]);
  const shown = among.filter((one) => previewOf(one) !== null && !isWithheld(one));
  const index = shown.findIndex((one) => one.id === node.id);
  const before = shown[index - 1];
  const after = index >= 0 ? shown[index + 1] : undefined;
  return (
    <Dialog
      title={node.name}
      isOpen
      wide
      onClose={onClose}
      foot={
        <>
          <div className="e-preview__turn">
            <Button icon={ChevronLeft} isDisabled={!before} onPress={() => before && setNode(before)}>{t`Précédent`}</Button>
            <Button icon={ChevronRight} isDisabled={!after} onPress={() => after && setNode(after)}>{t`Suivant`}</Button>
          </div>
          <Button variant="primary" icon={Download} onPress={() => download([node])}>{t`Télécharger`}</Button>
        </>
      }
    >
      <div className="e-preview" key={node.id}>
        <Content node={node} />
      </div>
    </Dialog>
  );
}

function Content({ node }: { node: FileNode }) {
  const { t } = useLingui();
  const [failed, setFailed] = useState(false);
  const source = contentOf(node.id, true);
  const kind = previewOf(node);
  if (failed) {
    return (
      <Message tone="warn">
        <Trans>Ce fichier ne se laisse pas montrer ici. Téléchargez-le pour l’ouvrir.</Trans>
      </Message>
    );
  }
  switch (kind) {
    case 'image':
      return <img src={source} alt={node.name} onError={() => setFailed(true)} />;
    case 'video':
      // Somebody's own file: subtitles are in it or nowhere.
      return <video src={source} controls aria-label={node.name} onError={() => setFailed(true)} />;
    case 'audio':
      return <audio src={source} controls aria-label={node.name} onError={() => setFailed(true)} />;
    case 'pdf':
      return (
        <Suspense fallback={<Skeleton lines={6} />}>
          <PdfPages source={source} name={node.name} onFailed={() => setFailed(true)} />
        </Suspense>
      );
    case 'office':
      return (
        <Suspense fallback={<Skeleton lines={6} />}>
          <OfficePages node={node} onFailed={() => setFailed(true)} />
        </Suspense>
      );
    case 'text':
      return node.size > textMost ? (
        <Message tone="info">{t`Ce texte est trop long pour être montré ici. Téléchargez-le pour l’ouvrir.`}</Message>
      ) : (
        <TextContent node={node} />
      );
    default:
      return null;
  }
}

function TextContent({ node }: { node: FileNode }) {
  const { t } = useLingui();
  const query = useQuery({
    queryKey: [contentOf(node.id, true), node.etag],
    queryFn: async () => decoded(await (await api.file(contentOf(node.id, true))).arrayBuffer()),
  });
  return (
    <Loaded query={query} skeleton={<Skeleton lines={6} />}>
      {(text) => (
        <pre className="e-preview__text" tabIndex={0} aria-label={t`Texte de ${node.name}`}>
          {text}
        </pre>
      )}
    </Loaded>
  );
}

/** UTF-8, or what Windows wrote for thirty years. */
export function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
