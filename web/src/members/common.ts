import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useGet, useMyself } from '../api/queries';
import type { MemberDetail, Right } from '../api/types';

/** Where one is in a member's rooms: the page's address and the API's. */
export function useHere() {
  const { member = '' } = useParams({ strict: false }) as { member?: string };
  return { member, page: `/members/${member}`, api: `/api/members/${member}` };
}

export function useParam(name: string): string {
  const params = useParams({ strict: false }) as Record<string, string | undefined>;
  return params[name] ?? '';
}

export const useMember = () => useGet<MemberDetail>(useHere().api, { staleTime: 60_000 });

/** What the acting capacity may do to this member. What it may not is not shown; the platform decides again anyway. */
export function useMay() {
  const { member } = useHere();
  const { acting, rights } = useMyself();
  const may = (right: Right) => rights.includes('OPERATE') || (rights.includes(right) && acting?.member.id === member);
  return { people: may('MANAGE_PEOPLE'), member: may('MANAGE_MEMBER') };
}

/** Filters and the place in a list live in the address: going back finds them again, and a link shares them. */
export function useFilters<K extends string>(...names: K[]) {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const text = (name: string) => (search[name] === undefined || search[name] === null ? '' : String(search[name]));
  const values = Object.fromEntries(names.map((name) => [name, text(name)])) as Record<K, string>;
  const offset = Number(text('offset')) || 0;
  const set = (change: Partial<Record<K | 'offset', string | number>>) => {
    const next: Record<string, unknown> = { ...search, offset: undefined, ...change };
    for (const key of Object.keys(next)) if (next[key] === '' || next[key] === 0) next[key] = undefined;
    void navigate({ to: '.', search: next as never, replace: true, resetScroll: false });
  };
  return { values, offset, set, any: names.some((name) => values[name] !== '') };
}
