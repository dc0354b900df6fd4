import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../client.ts';
import { cursorOf, nextCursor, pageSize, queryFrom, unlessScrolledFar } from '../paging.ts';

/** Everybody the identity provider sent. */
export const directoryQuery = (filter: { search: string; state: string }) =>
  infiniteQueryOptions({
    queryKey: ['preview', 'directory', filter],
    refetchOnWindowFocus: unlessScrolledFar,
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      answer(() =>
        api.GET('/api/directory/users', {
          params: {
            query: { limit: pageSize, ...queryFrom<'/api/directory/users'>(filter), ...cursorOf(pageParam) },
          },
        }),
      ),
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });

/** Who a member is in the directory: nobody, or one person. */
export const personOfMemberQuery = (memberId: string) =>
  queryOptions({
    queryKey: ['preview', 'directory', 'of-member', memberId],
    queryFn: () =>
      answer(() => api.GET('/api/directory/users', { params: { query: { limit: 1, memberId } } })),
  });
