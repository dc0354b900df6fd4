import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../client.ts';
import { cursorOf, given, nextCursor, previewPageSize } from '../paging.ts';
import type { PendingKind } from '../shapes.ts';

export const previewQuery = (filter: { kind?: PendingKind; search?: string; groupId?: string }) =>
  infiniteQueryOptions({
    queryKey: ['preview', filter],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      answer(() =>
        api.GET('/api/sync-preview', {
          params: { query: { limit: previewPageSize, ...given(filter), ...cursorOf(pageParam) } },
        }),
      ),
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });

export const linkSuggestionsQuery = queryOptions({
  queryKey: ['preview', 'link-suggestions'],
  queryFn: () =>
    answer(() =>
      api.GET('/api/sync-preview/link-suggestions', { params: { query: { limit: previewPageSize } } }),
    ),
});

export const explanationQuery = (directoryUserId: string) =>
  queryOptions({
    queryKey: ['explanation', directoryUserId],
    queryFn: () =>
      answer(() => api.GET('/api/sync-preview/{directoryUserId}', { params: { path: { directoryUserId } } })),
  });
