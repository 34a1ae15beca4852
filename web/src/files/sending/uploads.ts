import { isOffline, Problem } from '../../api/problem';
import { changed, type Existing, files, type FileNode, type OnConflict } from '../api';
import type { Brought } from './brought';
import { Paused, type Transfer, transferOf } from './transfer';

export type UploadState = 'waiting' | 'sending' | 'paused' | 'asking' | 'failed' | 'done' | 'skipped';

export interface Sent {
  id: number;
  /** Where it was dropped. */
  into: string;
  /** Folders from there down to it. */
  path: readonly string[];
  name: string;
  size: number;
  sent: number;
  state: UploadState;
  /** What is there already, when asked. */
  existing: Existing | null;
  error: unknown;
  /** The line broke: it goes on by itself once it is back. */
  broken: boolean;
}

interface Job extends Sent {
  file: File;
  conflict: OnConflict;
  transfer: Transfer | null;
}

/** How many are on their way at once: more would only share one line. */
const lanes = 3;

let jobs: Job[] = [];
let shown: readonly Sent[] = [];
let last = 0;
/** What was answered for all that follow, until nothing is left to send. */
let forAll: 'replace' | 'both' | 'skip' | null = null;
const folders = new Map<string, Promise<string>>();
const listeners = new Set<() => void>();

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const uploads = (): readonly Sent[] => shown;

const open = (job: Sent) => job.state === 'waiting' || job.state === 'sending';

function tell(): void {
  shown = jobs.map(({ file: _file, conflict: _conflict, transfer: _transfer, ...sent }) => sent);
  listeners.forEach((listener) => listener());
}

function update(job: Job, more: Partial<Job>): void {
  Object.assign(job, more);
  tell();
}

/** Sends what was dropped or chosen into a folder, making the folders it lay in. */
export function bring(into: string, brought: readonly Brought[]): void {
  for (const { file, path } of brought) {
    last += 1;
    jobs.push({ id: last, into, path, name: file.name, size: file.size, sent: 0, state: 'waiting', existing: null, error: null, broken: false, file, conflict: 'refuse', transfer: null });
  }
  tell();
  next();
}

function next(): void {
  while (jobs.filter((job) => job.state === 'sending').length < lanes) {
    const job = jobs.find((one) => one.state === 'waiting');
    if (!job) break;
    update(job, { state: 'sending', error: null, broken: false });
    void run(job);
  }
  if (!jobs.some((job) => open(job) || job.state === 'asking')) {
    forAll = null;
    folders.clear();
  }
}

async function run(job: Job): Promise<void> {
  try {
    const folder = await folderOf(job.into, job.path);
    job.transfer ??= transferOf(job.file, job.name, folder, (sent) => update(job, { sent }));
    await job.transfer.send(job.conflict);
    update(job, { state: 'done', sent: job.size, existing: null });
    soon();
  } catch (failure) {
    met(job, failure);
  }
  next();
}

function met(job: Job, failure: unknown): void {
  if (job.state !== 'sending' || failure instanceof Paused) return;
  if (failure instanceof Problem && failure.code === 'file.exists') {
    const existing = (failure.body['existing'] as Existing | undefined) ?? null;
    if (forAll === 'skip') return update(job, { state: 'skipped' });
    // A folder is never replaced by a file.
    if (forAll && !(forAll === 'replace' && existing?.folder)) return update(job, { state: 'waiting', conflict: forAll });
    return update(job, { state: 'asking', existing });
  }
  // What the platform has forgotten begins anew.
  if (failure instanceof Problem && failure.code === 'file.upload-unknown') job.transfer = null;
  update(job, { state: 'failed', error: failure, broken: isOffline(failure) });
}

/** Each folder is made once, whatever number of files lie in it. */
function folderOf(into: string, path: readonly string[]): Promise<string> {
  if (path.length === 0) return Promise.resolve(into);
  const key = [into, ...path].join('/');
  const known = folders.get(key);
  if (known) return known;
  const making = folderOf(into, path.slice(0, -1)).then(async (parent) => {
    const made: FileNode = await files.makeFolder(parent, path.at(-1) ?? '', true);
    soon();
    return made.id;
  });
  // One that failed is tried again by the next file.
  making.catch(() => folders.delete(key));
  folders.set(key, making);
  return making;
}

let telling: ReturnType<typeof setTimeout> | null = null;

/** What is on the page is asked for anew, not for every file of a thousand. */
function soon(): void {
  telling ??= setTimeout(() => {
    telling = null;
    void changed();
  }, 400);
}

const find = (id: number) => jobs.find((job) => job.id === id);

export function pause(id: number): void {
  const job = find(id);
  if (!job || !open(job)) return;
  const { transfer } = job;
  update(job, { state: 'paused' });
  transfer?.pause();
  next();
}

export function goOn(id: number): void {
  const job = find(id);
  if (!job || (job.state !== 'paused' && job.state !== 'failed')) return;
  update(job, { state: 'waiting' });
  next();
}

export function giveUp(id: number): void {
  const job = find(id);
  if (!job) return;
  job.state = 'skipped';
  job.transfer?.giveUp();
  jobs = jobs.filter((one) => one !== job);
  tell();
  next();
}

export function answer(id: number, how: 'replace' | 'both' | 'skip', all: boolean): void {
  if (all) forAll = how;
  for (const job of all ? jobs.filter((one) => one.state === 'asking') : [find(id)]) {
    if (!job || job.state !== 'asking') continue;
    if (how === 'skip') {
      job.transfer?.giveUp();
      job.state = 'skipped';
    } else if (how === 'both' || !job.existing?.folder) {
      job.conflict = how;
      job.state = 'waiting';
    }
  }
  tell();
  next();
}

/** Takes what is over from the list. */
export function clearDone(): void {
  jobs = jobs.filter((job) => job.state !== 'done' && job.state !== 'skipped');
  tell();
}

if (typeof window !== 'undefined') {
  window.addEventListener('online', () => {
    for (const job of jobs) if (job.state === 'failed' && job.broken) goOn(job.id);
  });
  // Leaving now would stop what is on its way.
  window.addEventListener('beforeunload', (event) => {
    if (jobs.some(open)) event.preventDefault();
  });
}

/** For tests. */
export function forgetUploads(): void {
  jobs = [];
  forAll = null;
  folders.clear();
  tell();
}
