import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../client.ts';
import { cursorOf, type Newest, newestOf, nextCursor, pageSize, queryFrom } from '../paging.ts';
import type { LogEntry } from '../shapes.ts';

export interface LogFilter extends Record<string, string | undefined> {
  search?: string;
  outcome?: string;
  kind?: string;
  from?: string;
  to?: string;
  resourceId?: string;
  memberId?: string;
  tokenId?: string;
}

export const logQuery = (filter: LogFilter) =>
  infiniteQueryOptions({
    queryKey: ['log', filter],
    initialPageParam: '',
    queryFn: ({ pageParam }) => logPage(filter, pageSize, pageParam),
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });

/** The last few requests. */
export const lastRequestsQuery = (count: number) =>
  queryOptions({ queryKey: ['log', 'last', count], queryFn: () => logPage({}, count, '') });

/** The newest requests, more than a page of them. */
export function newestRequests(filter: LogFilter, requestsMax: number): Promise<Newest<LogEntry>> {
  return newestOf(requestsMax, (limit, cursor) => logPage(filter, limit, cursor));
}

function logPage(filter: LogFilter, limit: number, cursor: string) {
  return answer(() =>
    api.GET('/api/provisioning-log', {
      params: { query: { limit, ...queryFrom<'/api/provisioning-log'>(filter), ...cursorOf(cursor) } },
    }),
  );
}

/** People and groups of the directory by a part of what they are called. */
export const directoryResourcesQuery = (search: string) =>
  queryOptions({
    queryKey: ['directory-resources', 'list', search],
    queryFn: () => answer(() => api.GET('/api/directory-resources', { params: { query: { search } } })),
  });

export const directoryResourceQuery = (id: string) =>
  queryOptions({
    queryKey: ['directory-resources', 'one', id],
    retry: false,
    queryFn: () => answer(() => api.GET('/api/directory-resources/{id}', { params: { path: { id } } })),
  });

export const loggedRequestQuery = (id: string) =>
  queryOptions({
    queryKey: ['log', 'one', id],
    staleTime: Infinity,
    queryFn: () => answer(() => api.GET('/api/provisioning-log/{id}', { params: { path: { id } } })),
  });
