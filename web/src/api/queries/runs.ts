import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../client.ts';
import {
  cursorOf,
  given,
  type Newest,
  newestOf,
  nextCursor,
  previewPageSize,
  unlessScrolledFar,
} from '../paging.ts';
import type { PendingKind, RunChange } from '../shapes.ts';
import { runRefreshMs } from './refresh.ts';

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['runs', 'one', id],
    queryFn: () => answer(() => api.GET('/api/sync-runs/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state: { data } }) =>
      data === undefined || data.state === 'queued' || data.state === 'running' ? runRefreshMs : false,
  });

/** What an undo of a run would do, as of when it is asked. */
export const undoPreviewQuery = (id: string) =>
  queryOptions({
    queryKey: ['runs', 'undo', id],
    queryFn: () => answer(() => api.GET('/api/sync-runs/{id}/undo', { params: { path: { id } } })),
    // What is confirmed is what was read: it does not change under the reader's eyes.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

export const runsQuery = infiniteQueryOptions({
  queryKey: ['runs', 'list'],
  initialPageParam: '',
  queryFn: ({ pageParam }) =>
    answer(() => api.GET('/api/sync-runs', { params: { query: { limit: 50, ...cursorOf(pageParam) } } })),
  getNextPageParam: nextCursor,
});

/** Of a run's changes those of a kind, and of people who are searched for. */
export interface RunChangesFilter {
  kind?: PendingKind | undefined;
  search?: string | undefined;
}

/** The changes of a run, more than a page of them. */
export function firstRunChanges(
  id: string,
  filter: RunChangesFilter,
  changesMax: number,
): Promise<Newest<RunChange>> {
  return newestOf(changesMax, (limit, cursor) => runChangesPage(id, filter, limit, cursor));
}

function runChangesPage(id: string, filter: RunChangesFilter, limit: number, cursor: string) {
  return answer(() =>
    api.GET('/api/sync-runs/{id}/changes', {
      params: { path: { id }, query: { limit, ...given({ ...filter }), ...cursorOf(cursor) } },
    }),
  );
}

export const runChangesQuery = (id: string, filter: RunChangesFilter = {}) =>
  infiniteQueryOptions({
    queryKey: ['runs', 'changes', id, filter],
    refetchOnWindowFocus: unlessScrolledFar,
    initialPageParam: '',
    queryFn: ({ pageParam }) => runChangesPage(id, filter, previewPageSize, pageParam),
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });

export const runGroupsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['runs', 'groups', id],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      answer(() =>
        api.GET('/api/sync-runs/{id}/groups', {
          params: { path: { id }, query: { sort: 'name', limit: previewPageSize, ...cursorOf(pageParam) } },
        }),
      ),
    getNextPageParam: nextCursor,
  });
