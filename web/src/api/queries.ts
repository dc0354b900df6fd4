import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  type UseInfiniteQueryResult,
  type InfiniteData,
} from '@tanstack/react-query';
import { answer, api } from './client.ts';
import type { LogEntry, PendingKind } from './shapes.ts';

/** How often what changes by itself is asked for, in milliseconds. */
const refreshMs = 4_000;
const runRefreshMs = 600;
/** What is counted over the log of days changes slowly and costs more. */
const activityRefreshMs = 60_000;
const pageSize = 100;
const previewPageSize = 200;
const exportPageSize = 200;
/** How many people a dialog names. */
const peopleNamedMax = 10;

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** How many pages are fetched anew when the window is looked at again; a list that was scrolled farther stays as it is. */
const refetchedPagesMax = 5;
const unlessScrolledFar = (query: { state: { data: unknown } }): boolean => {
  const data = query.state.data as { pages: unknown[] } | undefined;
  return data === undefined || data.pages.length <= refetchedPagesMax;
};

const nextCursor = (page: { nextCursor?: string | null }) => page.nextCursor ?? undefined;
const cursorOf = (pageParam: string) => (pageParam === '' ? {} : { cursor: pageParam });
/** Leaves out what is empty, since an empty filter is refused. */
function given<T extends Record<string, string | undefined>>(filter: T): Partial<T> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value)) as Partial<T>;
}

const itemsOf = new WeakMap<object, unknown[]>();

/** All items that were loaded so far; the same list as long as nothing was loaded since. */
export function loadedItems<T>(
  query: Pick<UseInfiniteQueryResult<InfiniteData<{ items: T[] }>>, 'data'>,
): T[] {
  if (query.data === undefined) return [];
  const known = itemsOf.get(query.data);
  if (known !== undefined) return known as T[];
  const items = query.data.pages.flatMap((page) => page.items);
  itemsOf.set(query.data, items);
  return items;
}

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: () => answer(() => api.GET('/api/user-provisioning')),
  refetchInterval: refreshMs,
});

/** The first of the people that the removal guard let through. */
export const letThroughQuery = queryOptions({
  queryKey: ['let-through'],
  queryFn: () =>
    answer(() => api.GET('/api/removal-guard/let-through', { params: { query: { limit: peopleNamedMax } } })),
});

export const activityQuery = queryOptions({
  queryKey: ['activity'],
  queryFn: () => answer(() => api.GET('/api/user-provisioning/activity')),
  staleTime: activityRefreshMs,
  refetchInterval: activityRefreshMs,
});

/** How a simulation stands is asked for often while it runs, so that people can be seen arriving. */
export const sandboxQuery = queryOptions({
  queryKey: ['sandbox'],
  queryFn: () => answer(() => api.GET('/api/sandbox')),
  refetchInterval: ({ state: { data } }) =>
    data?.simulation?.state === 'running' ? runRefreshMs : refreshMs,
});

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: () => answer(() => api.GET('/api/user-provisioning/settings')),
  structuralSharing: false,
});

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: () => answer(() => api.GET('/api/tokens', { params: { query: { limit: 200 } } })),
  refetchInterval: refreshMs,
});

export const propertiesQuery = queryOptions({
  queryKey: ['properties'],
  queryFn: () => answer(() => api.GET('/api/properties', { params: { query: { limit: 200 } } })),
});

export const mappingQuery = queryOptions({
  queryKey: ['mapping'],
  queryFn: () => answer(() => api.GET('/api/attribute-mapping')),
});

export const sourcesQuery = queryOptions({
  queryKey: ['mapping', 'sources'],
  queryFn: () => answer(() => api.GET('/api/attribute-mapping/sources')),
});

export const suggestionsQuery = queryOptions({
  queryKey: ['mapping', 'suggestions'],
  queryFn: () => answer(() => api.GET('/api/attribute-mapping/suggestions')),
});

export const mappingVersionsQuery = infiniteQueryOptions({
  queryKey: ['mapping', 'versions'],
  initialPageParam: '',
  queryFn: ({ pageParam }) =>
    answer(() =>
      api.GET('/api/attribute-mapping/versions', {
        params: { query: pageParam === '' ? {} : { cursor: pageParam } },
      }),
    ),
  getNextPageParam: nextCursor,
});

export const directoryGroupsQuery = (search: string) =>
  queryOptions({
    queryKey: ['directory-groups', search],
    queryFn: () =>
      answer(() =>
        api.GET('/api/directory-groups', { params: { query: { limit: 200, ...given({ search }) } } }),
      ),
    placeholderData: keepPreviousData,
  });

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

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['runs', 'one', id],
    queryFn: () => answer(() => api.GET('/api/sync-runs/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state: { data } }) =>
      data === undefined || data.state === 'queued' || data.state === 'running' ? runRefreshMs : false,
  });

export const runsQuery = infiniteQueryOptions({
  queryKey: ['runs', 'list'],
  initialPageParam: '',
  queryFn: ({ pageParam }) =>
    answer(() => api.GET('/api/sync-runs', { params: { query: { limit: 50, ...cursorOf(pageParam) } } })),
  getNextPageParam: nextCursor,
});

export const runChangesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['runs', 'changes', id],
    refetchOnWindowFocus: unlessScrolledFar,
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      answer(() =>
        api.GET('/api/sync-runs/{id}/changes', {
          params: { path: { id }, query: { limit: previewPageSize, ...cursorOf(pageParam) } },
        }),
      ),
    getNextPageParam: nextCursor,
  });

export const runGroupsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['runs', 'groups', id],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      answer(() =>
        api.GET('/api/sync-runs/{id}/groups', {
          params: { path: { id }, query: { limit: previewPageSize, ...cursorOf(pageParam) } },
        }),
      ),
    getNextPageParam: nextCursor,
  });

export const membersQuery = (filter: {
  search?: string;
  status?: string;
  held?: string;
  source?: string;
  groupId?: string;
  managerId?: string;
  sort?: string;
  order?: string;
}) =>
  infiniteQueryOptions({
    queryKey: ['members', 'list', filter],
    refetchOnWindowFocus: unlessScrolledFar,
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      answer(() =>
        api.GET('/api/members', {
          params: { query: { limit: pageSize, ...given(filter), ...cursorOf(pageParam) } as never },
        }),
      ),
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });

export const memberQuery = (id: string) =>
  queryOptions({
    queryKey: ['members', 'one', id],
    queryFn: () => answer(() => api.GET('/api/members/{id}', { params: { path: { id } } })),
    structuralSharing: false,
  });

export const memberGroupsQuery = (id: string) =>
  queryOptions({
    queryKey: ['members', 'groups', id],
    queryFn: () => answer(() => api.GET('/api/members/{id}/groups', { params: { path: { id } } })),
  });

export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['members', 'timeline', id],
    queryFn: () => answer(() => api.GET('/api/members/{id}/timeline', { params: { path: { id } } })),
  });

export const groupTimelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['groups', 'timeline', id],
    queryFn: () => answer(() => api.GET('/api/groups/{id}/timeline', { params: { path: { id } } })),
  });

export const groupsQuery = (filter: { search?: string }) =>
  infiniteQueryOptions({
    queryKey: ['groups', 'list', filter],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      answer(() =>
        api.GET('/api/groups', {
          params: { query: { limit: pageSize, ...given(filter), ...cursorOf(pageParam) } },
        }),
      ),
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });

export const groupMembersQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['groups', 'members', id],
    refetchOnWindowFocus: unlessScrolledFar,
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      answer(() =>
        api.GET('/api/groups/{id}/members', {
          params: { path: { id }, query: { limit: pageSize, ...cursorOf(pageParam) } },
        }),
      ),
    getNextPageParam: nextCursor,
  });

export interface LogFilter extends Record<string, string | undefined> {
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

/** The newest requests, more than a page of them; `isWhole`: there are no others. */
export async function newestRequests(
  filter: LogFilter,
  requestsMax: number,
): Promise<{ entries: LogEntry[]; isWhole: boolean }> {
  const entries: LogEntry[] = [];
  let cursor: string | null = '';
  while (cursor !== null && entries.length < requestsMax) {
    const page: Page<LogEntry> = await logPage(filter, exportPageSize, cursor);
    entries.push(...page.items);
    cursor = page.nextCursor;
  }
  return { entries, isWhole: cursor === null };
}

function logPage(filter: LogFilter, limit: number, cursor: string) {
  return answer(() =>
    api.GET('/api/provisioning-log', {
      params: { query: { limit, ...given(filter), ...cursorOf(cursor) } as never },
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
