import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { minutesMs } from '../../duration.ts';
import { answer, api } from '../client.ts';
import type { RoleDraft } from '../shapes.ts';

/** The roles that the product has, the highest first. */
export const rolesQuery = queryOptions({
  queryKey: ['roles', 'declared'],
  staleTime: minutesMs(5),
  queryFn: () => answer(() => api.GET('/api/role-mapping/roles')),
});

export const roleMappingQuery = queryOptions({
  queryKey: ['roles', 'mapping'],
  queryFn: () => answer(() => api.GET('/api/role-mapping')),
  // The object that came keeps its ETag.
  structuralSharing: false,
});

/** Who would gain and lose which role by rules that are not saved. */
export const rolePreviewQuery = (draft: RoleDraft) =>
  queryOptions({
    queryKey: ['roles', 'preview', draft],
    placeholderData: keepPreviousData,
    queryFn: () => answer(() => api.POST('/api/role-mapping/preview', { body: { ...draft, limit: 50 } })),
  });
