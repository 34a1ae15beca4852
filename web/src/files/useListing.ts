import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { api, address } from '../api/client';
import { useGet } from '../api/queries';
import { locale } from '../ui/format';
import { at, type Children, type FileNode, type Place } from './api';

export type SortBy = 'name' | 'changed' | 'size';

export interface Sort {
  by: SortBy;
  descending: boolean;
}

const page = 200;

/** Beyond, a folder is not read anew by itself: whoever is far down in it would lose their place. */
const pagesReadAnew = 10;

/** Up to here a folder is read whole to be sorted otherwise than by name, which the platform does. */
export const sortMost = 5_000;

/** Where one is. Asked for anew whenever one comes back to the tab: somebody else, or another tab, may have changed it. */
export function usePlace(node: string) {
  return useGet<Place>(at(node), { staleTime: 0, refetchOnWindowFocus: 'always' });
}

/** What is in a folder, page by page. `place` says by its etag when it has changed. */
export function useListing(node: string, place: Place | undefined, sort: Sort) {
  const path = `${at(node)}/children`;
  const query = useInfiniteQuery({
    queryKey: [path],
    queryFn: ({ pageParam, signal }) => api.get<Children>(address(path, { after: pageParam, limit: page }), signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    staleTime: Infinity,
    // Whoever comes back finds it as it is then.
    gcTime: 0,
  });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = query;
  const pages = data?.pages.length ?? 0;
  const [stale, setStale] = useState(false);
  const etag = place?.node.id === node ? place.node.etag : undefined;
  const known = useRef<{ node: string; etag: string } | null>(null);
  useEffect(() => {
    if (!etag) return;
    const before = known.current;
    known.current = { node, etag };
    if (!before || before.node !== node) return setStale(false);
    if (before.etag === etag) return;
    if (pages > pagesReadAnew) setStale(true);
    else void refetch();
  }, [node, etag, pages, refetch]);

  const items = useMemo(() => data?.pages.flatMap((one) => one.items) ?? [], [data]);
  const byPlatform = sort.by === 'name' && !sort.descending;
  // To sort in another way the whole folder must be here.
  const wantsAll = !byPlatform && hasNextPage && items.length < sortMost;
  useEffect(() => {
    if (wantsAll && !isFetchingNextPage) void fetchNextPage();
  }, [wantsAll, isFetchingNextPage, fetchNextPage]);
  const sortable = !hasNextPage;
  const sorted = useMemo(() => (sortable && !byPlatform ? inOrder(items, sort) : items), [items, sort, sortable, byPlatform]);

  return {
    query,
    items: sorted,
    /** It was asked to be sorted otherwise, and is too large for it. */
    tooManyToSort: !byPlatform && hasNextPage && items.length >= sortMost,
    /** It has changed, and is too large to be read anew unasked. */
    stale,
    readAnew: () => {
      setStale(false);
      return refetch();
    },
    more: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
  };
}

/** Folders first, whatever one sorts by. */
export function inOrder(items: readonly FileNode[], { by, descending }: Sort): FileNode[] {
  const collator = new Intl.Collator(locale(), { sensitivity: 'base', numeric: true });
  const sign = descending ? -1 : 1;
  return [...items].sort((a, b) => {
    if (a.folder !== b.folder) return a.folder ? -1 : 1;
    const difference = by === 'name' ? collator.compare(a.name, b.name) : by === 'size' ? a.size - b.size : a.changedAt.localeCompare(b.changedAt);
    return sign * difference || collator.compare(a.name, b.name);
  });
}
