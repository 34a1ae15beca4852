/** What the demo answers of the admin rooms are made of: calls, replies and a dice that always falls the same way. */
export interface Call {
  params: Record<string, string>;
  query: URLSearchParams;
  body: any;
  file?: { name: string; text: string };
}
export interface Reply {
  status: number;
  body?: unknown;
  type?: string;
  fileName?: string;
}
export type Handler = (call: Call) => Reply;
export type Handlers = Record<string, Handler>;

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const done: Reply = { status: 204 };
export const refuse = (status: number, code: string, detail: string, more: object = {}): Reply => ({
  status,
  type: 'application/problem+json',
  body: { status, code, detail, ...more },
});
export const missing = () => refuse(404, 'not-found', 'Cette page n’existe pas, ou elle n’est pas à vous.');

/** A uuid that says what it is: the same kind and number always give the same one. */
export const idOf = (kind: number, number: number): string =>
  `0199${kind.toString(16).padStart(4, '0')}-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

export function dice(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

export function page<T>(all: T[], query: URLSearchParams): { items: T[]; total: number; offset: number } {
  const offset = Number(query.get('offset') ?? 0);
  const limit = Math.min(Number(query.get('limit') ?? 50), 200);
  return { items: all.slice(offset, offset + limit), total: all.length, offset };
}

export const day = 86_400_000;
export const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
export const ahead = (ms: number): string => new Date(Date.now() + ms).toISOString();
