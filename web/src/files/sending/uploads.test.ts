import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { learn, speak } from '../../i18n';
import { ofPicker } from './brought';
import { answer, bring, forgetUploads, giveUp, goOn, uploads } from './uploads';

interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
}

/** Answers as the platform does: folders are made once, and names that are there are asked about. */
function platform(taken: Set<string>, fails: { line?: number } = {}): Asked[] {
  const asked: Asked[] = [];
  let made = 0;
  vi.stubGlobal('fetch', (address: string, init: RequestInit = {}) => {
    const url = new URL(address, 'http://entente.test');
    asked.push({ method: init.method ?? 'GET', path: url.pathname, query: url.searchParams });
    if (url.pathname.endsWith('/folders')) return Promise.resolve(Response.json({ id: `folder-${(made += 1)}` }, { status: 201 }));
    if (fails.line) {
      fails.line -= 1;
      return Promise.reject(new TypeError('network'));
    }
    const name = url.searchParams.get('name') ?? '';
    const conflict = url.searchParams.get('conflict');
    if (taken.has(name) && conflict === 'refuse') return Promise.resolve(Response.json({ code: 'file.exists', existing: { id: 'x', name, folder: false, size: 1, modifiedAt: '2026-01-01T00:00:00Z' } }, { status: 409 }));
    return Promise.resolve(Response.json({ id: name }, { status: 201 }));
  });
  return asked;
}

const file = (name: string) => new File(['abc'], name, { type: 'text/plain', lastModified: 1_700_000_000_000 });
const brought = (name: string, ...path: string[]) => ({ file: file(name), path });
const states = () => uploads().map((one) => one.state);
const settled = () => vi.waitFor(() => expect(states().some((state) => state === 'waiting' || state === 'sending')).toBe(false));
const puts = (asked: Asked[]) => asked.filter((one) => one.method === 'PUT');

beforeEach(async () => {
  await speak('fr');
  await learn('files');
});
afterEach(() => {
  forgetUploads();
  vi.unstubAllGlobals();
});

test('each folder of a tree is made once, before what lies in it', async () => {
  const asked = platform(new Set());
  bring('home', [brought('a', 'Photos', 'Été'), brought('b', 'Photos', 'Été'), brought('c', 'Photos'), brought('d')]);
  await settled();
  expect(states()).toEqual(['done', 'done', 'done', 'done']);
  expect(asked.filter((one) => one.path.endsWith('/folders')).map((one) => one.path)).toEqual(['/api/files/nodes/home/folders', '/api/files/nodes/folder-1/folders']);
  expect(puts(asked).find((one) => one.query.get('name') === 'a')?.path).toBe('/api/files/nodes/folder-2/files');
  expect(puts(asked).find((one) => one.query.get('name') === 'd')?.path).toBe('/api/files/nodes/home/files');
});

test('a name that is taken is asked about, and the answer sent', async () => {
  const asked = platform(new Set(['a']));
  bring('home', [brought('a')]);
  await settled();
  expect(states()).toEqual(['asking']);
  answer(uploads()[0]?.id ?? 0, 'replace', false);
  await settled();
  expect(states()).toEqual(['done']);
  expect(puts(asked).map((one) => one.query.get('conflict'))).toEqual(['refuse', 'replace']);
});

test('an answer for all is given to those that follow, and forgotten when all are through', async () => {
  platform(new Set(['a', 'b', 'c', 'd', 'e']));
  bring('home', ['a', 'b', 'c', 'd', 'e'].map((name) => brought(name)));
  await settled();
  answer(uploads()[0]?.id ?? 0, 'skip', true);
  await settled();
  expect(states()).toEqual(['skipped', 'skipped', 'skipped', 'skipped', 'skipped']);
  bring('home', [brought('a')]);
  await settled();
  expect(states().at(-1)).toBe('asking');
});

test('what a broken line stopped goes on by itself once the line is back', async () => {
  platform(new Set(), { line: 1 });
  bring('home', [brought('a')]);
  await settled();
  expect(states()).toEqual(['failed']);
  window.dispatchEvent(new Event('online'));
  await settled();
  expect(states()).toEqual(['done']);
});

test('what failed is tried again when asked to, and what is given up is gone', async () => {
  platform(new Set(), { line: 2 });
  bring('home', [brought('a'), brought('b')]);
  await settled();
  const [first, second] = uploads();
  goOn(first?.id ?? 0);
  giveUp(second?.id ?? 0);
  await settled();
  expect(uploads().map((one) => [one.name, one.state])).toEqual([['a', 'done']]);
});

test('a folder that was chosen brings its tree, without what machines leave in it', () => {
  const within = (path: string) => Object.defineProperty(file(path.split('/').at(-1) ?? ''), 'webkitRelativePath', { value: path });
  expect(ofPicker([within('Photos/Été/a.jpg'), within('Photos/.DS_Store'), within('Photos/Thumbs.db')]).map((one) => [one.file.name, one.path])).toEqual([['a.jpg', ['Photos', 'Été']]]);
});
