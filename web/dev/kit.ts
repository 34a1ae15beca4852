import type { Page } from '../src/api/types.ts';
import { freshDemo } from './data.ts';

/** What the handlers of the mock API share. */
export interface Call {
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  /** As it came, for files. */
  raw: Buffer;
  headers: Record<string, string | string[] | undefined>;
  state: State;
  /** The page asks to see how it looks with nothing in it. */
  empty: boolean;
}

export interface Answer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Handler {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As in docs/developers/api.md: `/api/members/{member}/people` */
  path: string;
  answer: (call: Call) => Answer | Promise<Answer>;
}

export type State = ReturnType<typeof freshState>;

/** What the mock remembers between calls; `/api/mock/reset` begins anew. */
export function freshState() {
  return {
    language: 'fr' as 'fr' | 'en',
    density: 'comfortable' as 'comfortable' | 'compact',
    as: 'nadia',
    acting: null as string | null,
    noticesRead: false,
    limited: false,
    demo: freshDemo(),
    /** For whatever a room's handlers need to remember. */
    rooms: {} as Record<string, unknown>,
  };
}

export const get = (path: string, answer: Handler['answer']): Handler => ({ method: 'GET', path, answer });
export const on = (method: Handler['method'], path: string, answer: Handler['answer']): Handler => ({ method, path, answer });
export const ok = (body?: unknown): Answer => ({ body });

export function problem(status: number, code: string, detail: string, fields?: Record<string, string>): Answer {
  return { status, body: { type: 'about:blank', status, code, detail, fields } };
}

/** `?q=&offset=&limit=` of a list. */
export function paged<T>(call: Call, items: readonly T[], text: (item: T) => string): Answer {
  const words = fold(call.query.get('q') ?? '');
  const offset = Number(call.query.get('offset') ?? 0);
  const limit = Number(call.query.get('limit') ?? 50);
  const found = call.empty ? [] : items.filter((item) => fold(text(item)).includes(words));
  const page: Page<T> = { items: found.slice(offset, offset + limit), total: found.length, offset };
  return ok(page);
}

export function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
