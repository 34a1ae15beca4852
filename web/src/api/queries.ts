import { keepPreviousData, QueryClient, type UseQueryOptions, useQuery } from '@tanstack/react-query';
import { api } from './client';
import { isOffline, isUnavailable, type Problem } from './problem';
import type { Home, Me, Territory } from './types';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal stays a refusal; only what may pass by itself is tried again.
      retry: (count, error) => count < 2 && (isOffline(error) || isUnavailable(error)),
      retryDelay: (attempt) => 400 * 2 ** attempt,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

/** Reads an address of the API. The address is the key: whoever asks for the same gets the same. `null` asks for nothing yet. */
export function useGet<T>(path: string | null, options: Partial<UseQueryOptions<T, Problem | Error>> = {}) {
  return useQuery<T, Problem | Error>({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<T>(path ?? '', signal),
    enabled: path !== null,
    ...options,
  });
}

/** For lists that are filtered or paged: the old rows stay until the new ones are there. */
export function useList<T>(path: string | null, options: Partial<UseQueryOptions<T, Problem | Error>> = {}) {
  return useGet<T>(path, { placeholderData: keepPreviousData as never, ...options });
}

/** Asks at once for what the first page cannot do without, while the browser still reads the rest of the application. */
export function askEarly(paths: string[]): void {
  for (const path of paths) void queryClient.prefetchQuery({ queryKey: [path], queryFn: ({ signal }) => api.get(path, signal) });
}

/** Everything read under this address is asked for anew. Call it after a change. */
export function refresh(prefix: string): Promise<void> {
  return queryClient.invalidateQueries({ predicate: (query) => String(query.queryKey[0]).startsWith(prefix) });
}

export const useMe = () => useGet<Me>('/api/me', { staleTime: 60_000 });
export const useTerritory = () => useGet<Territory>('/api/territory', { staleTime: Infinity });
export const useHome = () => useGet<Home>('/api/me/home', { staleTime: 60_000 });

/** Who is signed in, where that is sure: below the shell, which waits for it. */
export function useMyself(): Me {
  const { data } = useMe();
  if (!data) throw new Error('useMyself is for pages within the shell');
  return data;
}
