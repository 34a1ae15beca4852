import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { ObservableV2 } from 'lib0/observable';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { Problem } from '../api/problem';
import { lineOf, office, type Opened } from './api';

/** What is typed within this time goes as one. */
const gatherMs = 80;
const firstWaitMs = 500;
const longestWaitMs = 15_000;
const settleMs = 20_000;
/** Lines that died are counted for half a minute: only after longer there really are too many. */
const crowdedMs = 90_000;

/** Why the platform closed a line, in its numbers. */
export type Closed = 'signed-out' | 'no-right' | 'other-right' | 'ended' | 'replaced' | 'too-large' | 'broken' | 'too-often' | 'crowded';

const reasons: Record<number, Closed> = { 4401: 'signed-out', 4403: 'no-right', 4409: 'other-right', 4410: 'ended', 4411: 'replaced', 4413: 'too-large', 4422: 'broken', 4429: 'too-often', 4430: 'crowded' };

/** What the platform says beside what others write. */
type Control =
  | { t: 'at'; seq: number; ack: number }
  | { t: 'state'; saved: number; at: string; saves: number }
  | { t: 'changed'; content: string };

type Events = {
  /** Everything that was written before is here. */
  sync: (synced: boolean) => void;
  synced: () => void;
  /** Whether one is connected, whether something waits to be kept, what is saved: see the fields. */
  news: () => void;
  closed: (why: Closed) => void;
};

/**
 * The line to the platform. What is typed here is kept until the platform has said that it is durable, and sent again after an interruption; what others type
 * is read on from where one was.
 */
export class Line extends ObservableV2<Events> {
  readonly doc = new Y.Doc();
  readonly awareness = new Awareness(this.doc);
  /** As SuperDoc asks. */
  synced = false;
  connected = false;
  /** The last entry that is here, and the last that the file holds. */
  at = 0;
  saved = 0;
  savedAt: string | null = null;
  /** The content that the file was given elsewhere. */
  changed: string | null;
  private socket: WebSocket | null = null;
  private gathered: Uint8Array[] = [];
  private gathering: ReturnType<typeof setTimeout> | undefined;
  private waiting: Uint8Array[] = [];
  private wait = firstWaitMs;
  private again: ReturnType<typeof setTimeout> | undefined;
  private over = false;
  private crowdedSince: number | null = null;

  constructor(
    private readonly node: string,
    private readonly sitting: string,
    private readonly opened: Opened,
  ) {
    super();
    this.changed = opened.changed;
    this.doc.on('update', this.typed);
    this.awareness.on('update', this.moved);
    this.awareness.setLocalStateField('user', { name: opened.me, color: opened.color });
    this.connect();
  }

  /** Whether something that was typed here is not known to be durable. */
  get unkept(): boolean {
    return this.gathered.length + this.waiting.length > 0;
  }

  /** Whether something is here that the file does not hold. */
  get unsaved(): boolean {
    return this.unkept || this.at > this.saved;
  }

  private connect(): void {
    const socket = new WebSocket(lineOf(this.node, this.sitting, this.at));
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    let reached = false;
    socket.onopen = () => {
      reached = true;
      this.connected = true;
      this.waiting.forEach((update) => this.send(update));
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint8Array(encoder, Y.encodeStateVector(this.doc));
      socket.send(encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>);
      this.tellWhere();
      this.emit('news', []);
    };
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => (typeof data === 'string' ? this.told(JSON.parse(data) as Control) : this.heard(new Uint8Array(data)));
    socket.onclose = ({ code }) => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.connected = false;
      removeAwarenessStates(this.awareness, [...this.awareness.getStates().keys()].filter((client) => client !== this.doc.clientID), this);
      const why = reasons[code];
      if (why && !this.mayEmpty(why)) this.end(why);
      else if (reached) this.later();
      else void this.asked();
      this.emit('news', []);
    };
  }

  private end(why: Closed): void {
    if (this.over) return;
    this.over = true;
    this.emit('closed', [why]);
  }

  private later(): void {
    if (this.over) return;
    this.again = setTimeout(() => this.connect(), this.wait * (0.5 + Math.random()));
    this.wait = Math.min(this.wait * 2, longestWaitMs);
  }

  /** Whether it may well be that others leave soon. */
  private mayEmpty(why: Closed): boolean {
    if (why !== 'crowded') return false;
    this.crowdedSince ??= Date.now();
    return Date.now() - this.crowdedSince < crowdedMs;
  }

  /** A line that was never opened: why it was refused, a browser does not say; the platform does, when it is asked otherwise. */
  private async asked(): Promise<void> {
    let why: Closed | null = null;
    try {
      const now = await office.look(this.node);
      if (now.sitting !== this.sitting) why = 'ended';
      else if (now.writes !== this.opened.writes) why = 'other-right';
    } catch (failure) {
      if (failure instanceof Problem) why = failure.status === 401 || failure.code === 'capacity.ended' ? 'signed-out' : failure.status === 403 || failure.status === 404 ? 'no-right' : null;
    }
    if (why) this.end(why);
    else this.later();
    this.emit('news', []);
  }

  private heard(message: Uint8Array): void {
    const decoder = decoding.createDecoder(message);
    if (decoding.readVarUint(decoder) === 1) {
      applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(decoder), this);
      return;
    }
    const all = decoding.readVarUint(decoder) === 1;
    Y.applyUpdate(this.doc, decoding.readVarUint8Array(decoder), this);
    if (all && !this.synced) {
      this.synced = true;
      this.emit('sync', [true]);
      this.emit('synced', []);
    }
  }

  private told(control: Control): void {
    switch (control.t) {
      case 'at':
        this.at = control.seq;
        this.waiting.splice(0, control.ack);
        break;
      case 'state':
        this.wait = firstWaitMs;
        this.crowdedSince = null;
        this.saved = control.saved;
        this.savedAt = control.at || null;
        this.changed = null;
        break;
      case 'changed':
        this.changed = control.content;
    }
    this.emit('news', []);
  }

  private readonly typed = (update: Uint8Array, origin: unknown): void => {
    if (origin === this || !this.opened.writes) return;
    this.gathered.push(update);
    this.gathering ??= setTimeout(this.flush, gatherMs);
    if (this.gathered.length === 1) this.emit('news', []);
  };

  private readonly flush = (): void => {
    clearTimeout(this.gathering);
    this.gathering = undefined;
    if (!this.gathered.length) return;
    const update = Y.mergeUpdates(this.gathered);
    this.gathered = [];
    if (update.length + 16 > this.opened.largestMessage) {
      this.stop();
      this.emit('closed', ['too-large']);
      return;
    }
    this.waiting.push(update);
    this.send(update);
  };

  private send(update: Uint8Array): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, 2);
    encoding.writeVarUint8Array(encoder, update);
    this.socket.send(encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>);
  }

  private readonly moved = (changes: { added: number[]; updated: number[]; removed: number[] }, origin: unknown): void => {
    const all = [...changes.added, ...changes.updated, ...changes.removed];
    if (origin !== this && all.includes(this.doc.clientID)) this.tellWhere();
  };

  /** Where one is oneself; of others the platform knows. */
  private tellWhere(): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(this.awareness, [this.doc.clientID]));
    this.socket.send(encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>);
  }

  /** Once all that was typed here is durable; false when that takes too long. */
  async settled(): Promise<boolean> {
    this.flush();
    const until = Date.now() + settleMs;
    while (this.unkept && Date.now() < until && !this.over) await new Promise((resolve) => setTimeout(resolve, 50));
    return !this.unkept;
  }

  /** Of names of those who are here, each once; oneself apart. */
  others(): { name: string; color: string }[] {
    const found = new Map<string, { name: string; color: string }>();
    this.awareness.getStates().forEach((state, client) => {
      const user = state.user as { name?: string; color?: string } | undefined;
      if (client !== this.doc.clientID && user?.name) found.set(user.name, { name: user.name, color: user.color ?? '' });
    });
    return [...found.values()];
  }

  /** Ends it, for good. */
  stop(): void {
    this.flush();
    this.over = true;
    clearTimeout(this.again);
    clearTimeout(this.gathering);
    this.doc.off('update', this.typed);
    this.awareness.off('update', this.moved);
    this.awareness.destroy();
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    this.connected = false;
  }
}
