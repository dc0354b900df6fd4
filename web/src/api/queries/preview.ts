import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../client.ts';
import { cursorOf, given, nextCursor, pageSize, previewPageSize, queryFrom } from '../paging.ts';
import type { PendingKind } from '../shapes.ts';

/** What the preview is narrowed to, and sorted by. */
export interface PreviewFilter {
  kind?: PendingKind;
  search?: string;
  groupId?: string;
  since?: 'last-run';
  sort?: PreviewSort;
  order?: 'desc';
}

/** What the preview can be sorted by. */
export const previewSorts = ['name', 'email', 'department', 'title', 'kind'] as const;
export type PreviewSort = (typeof previewSorts)[number];

export const previewQuery = (filter: PreviewFilter) =>
  infiniteQueryOptions({
    queryKey: ['preview', filter],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      answer(() =>
        api.GET('/api/sync-preview', {
          params: {
            query: {
              limit: previewPageSize,
              ...queryFrom<'/api/sync-preview'>({ ...filter }),
              ...cursorOf(pageParam),
            },
          },
        }),
      ),
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });

/** The groups that a run would change. */
export const previewGroupsQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: ['preview', 'groups', search],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      answer(() =>
        api.GET('/api/sync-preview/groups', {
          params: { query: { limit: pageSize, ...given({ search }), ...cursorOf(pageParam) } },
        }),
      ),
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });

/** How many people of a group are shown at a time. */
const movedPageSize = 20;

/** Who would join and leave a group. */
export const movedPeopleQuery = (groupId: string) =>
  infiniteQueryOptions({
    queryKey: ['preview', 'groups', groupId, 'people'],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      answer(() =>
        api.GET('/api/sync-preview/groups/{groupId}/people', {
          params: { path: { groupId }, query: { limit: movedPageSize, ...cursorOf(pageParam) } },
        }),
      ),
    getNextPageParam: nextCursor,
  });

/** More people than can have one address, however it is searched for. */
const linksShownMax = 20;

/** Who is to be linked to a member that has an address; others may be among them whose address contains it. */
export const linksByAddressQuery = (address: string) =>
  queryOptions({
    queryKey: ['preview', 'links-by-address', address],
    queryFn: () =>
      answer(() =>
        api.GET('/api/sync-preview', {
          params: { query: { limit: linksShownMax, kind: 'link', search: address } },
        }),
      ),
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

/** The members that a person is most likely to be. */
export const linkCandidatesQuery = (directoryUserId: string) =>
  queryOptions({
    queryKey: ['preview', 'link-candidates', directoryUserId],
    queryFn: () =>
      answer(() =>
        api.GET('/api/sync-preview/{directoryUserId}/link-candidates', {
          params: { path: { directoryUserId } },
        }),
      ),
  });

/** What would follow if an admin said that a person is this member. */
export const linkEffectQuery = (directoryUserId: string, memberId: string) =>
  queryOptions({
    queryKey: ['preview', 'link-effect', directoryUserId, memberId],
    queryFn: () =>
      answer(() =>
        api.GET('/api/sync-preview/{directoryUserId}/link/{memberId}', {
          params: { path: { directoryUserId, memberId } },
        }),
      ),
  });
