import { t } from '@lingui/core/macro';
import { api } from '../api/client';
import { Problem, problemText } from '../api/problem';
import { toast } from '../ui/Toasts';
import { fileOf, office, type Opened } from './api';
import { patiently } from './busy';
import type { Editor } from './editor';
import { type Closed, Line } from './line';

const lookMs = 5_000;
/** After so long without a change by anybody one saves. */
const pauseMs = 15_000;
const againMs = 1_500;

export type Phase = 'opening' | 'open' | 'failed';

/** One document open on this page, from its opening to its last saving. What a page shows of it is read from its fields after each {@link onNews}. */
export class Session {
  phase: Phase = 'opening';
  /** Why it cannot be opened, or is not open any more. */
  failure: string | null = null;
  /** While it is being opened: the platform has no room for it yet. */
  busy = false;
  opened: Opened | null = null;
  line: Line | null = null;
  saving = false;
  private editor: Editor | null = null;
  private over = false;
  private discarding = false;
  private lastChange = Date.now();
  private lastTry = Date.now();
  private timer: ReturnType<typeof setInterval>;

  constructor(
    private readonly node: string,
    private readonly place: HTMLElement,
    private readonly toolbar: string,
    private readonly onNews: () => void,
  ) {
    this.timer = setInterval(() => void this.look(), lookMs);
    window.addEventListener('beforeunload', this.stay);
    void this.open();
  }

  private async open(): Promise<void> {
    this.is('opening');
    try {
      // Its code is as large as everything else together: only here.
      const editors = await import('./editor');
      const opened = await this.seeded(editors.stateOf);
      if (this.over) return;
      this.opened = opened;
      const options = { place: this.place, toolbar: opened.writes ? this.toolbar : undefined, opened, node: this.node, onFailed: () => this.fail(unreadable()) };
      this.place.replaceChildren();
      if (opened.sitting && opened.seeded) {
        this.line = new Line(this.node, opened.sitting, opened);
        this.line.on('news', this.onNews);
        this.line.on('closed', (why) => void this.closed(why));
        this.line.doc.on('update', () => (this.lastChange = Date.now()));
        this.line.awareness.on('change', this.onNews);
        this.editor = editors.openTogether(options, this.line);
      } else {
        this.editor = editors.openFile(options, await api.file(fileOf(this.node)));
      }
      this.is('open');
    } catch (failure) {
      this.fail(failure instanceof Problem ? problemText(failure) : failure instanceof TypeError ? problemText(failure) : unreadable());
    }
  }

  /** Opened, with a first state in it: made here, unless somebody else is at it. */
  private async seeded(stateOf: (file: Blob, name: string) => Promise<Uint8Array>): Promise<Opened> {
    for (;;) {
      const opened = await office.open(this.node);
      const { sitting } = opened;
      if (this.over || !sitting || opened.seeded || !opened.writes) return opened;
      let lease: string;
      try {
        ({ lease } = await office.leaseToSeed(this.node, sitting));
      } catch (failure) {
        if (!(failure instanceof Problem) || (failure.code !== 'office.seeding' && failure.code !== 'office.ended')) throw failure;
        await new Promise((resolve) => setTimeout(resolve, againMs));
        continue;
      }
      try {
        const state = await stateOf(await api.file(fileOf(this.node)), opened.name);
        await patiently(
          () => office.seed(this.node, sitting, lease, state),
          (time) => {
            this.busy = time !== null;
            this.onNews();
          },
        );
      } catch (failure) {
        if (failure instanceof Problem && (failure.code === 'office.changed' || failure.code === 'office.seeding')) continue;
        await office.giveUpSeeding(this.node, sitting, lease).catch(() => undefined);
        throw failure;
      }
    }
  }

  private is(phase: Phase): void {
    this.phase = phase;
    this.onNews();
  }

  private fail(why: string): void {
    if (this.over || this.phase === 'failed') return;
    this.shut();
    this.failure = why;
    this.is('failed');
  }

  private shut(): void {
    this.line?.stop();
    this.editor?.close();
    document.querySelector(this.toolbar)?.replaceChildren();
    this.line = null;
    this.editor = null;
  }

  private async closed(why: Closed): Promise<void> {
    if (this.over || this.discarding) return;
    const lost = this.line?.unkept === true;
    if (lost && this.editor && (why === 'no-right' || why === 'signed-out' || why === 'crowded')) await this.keepHere();
    switch (why) {
      case 'no-right':
        this.fail(t`Ce document n’est plus partagé avec vous à ce titre. Ce que vous aviez écrit jusque-là est gardé.`);
        return;
      case 'crowded':
        this.fail(t`Trop de personnes ou de fenêtres sont déjà dans ce document : fermez-en, puis rouvrez-le.`);
        return;
      case 'too-large':
        this.fail(t`Ce que vous avez ajouté est trop volumineux (une image, sans doute). Rouvrez le document : tout y est, sauf cet ajout.`);
        return;
      case 'broken':
      case 'too-often':
        this.fail(t`La connexion au document a été refusée. Rouvrez le document : ce qui était gardé y est.`);
        return;
      case 'signed-out':
        // Asking anything leads to signing in, or to the capacity to choose.
        await office.open(this.node).catch(() => undefined);
        this.fail(t`Votre session est terminée, ou vous agissez à un autre titre : rouvrez le document.`);
        return;
      default:
        if (lost && this.editor) await this.keepHere();
        else toast(why === 'other-right' ? t`Votre droit sur ce document a changé.` : t`Ce document a été remplacé par un autre moyen : voici sa dernière version.`);
        this.shut();
        await this.open();
    }
  }

  /** Something typed here that the platform does not take any more: onto the person's own disk. */
  private async keepHere(): Promise<void> {
    await this.download();
    toast(t`Ce que vous veniez d’écrire n’a pas pu être gardé dans ce document : il a été téléchargé sur votre poste.`, { tone: 'bad' });
  }

  async download(): Promise<void> {
    if (!this.editor || !this.opened) return;
    const url = URL.createObjectURL(await this.editor.document());
    const link = document.createElement('a');
    link.href = url;
    link.download = this.opened.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  /** Makes a version of the file. @param asked by the person, and not by the clock @param over a content that the file was given elsewhere */
  async save(asked: boolean, over: string | null = null): Promise<boolean> {
    const { line, editor, opened } = this;
    if (!line || !editor || !opened?.sitting || !opened.writes || this.saving) return false;
    this.saving = true;
    this.lastTry = Date.now();
    this.onNews();
    let lease: string | null = null;
    const { sitting } = opened;
    try {
      if (!(await line.settled())) throw new Error(t`La plateforme ne peut pas être jointe : ce que vous écrivez est gardé ici, et sera enregistré ensuite.`);
      const given = await office.leaseToSave(this.node, sitting, asked || over !== null);
      lease = given.lease;
      // What others wrote just before is on its way.
      for (let n = 0; n < 100 && line.at < given.seq; n++) await new Promise((resolve) => setTimeout(resolve, 50));
      await line.settled();
      const covers = line.at;
      const document = await editor.document();
      const { lengthy } = await office.save(this.node, sitting, lease, covers, over, document);
      if (lengthy) await this.shorten(line, sitting, lease, covers);
      if (asked) toast(t`Le document est enregistré : une nouvelle version du fichier le contient.`);
      return true;
    } catch (failure) {
      if (lease) await office.giveUpSaving(this.node, sitting, lease).catch(() => undefined);
      const code = failure instanceof Problem ? failure.code : '';
      if (code === 'office.saved' && asked) toast(t`Tout est déjà enregistré.`);
      else if (asked || !['office.saved', 'office.saving', 'office.stale', 'office.ended'].includes(code ?? '')) toast(failure instanceof Problem ? problemText(failure) : String((failure as Error).message), { tone: 'bad' });
      return code === 'office.saved';
    } finally {
      this.saving = false;
      this.onNews();
    }
  }

  /** One state in place of the many entries of a long sitting; it is none the worse for not being done. */
  private async shorten(line: Line, sitting: string, lease: string, covers: number): Promise<void> {
    const { encodeStateAsUpdate } = await import('yjs');
    await office.state(this.node, sitting, lease, covers, encodeStateAsUpdate(line.doc)).catch(() => undefined);
  }

  /** Gives up what was written and never saved, for everybody: the document begins anew from the file. */
  async discard(): Promise<void> {
    const sitting = this.opened?.sitting;
    if (!sitting) return;
    this.discarding = true;
    try {
      await office.discard(this.node, sitting);
      this.shut();
      this.failure = null;
      await this.open();
    } finally {
      this.discarding = false;
    }
  }

  /** What is here beside the file, which stays as it was made elsewhere. */
  async copy(): Promise<{ node: string; name: string } | null> {
    const { line, editor, opened } = this;
    if (!line || !editor || !opened?.sitting) return null;
    this.saving = true;
    this.onNews();
    try {
      await line.settled();
      return await office.copy(this.node, opened.sitting, line.at, await editor.document());
    } catch (failure) {
      toast(problemText(failure), { tone: 'bad' });
      return null;
    } finally {
      this.saving = false;
      this.onNews();
    }
  }

  /** Every few seconds: a reader looks whether somebody has begun to write; a writer whether it is time to save. */
  private async look(): Promise<void> {
    const { line, opened } = this;
    if (this.phase !== 'open' || !opened) return;
    if (!line) {
      const now = await office.open(this.node).catch(() => null);
      if (now?.seeded && !this.over) {
        this.shut();
        await this.open();
      }
      return;
    }
    const sinceSaved = Date.now() - Math.max(this.lastTry, line.savedAt ? Date.parse(line.savedAt) : 0);
    const due = sinceSaved > opened.saveEverySeconds * 1000;
    const paused = Date.now() - this.lastChange > pauseMs + Math.random() * lookMs;
    if (opened.writes && line.connected && line.unsaved && !line.changed && due && (paused || sinceSaved > 2 * opened.saveEverySeconds * 1000)) await this.save(false);
  }

  private readonly stay = (event: BeforeUnloadEvent): void => {
    if (this.line?.unkept) event.preventDefault();
  };

  /** Whoever leaves last saves. */
  async leave(): Promise<void> {
    if (this.over) return;
    clearInterval(this.timer);
    window.removeEventListener('beforeunload', this.stay);
    const { line, opened } = this;
    if (line && opened?.writes && line.connected && line.unsaved && !line.changed && line.others().length === 0) await this.save(true);
    this.over = true;
    this.shut();
  }
}

function unreadable(): string {
  return t`Ce document ne se laisse pas ouvrir ici : il est abîmé, protégé par un mot de passe, ou d’une forme que l’éditeur ne connaît pas. Téléchargez-le pour l’ouvrir avec un autre logiciel.`;
}
