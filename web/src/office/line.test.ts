import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import type { Opened } from './api';
import { Line } from './line';

/** The other end of a line, by hand. */
class Far {
  static readonly OPEN = 1;
  static all: Far[] = [];
  readyState = 0;
  sent: Uint8Array[] = [];
  onopen?: () => void;
  onmessage?: (event: { data: string | ArrayBuffer }) => void;
  onclose?: (event: { code: number }) => void;
  constructor(readonly url: string) {
    Far.all.push(this);
  }
  send(message: Uint8Array) {
    this.sent.push(message);
  }
  opens() {
    this.readyState = 1;
    this.onopen?.();
  }
  closes(code: number) {
    this.readyState = 3;
    this.onclose?.({ code });
  }
  close() {
    this.readyState = 3;
  }
  says(control: object) {
    this.onmessage?.({ data: JSON.stringify(control) });
  }
  updates() {
    return this.sent.filter((message) => message[0] === 0 && message[1] === 2);
  }
}

const opened: Opened = { sitting: 's', name: 'Note.docx', writes: true, manages: false, seeded: true, unsaved: false, changed: null, largest: 1e6, largestMessage: 5000, saveEverySeconds: 300, me: 'Anne', color: '#123456' };

const far = () => {
  const last = Far.all.at(-1);
  if (!last) throw new Error('No line');
  return last;
};

beforeEach(() => {
  Far.all = [];
  vi.stubGlobal('WebSocket', Far);
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('what is typed goes as one after a moment, and is sent again until it is known to be durable', () => {
  const line = new Line('n', 's', opened);
  far().opens();
  line.doc.getText('t').insert(0, 'a');
  line.doc.getText('t').insert(1, 'b');
  expect(line.unkept).toBe(true);
  vi.advanceTimersByTime(100);
  expect(far().updates()).toHaveLength(1);

  far().closes(1006);
  vi.advanceTimersByTime(2000);
  expect(far().url).toContain('since=0');
  far().opens();
  expect(far().updates()).toHaveLength(1);
  far().says({ t: 'at', seq: 4, ack: 1 });
  expect(line.unkept).toBe(false);
  expect(line.unsaved).toBe(true);

  far().closes(1006);
  vi.advanceTimersByTime(2000);
  far().opens();
  expect(far().url).toContain('since=4');
  expect(far().updates()).toHaveLength(0);
  far().says({ t: 'state', saved: 4, at: '', saves: 1 });
  expect(line.unsaved).toBe(false);
  line.stop();
});

test('what others write is not sent back, and what a reader does is not sent', () => {
  const other = new Y.Doc();
  other.getText('t').insert(0, 'Bonjour');
  const update = Y.encodeStateAsUpdate(other);
  const line = new Line('n', 's', { ...opened, writes: false });
  far().opens();
  far().onmessage?.({ data: new Uint8Array([0, 2, update.length, ...update]).buffer });
  expect(line.doc.getText('t').toString()).toBe('Bonjour');
  line.doc.getText('t').insert(0, 'x');
  vi.advanceTimersByTime(500);
  expect(far().updates()).toHaveLength(0);
  expect(line.unkept).toBe(false);
  line.stop();
});

test('a line that the platform closed for a reason is not opened again', () => {
  const line = new Line('n', 's', opened);
  const why = vi.fn();
  line.on('closed', why);
  far().opens();
  far().closes(4403);
  vi.advanceTimersByTime(60_000);
  expect(why).toHaveBeenCalledWith('no-right');
  expect(Far.all).toHaveLength(1);
  line.stop();
});

const answers = (status: number, body: object) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(() => Promise.resolve(new Response(JSON.stringify(body), { status }))),
  );

test.each([
  [401, { code: 'unauthenticated' }, 'signed-out'],
  [409, { code: 'capacity.ended' }, 'signed-out'],
  [403, { code: 'forbidden' }, 'no-right'],
  [404, { code: 'file.unknown' }, 'no-right'],
  [200, { ...opened, sitting: 'another' }, 'ended'],
  [200, { ...opened, sitting: null }, 'ended'],
  [200, { ...opened, writes: false }, 'other-right'],
])('a line that cannot be opened any more since the platform answers %i %o ends with what is not kept', async (status, body, why) => {
  answers(status, body);
  const line = new Line('n', 's', opened);
  const closed = vi.fn();
  line.on('closed', closed);
  far().opens();
  line.doc.getText('t').insert(0, 'a');
  far().closes(1006);
  await vi.advanceTimersByTimeAsync(2000);
  expect(fetch).not.toHaveBeenCalled();

  far().closes(1006);
  await vi.advanceTimersByTimeAsync(60_000);

  expect(closed).toHaveBeenCalledExactlyOnceWith(why);
  expect(line.unkept).toBe(true);
  expect(Far.all).toHaveLength(2);
  line.stop();
});

test('a line that cannot be opened for the moment is tried again, and what was typed is sent then', async () => {
  const line = new Line('n', 's', opened);
  const closed = vi.fn();
  line.on('closed', closed);
  far().opens();
  line.doc.getText('t').insert(0, 'a');
  far().closes(1006);
  for (const away of [() => answers(503, {}), () => vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new TypeError('away')))), () => answers(200, opened)]) {
    away();
    const before = Far.all.length;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(Far.all).toHaveLength(before + 1);
    far().closes(1006);
    await vi.advanceTimersByTimeAsync(0);
  }
  await vi.advanceTimersByTimeAsync(30_000);
  far().opens();
  expect(far().updates()).toHaveLength(1);
  expect(closed).not.toHaveBeenCalled();
  line.stop();
});

test('a document that is too full is tried for a while', () => {
  const line = new Line('n', 's', opened);
  const closed = vi.fn();
  line.on('closed', closed);
  for (let n = 0; n < 3; n++) {
    far().opens();
    far().closes(4430);
    const before = Far.all.length;
    vi.advanceTimersByTime(20_000);
    expect(Far.all).toHaveLength(before + 1);
  }
  expect(closed).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  far().opens();
  far().closes(4430);
  expect(closed).toHaveBeenCalledExactlyOnceWith('crowded');
  line.stop();
});

test('an addition that is larger than a message may be is not sent', () => {
  const line = new Line('n', 's', opened);
  const why = vi.fn();
  line.on('closed', why);
  far().opens();
  line.doc.getText('t').insert(0, 'x'.repeat(6000));
  vi.advanceTimersByTime(100);
  expect(why).toHaveBeenCalledWith('too-large');
  expect(far().updates()).toHaveLength(0);
  line.stop();
});
