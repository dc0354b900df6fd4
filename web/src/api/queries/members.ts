import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../client.ts';
import { cursorOf, nextCursor, pageSize, queryFrom, unlessScrolledFar } from '../paging.ts';

export const membersQuery = (filter: {
  search?: string;
  status?: string;
  held?: string;
  linkable?: string;
  suspended?: string;
  source?: string;
  groupId?: string;
  managerId?: string;
  sort?: string;
  order?: string;
  /** Also how many there are on all pages. */
  total?: string;
}) =>
  infiniteQueryOptions({
    queryKey: ['members', 'list', filter],
    refetchOnWindowFocus: unlessScrolledFar,
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      answer(() =>
        api.GET('/api/members', {
          params: {
            query: { limit: pageSize, ...queryFrom<'/api/members'>(filter), ...cursorOf(pageParam) },
          },
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

export const propertiesQuery = queryOptions({
  queryKey: ['properties'],
  queryFn: () => answer(() => api.GET('/api/properties', { params: { query: { limit: 200 } } })),
});
