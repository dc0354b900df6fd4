import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../client.ts';
import { refreshMs } from './refresh.ts';

/** Nobody looks through more of them. */
const shownMax = 200;

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: () => answer(() => api.GET('/api/sessions', { params: { query: { limit: shownMax } } })),
  refetchInterval: refreshMs,
});
