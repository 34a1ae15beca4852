import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { queryClient } from '../api/queries';
import type { Capacity, Me } from '../api/types';
import { Frame } from '../shell/Frame';

/** Shows a component as it stands in the application: with words, controls in the language, and what is read. */
export function show(children: ReactNode) {
  return render(
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <Frame>{children}</Frame>
      </QueryClientProvider>
    </I18nProvider>,
  );
}

export interface Sent {
  method: string;
  path: string;
  body: unknown;
  headers: Headers;
}

/** Answers the API from a table of `METHOD /path` and keeps what was asked. */
export function answerApi(answers: Record<string, { status?: number; body?: unknown }>): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => {
    const method = init.method ?? 'GET';
    sent.push({ method, path, body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : init.body, headers: new Headers(init.headers) });
    const answer = answers[`${method} ${path}`] ?? { status: 404, body: { code: 'not-found', detail: `nothing answers ${method} ${path}` } };
    const body = answer.body === undefined ? null : JSON.stringify(answer.body);
    return Promise.resolve(new Response(body, { status: answer.status ?? (body === null ? 204 : 200) }));
  });
  return sent;
}

export function capacity(number: number, member: string, fn: string): Capacity {
  return {
    id: `capacity-${number}`,
    member: { id: `member-${number}`, name: member, siren: null, colour: 'brick' },
    kind: 'elu',
    function: fn,
    unit: null,
    address: `nadia@member-${number}.example`,
    from: '2026-03-22T00:00:00Z',
    until: null,
    roles: [],
  };
}

export function someone(more: Partial<Me> = {}): Me {
  const capacities = [capacity(1, 'Vénissieux', 'Adjointe au maire'), capacity(2, 'SITIV', 'Vice-présidente')];
  return {
    person: { id: 'nadia', givenName: 'Nadia', usualName: 'Benali' },
    acting: capacities[0] ?? null,
    capacities,
    unconfirmed: [],
    rights: [],
    language: 'fr',
    density: 'comfortable',
    unreadNotices: 0,
    ...more,
  };
}
