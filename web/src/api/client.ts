import { Problem, Unreachable } from './problem';

type Handler = () => void;

let onSignedOut: Handler = () => {
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?to=${encodeURIComponent(here)}`);
};
let onNoCapacity: Handler = () => window.location.assign('/no-capacity');
let onCapacityEnded: Handler = () => undefined;

/** What the shell does when the session is over, with or without a capacity left, or when the capacity one acts in has ended meanwhile. */
export function setApiHandlers(handlers: { signedOut?: Handler; noCapacity?: Handler; capacityEnded?: Handler }): void {
  onSignedOut = handlers.signedOut ?? onSignedOut;
  onNoCapacity = handlers.noCapacity ?? onNoCapacity;
  onCapacityEnded = handlers.capacityEnded ?? onCapacityEnded;
}

/** What every change carries against forged requests. */
export function csrf(): string | undefined {
  const cookie = document.cookie.split('; ').find((one) => one.startsWith('XSRF-TOKEN='));
  return cookie && decodeURIComponent(cookie.slice('XSRF-TOKEN='.length));
}

/** After this long without a hand on it a page asks by itself: that must not keep the session alive for ever. */
const AWAY_MS = 60_000;
let touched = Date.now();
for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart']) window.addEventListener(kind, () => (touched = Date.now()), { capture: true, passive: true });

async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => ({}));
  return new Problem({ ...(body as object), status: response.status });
}

export interface CallOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  signal?: AbortSignal;
  /** Public pages handle 401 themselves instead of going to sign in. */
  anonymous?: boolean;
}

async function ask(path: string, { method = 'GET', body, signal, anonymous }: CallOptions): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json, application/problem+json', 'Accept-Language': document.documentElement.lang || 'fr' };
  // A form says its own kind, and so does a file.
  const form = body instanceof FormData || body instanceof Blob;
  if (body !== undefined && !form) headers['Content-Type'] = 'application/json';
  const token = method === 'GET' ? undefined : csrf();
  if (token) headers['X-XSRF-TOKEN'] = token;
  if (method === 'GET' && Date.now() - touched > AWAY_MS) headers['X-Background'] = 'true';
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : form ? body : JSON.stringify(body),
      signal,
      credentials: 'same-origin',
    });
  } catch (failure) {
    if (signal?.aborted) throw failure;
    throw new Unreachable(String(failure));
  }
  if (!response.ok) {
    const problem = await problemOf(response);
    // With the last capacity the session ends as well: signing in again would only lead back here.
    if (problem.status === 401 && !anonymous) (problem.code === 'capacity.none' ? onNoCapacity : onSignedOut)();
    if (problem.status === 409 && problem.code === 'capacity.ended') onCapacityEnded();
    throw problem;
  }
  return response;
}

/** One call of the API. Answers what was asked for, or throws a {@link Problem} or {@link Unreachable}. */
export async function call<T>(path: string, options: CallOptions = {}): Promise<T> {
  const response = await ask(path, options);
  if (response.status === 204 || response.headers.get('Content-Length') === '0') return undefined as T;
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export const api = {
  file: async (path: string) => (await ask(path, {})).blob(),
  get: <T>(path: string, signal?: AbortSignal) => call<T>(path, { signal }),
  post: <T = void>(path: string, body?: unknown) => call<T>(path, { method: 'POST', body }),
  put: <T = void>(path: string, body?: unknown) => call<T>(path, { method: 'PUT', body }),
  patch: <T = void>(path: string, body?: unknown) => call<T>(path, { method: 'PATCH', body }),
  delete: <T = void>(path: string) => call<T>(path, { method: 'DELETE' }),
};

/** A path with a query; what is empty is left out, so that one address means one thing. */
export function address(path: string, query: Record<string, string | number | boolean | null | undefined>): string {
  const parts = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const text = new URLSearchParams(parts.map(([key, value]) => [key, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}
