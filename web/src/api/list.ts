import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import { api, type Query } from './client';
import type { List } from './types';

const PAGE = 25;

/** A keyset list with 'load more'; give `list` to <DataTable> as it is. */
export function useList<T>(queryKey: QueryKey, path: string, query: Query = {}, enabled = true) {
  const result = useInfiniteQuery({
    queryKey: [...queryKey, query],
    queryFn: ({ pageParam, signal }) =>
      api.get<List<T>>(path, { query: { limit: PAGE, ...query, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    enabled,
    placeholderData: (previous) => previous,
  });
  return {
    items: result.data?.pages.flatMap((page) => page.items),
    error: result.error,
    isLoading: result.isPending && enabled,
    isStale: result.isPlaceholderData,
    hasMore: result.hasNextPage,
    isLoadingMore: result.isFetchingNextPage,
    loadMore: () => void result.fetchNextPage(),
    retry: () => void result.refetch(),
  };
}

export type ListState<T> = Omit<ReturnType<typeof useList<T>>, 'items'> & { items: T[] | undefined };
