import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from './client.ts';
import { cursorOf, given, nextCursor, unlessScrolledFar } from './paging.ts';
import type { PendingKind } from './shapes.ts';

/** How often what changes by itself is asked for, in milliseconds. */
const refreshMs = 4_000;
const runRefreshMs = 600;
/** What is counted over the log of days changes slowly and costs more. */
const activityRefreshMs = 60_000;
const pageSize = 100;
const previewPageSize = 200;
/** How many people a dialog names. */
const peopleNamedMax = 10;

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
