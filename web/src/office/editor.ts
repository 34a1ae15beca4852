import { SuperDoc } from 'superdoc';
import 'superdoc/style.css';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { docx, type Opened } from './api';
import type { Line } from './line';
import { toolbarWords } from './toolbar';
import { takeStyles } from './styles';

/** As long as an old machine takes to read a large document. */
const readMs = 90_000;
const commentsMs = 5_000;

export interface Editor {
  /** The document as it is now. */
  document: () => Promise<Blob>;
  close: () => void;
}

interface Options {
  place: HTMLElement;
  toolbar?: string;
  opened: Opened;
  node: string;
  onFailed: () => void;
}

/** What no outside place hears of: SuperDoc's own telemetry is off, and the content security policy lets nothing out. */
const quiet = { telemetry: { enabled: false } } as const;

const isNarrow = () => window.matchMedia('(max-width: 900px)').matches;

function opening({ place, toolbar, opened, node, onFailed }: Options, more: object): Editor {
  const restore = takeStyles();
  let left = false;
  const superdoc = new SuperDoc({
    ...quiet,
    selector: place,
    toolbar,
    documentMode: opened.writes ? 'editing' : 'viewing',
    role: opened.writes ? 'editor' : 'viewer',
    allowSelectionInViewMode: true,
    user: { name: opened.me, email: '', color: opened.color },
    zoom: { mode: isNarrow() ? 'fit-width' : 'manual' },
    uiDisplayFallbackFont: 'var(--font)',
    rulers: false,
    onException: () => left || onFailed(),
    onContentError: () => left || onFailed(),
    ...more,
    documents: [{ id: node, type: docx, name: opened.name, ...(more as { file?: object }).file }],
    modules: {
      comments: {},
      toolbar: toolbar ? { selector: toolbar, texts: toolbarWords(), responsiveToContainer: true } : undefined,
      ...(more as { modules?: object }).modules,
    },
  } as never);
  return {
    document: () => superdoc.export({ exportType: ['docx'], triggerDownload: false }),
    close: () => {
      left = true;
      superdoc.destroy();
      restore();
    },
  };
}

/** In a document that others may be in. */
export const openTogether = (options: Options, line: Line) => opening(options, { modules: { collaboration: { ydoc: line.doc, provider: line } } });

/** A file as it is, to be read. */
export const openFile = (options: Options, file: Blob) =>
  opening({ ...options, opened: { ...options.opened, writes: false } }, { file: { data: new File([file], options.opened.name, { type: docx }) } });

/** A provider that reaches nobody: what is written to its document stays there. */
class Nowhere {
  readonly awareness: Awareness;
  readonly synced = true;
  constructor(doc: Y.Doc) {
    this.awareness = new Awareness(doc);
  }
  on(): void {
    // nothing ever happens
  }
  off(): void {
    // nothing ever did
  }
}

/** The first state of a document, made of the file: text, pictures, styles and comments. Whoever opens it after has this one. */
export async function stateOf(file: Blob, name: string): Promise<Uint8Array> {
  const place = document.createElement('div');
  place.className = 'e-office__unseen';
  place.inert = true;
  document.body.append(place);
  const restore = takeStyles();
  const doc = new Y.Doc();
  const nowhere = new Nowhere(doc);
  let superdoc: SuperDoc | undefined;
  try {
    superdoc = await read(file, name, place);
    await commentsOf(superdoc);
    await superdoc.upgradeToCollaboration({ ydoc: doc, provider: nowhere as never });
    return Y.encodeStateAsUpdate(doc);
  } finally {
    superdoc?.destroy();
    nowhere.awareness.destroy();
    restore();
    place.remove();
  }
}

function read(file: Blob, name: string, place: HTMLElement): Promise<SuperDoc> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => failed(new Error('The document is not read in time')), readMs);
    const failed = (why: unknown) => {
      clearTimeout(late);
      made.destroy();
      reject(why instanceof Error ? why : new Error(String(why)));
    };
    const made = new SuperDoc({
      ...quiet,
      selector: place,
      document: new File([file], name, { type: docx }),
      documentMode: 'editing',
      modules: { comments: {} },
      onReady: ({ superdoc }: { superdoc: SuperDoc }) => {
        clearTimeout(late);
        resolve(superdoc);
      },
      onException: ({ error }: { error: unknown }) => failed(error),
      onContentError: ({ error }: { error: unknown }) => failed(error),
    } as never);
  });
}

/** Comments come a moment after the text. */
async function commentsOf(superdoc: SuperDoc): Promise<void> {
  const { converter } = superdoc.activeEditor as unknown as { converter?: { comments?: { commentId?: string }[] } };
  const ids = (converter?.comments ?? []).flatMap(({ commentId }) => commentId ?? []);
  const until = Date.now() + commentsMs;
  while (ids.some((id) => superdoc.getComment(id) === null) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
}
