import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../client.ts';
import { nextCursor } from '../paging.ts';

export const mappingQuery = queryOptions({
  queryKey: ['mapping'],
  queryFn: () => answer(() => api.GET('/api/attribute-mapping')),
  // The object that came keeps its ETag.
  structuralSharing: false,
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
