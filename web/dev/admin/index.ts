import { type Handler, on, type Call as Given } from '../kit.ts';
import { decidingHandlers } from './deciding.ts';
import { departureHandlers } from './departures.ts';
import { importHandlers } from './imports.ts';
import type { Handlers } from './kit.ts';
import { ldapHandlers } from './ldap.ts';
import { sourceHandlers } from './sources.ts';
import { ledger } from './ledger.ts';
import { moneyHandlers } from './money.ts';
import { memberHandlers } from './member.ts';
import { operatorHandlers } from './operator.ts';
import { partnerHandlers } from './partners.ts';
import { people } from './people.ts';
import { poolingHandlers } from './pooling.ts';

const all: Handlers = { ...people, ...departureHandlers, ...importHandlers, ...memberHandlers, ...ledger, ...operatorHandlers, ...poolingHandlers, ...decidingHandlers, ...moneyHandlers, ...ldapHandlers, ...sourceHandlers, ...partnerHandlers };

/** What the mock answers for the admin rooms, in the shape of the mock's own handlers. */
export function adminHandlers(prefix: string): Handler[] {
  return Object.entries(all)
    .filter(([key]) => key.split(' ')[1]?.startsWith(prefix))
    .map(([key, handle]) => {
      const [method = 'GET', path = ''] = key.split(' ');
      return on(method as Handler['method'], path.replaceAll(/:(\w+)/g, '{$1}'), (call: Given) => {
        const reply = handle({ params: call.params, query: call.query, body: call.body ?? {}, file: fileOf(call.body) });
        const headers: Record<string, string> = {
          ...(reply.type && { 'Content-Type': reply.type }),
          ...(reply.fileName && { 'Content-Disposition': `attachment; filename="${reply.fileName}"` }),
        };
        return { status: reply.status, body: call.empty ? emptied(reply.body) : reply.body, headers };
      });
    });
}

/** Lists without what is in them; what is one thing stays. */
function emptied(body: unknown): unknown {
  if (Array.isArray(body)) return [];
  return body && typeof body === 'object' && 'items' in body ? { ...body, items: [], total: 0 } : body;
}

/** The one file of a multipart form, as text. */
function fileOf(body: unknown): { name: string; text: string } | undefined {
  if (typeof body !== 'string') return undefined;
  const part = /filename="([^"]*)"[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(body);
  return part ? { name: part[1] ?? '', text: part[2] ?? '' } : undefined;
}
