import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../client.ts';
import { cursorOf, given, nextCursor, pageSize, unlessScrolledFar } from '../paging.ts';

export const groupsQuery = (filter: { search?: string }) =>
  infiniteQueryOptions({
    queryKey: ['groups', 'list', filter],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      answer(() =>
        api.GET('/api/groups', {
          params: { query: { limit: pageSize, sort: 'name', ...given(filter), ...cursorOf(pageParam) } },
        }),
      ),
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });

export const groupQuery = (id: string) =>
  queryOptions({
    queryKey: ['groups', 'one', id],
    queryFn: () => answer(() => api.GET('/api/groups/{id}', { params: { path: { id } } })),
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

export const groupTimelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['groups', 'timeline', id],
    queryFn: () => answer(() => api.GET('/api/groups/{id}/timeline', { params: { path: { id } } })),
  });

export const directoryGroupsQuery = (search: string) =>
  queryOptions({
    queryKey: ['directory-groups', search],
    queryFn: () =>
      answer(() =>
        api.GET('/api/directory-groups', {
          params: { query: { limit: 200, sort: 'name', ...given({ search }) } },
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** One group of the directory, by its ID; null: it is not there. */
export const directoryGroupQuery = (id: string) =>
  queryOptions({
    queryKey: ['directory-groups', 'one', id],
    queryFn: async () => {
      const { items } = await answer(() => api.GET('/api/directory-groups', { params: { query: { id } } }));
      return items[0] ?? null;
    },
  });
