import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connect, Plugin } from 'vite';
import { type Answer, type Call, freshState, type Handler, problem } from './kit.ts';
import { files } from './files/index.ts';
import { officePage, officeServer } from './files/office-server.ts';
import { me } from './me.ts';
import { members } from './members.ts';
import { office } from './office.ts';
import { operator, pooling } from './operator.ts';

/**
 * Answers the API in the development server and in the browser checks with demo people, so that screens can be built and
 * tried without a platform. It is never part of the built application.
 */
export function mockApi(): Plugin {
  const use = (server: { middlewares: Connect.Server }) => {
    server.middlewares.use((request, response, next) => {
      const url = new URL(request.url ?? '/', 'http://entente.test');
      if (!/^\/(api\/|sign-in$|sign-out$)/.test(url.pathname)) return next();
      // A page that is left breaks off what it asked: nobody waits for that answer.
      void answer(request, response, url).catch((error: unknown) => request.destroyed || response.destroyed || next(error));
    });
  };
  return {
    name: 'entente-mock-api',
    configureServer: use,
    configurePreviewServer: (server) => {
      // What the platform sends (WebSecurity), so that a style or a script that it would refuse is found here.
      server.middlewares.use((request, response, next) => {
        response.setHeader('Content-Security-Policy', policyOf(new URL(request.url ?? '/', 'http://entente.test').pathname));
        next();
      });
      use(server);
      server.middlewares.use(keptForGood(`${server.config.root}/${server.config.build.outDir}`));
    },
  };
}

const kinds: Record<string, string> = { js: 'text/javascript', mjs: 'text/javascript', css: 'text/css', woff2: 'font/woff2', svg: 'image/svg+xml' };

/** What has its content in its name is asked for once, as of the platform: a page that is loaded a hundred times is not fetched and compiled a hundred times. */
function keptForGood(folder: string): Connect.NextHandleFunction {
  const read = new Map<string, Buffer>();
  return (request, response, next) => {
    const path = /^\/assets\/[\w.-]+\.(\w+)$/.exec(request.url ?? '');
    const kind = kinds[path?.[1] ?? ''];
    if (!path || !kind || !existsSync(folder + path[0])) return next();
    const bytes = read.get(path[0]) ?? readFileSync(folder + path[0]);
    read.set(path[0], bytes);
    response.setHeader('Content-Type', kind);
    response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    response.end(bytes);
  };
}

const contentSecurity =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** The page with an office server in it may frame that server (here: the mock's own), and no other page may. */
function policyOf(path: string): string {
  if (path === officePage) return "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; frame-ancestors 'self'";
  return /^\/office-server\/[0-9a-f-]{36}$/.test(path) ? `${contentSecurity}; frame-src 'self'` : contentSecurity;
}

const handlers: Handler[] = [...me, ...members, ...operator, ...pooling, ...files, ...officeServer, ...office];
const patterns = handlers.map((handler) => ({ handler, pattern: new RegExp(`^${handler.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`) }));
let state = freshState();

async function answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  if (url.pathname === '/api/mock/reset') {
    state = freshState();
    state.language = url.searchParams.get('language') === 'en' ? 'en' : 'fr';
    state.as = url.searchParams.get('as') ?? 'nadia';
    // `acting=operator`: in the capacity that runs the territory, when one has it.
    if (url.searchParams.get('acting') === 'operator') state.acting = state.demo.people[1]?.affiliations[1]?.id ?? null;
    if (url.searchParams.get('acting') === 'none') state.acting = 'none';
    // `limited=true`: who came by one member's provider, and has not confirmed that it is them.
    state.limited = url.searchParams.get('limited') === 'true';
    return send(response, { status: 204 });
  }
  const found = find(request.method ?? 'GET', url.pathname);
  if (!found) return send(response, problem(404, 'not-found', 'Il n’y a rien à cette adresse.'));
  // ?mock=slow|empty|error on the page, sent on by the Referer: each state of each page can be looked at.
  const page = new URL(request.headers.referer ?? '/', 'http://entente.test');
  const wanted = page.searchParams.get('mock');
  const shell = /^\/api\/(me|territory|me\/home)$/.test(url.pathname);
  if (wanted === 'slow' && !shell) await new Promise((resolve) => setTimeout(resolve, 60_000));
  if (wanted === 'error' && !shell) return send(response, problem(503, 'unavailable', ''));
  const raw = await bodyOf(request);
  const call: Call = { params: found.params, query: url.searchParams, body: parsed(raw), raw, headers: request.headers, state, empty: wanted === 'empty' };
  send(response, await found.handler.answer(call));
}

function find(method: string, path: string): { handler: Handler; params: Record<string, string> } | null {
  for (const { handler, pattern } of patterns) {
    if (handler.method !== method) continue;
    const match = pattern.exec(path);
    if (match) return { handler, params: { ...match.groups } };
  }
  return null;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function parsed(raw: Buffer): unknown {
  const text = raw.toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function send(response: ServerResponse, { status = 200, body, headers = {} }: Answer): void {
  response.statusCode = body === undefined && status === 200 ? 204 : status;
  response.setHeader('Cache-Control', 'no-store');
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (body === undefined) return void response.end();
  if (typeof body === 'string' || Buffer.isBuffer(body)) return void response.end(body);
  response.setHeader('Content-Type', status >= 400 ? 'application/problem+json' : 'application/json');
  response.end(JSON.stringify(body));
}
