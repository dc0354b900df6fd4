import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { answer, api } from '../client.ts';
import { cursorOf, type Newest, newestOf, nextCursor, pageSize, queryFrom } from '../paging.ts';
import type { AuditEntry } from '../shapes.ts';

export interface AuditFilter extends Record<string, string> {
  action: string;
  actor: string;
  from: string;
  to: string;
}

/** What admins, the operator, the product and the service did. */
export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit-log', filter],
    initialPageParam: '',
    queryFn: ({ pageParam }) => auditPage(filter, pageSize, pageParam),
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });

/** The newest actions, more than a page of them. */
export function newestActions(filter: AuditFilter, actionsMax: number): Promise<Newest<AuditEntry>> {
  return newestOf(actionsMax, (limit, cursor) => auditPage(filter, limit, cursor));
}

function auditPage(filter: AuditFilter, limit: number, cursor: string) {
  return answer(() =>
    api.GET('/api/audit-log', {
      params: { query: { limit, ...queryFrom<'/api/audit-log'>(filter), ...cursorOf(cursor) } },
    }),
  );
}
