import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { answerApi } from '../testing/render';
import { address, api, setApiHandlers } from './client';
import { isOffline, Problem, problemText } from './problem';

afterEach(() => vi.unstubAllGlobals());

describe('a call of the API', () => {
  beforeEach(() => {
    document.cookie = 'XSRF-TOKEN=abc%2F1';
  });

  test('carries the token of the cookie when it changes something, and not when it reads', async () => {
    const sent = answerApi({ 'GET /api/me': { body: {} }, 'POST /api/notices/read': {} });
    await api.get('/api/me');
    await api.post('/api/notices/read');
    expect(sent.map((one) => one.headers.get('X-XSRF-TOKEN'))).toEqual([null, 'abc/1']);
  });

  test('says when nobody is at the page, so that what it asks by itself keeps no session alive', async () => {
    const sent = answerApi({ 'GET /api/notices': { body: [] } });
    vi.useFakeTimers();
    try {
      window.dispatchEvent(new Event('keydown'));
      await api.get('/api/notices');
      vi.advanceTimersByTime(61_000);
      await api.get('/api/notices');
      window.dispatchEvent(new Event('pointermove'));
      await api.get('/api/notices');
    } finally {
      vi.useRealTimers();
    }
    expect(sent.map((one) => one.headers.get('X-Background'))).toEqual([null, 'true', null]);
  });

  test('turns a refusal into a problem with its words and its fields', async () => {
    answerApi({ 'POST /api/x': { status: 422, body: { code: 'name.missing', detail: 'Donnez un nom.', fields: { name: 'required' } } } });
    const problem = await api.post('/api/x', {}).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({ status: 422, code: 'name.missing', fields: { name: 'required' } });
    expect(problemText(problem)).toBe('Donnez un nom.');
  });

  test('says in words that a service is down when a proxy answers with a page of its own', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('<html>Bad gateway</html>', { status: 502 })));
    const problem = await api.get('/api/x').catch((error: unknown) => error);
    expect(problemText(problem)).toContain('arrêté ou très occupé');
  });

  test('tells a lost connection from a refusal', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    const failure = await api.get('/api/x').catch((error: unknown) => error);
    expect(isOffline(failure)).toBe(true);
    expect(problemText(failure)).toContain('ne peut pas être joint');
  });

  test('goes to sign in when the session is over, and asks for a capacity when the one in use has ended', async () => {
    const signedOut = vi.fn();
    const capacityEnded = vi.fn();
    const noCapacity = vi.fn();
    setApiHandlers({ signedOut, noCapacity, capacityEnded });
    answerApi({ 'GET /api/a': { status: 401, body: { code: 'unauthenticated' } }, 'GET /api/b': { status: 409, body: { code: 'capacity.ended' } }, 'GET /api/d': { status: 401, body: { code: 'capacity.none' } }, 'GET /api/c': { status: 409, body: { code: 'person.maybe' } } });
    await Promise.allSettled([api.get('/api/a'), api.get('/api/b'), api.get('/api/c'), api.get('/api/d')]);
    expect(noCapacity).toHaveBeenCalledTimes(1);
    expect(signedOut).toHaveBeenCalledTimes(1);
    expect(capacityEnded).toHaveBeenCalledTimes(1);
  });
});

test('an address leaves out what is empty', () => {
  expect(address('/api/people', { q: '', kind: undefined, member: null, offset: 0, limit: 50 })).toBe('/api/people?offset=0&limit=50');
  expect(address('/api/people', { q: 'é & è' })).toBe('/api/people?q=%C3%A9+%26+%C3%A8');
  expect(address('/api/people', {})).toBe('/api/people');
});
