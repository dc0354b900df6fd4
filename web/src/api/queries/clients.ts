import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../client.ts';
import { refreshMs } from './refresh.ts';

/** Five work at a time; the others are revoked. */
const shownMax = 200;

export const clientsQuery = queryOptions({
  queryKey: ['oauth-clients'],
  queryFn: () => answer(() => api.GET('/api/oauth-clients', { params: { query: { limit: shownMax } } })),
  refetchInterval: refreshMs,
});
