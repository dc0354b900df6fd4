import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { answer, api } from '../client.ts';
import { cursorOf, nextCursor, type Page, pageSize, queryFrom } from '../paging.ts';
import type { AuditEntry } from '../shapes.ts';

const exportPageSize = 200;

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

/** The newest actions, more than a page of them; `isWhole`: there are no others. */
export async function newestActions(
  filter: AuditFilter,
  actionsMax: number,
): Promise<{ entries: AuditEntry[]; isWhole: boolean }> {
  const entries: AuditEntry[] = [];
  let cursor: string | null = '';
  while (cursor !== null && entries.length < actionsMax) {
    const page: Page<AuditEntry> = await auditPage(filter, exportPageSize, cursor);
    entries.push(...page.items);
    cursor = page.nextCursor;
  }
  return { entries, isWhole: cursor === null };
}

function auditPage(filter: AuditFilter, limit: number, cursor: string) {
  return answer(() =>
    api.GET('/api/audit-log', {
      params: { query: { limit, ...queryFrom<'/api/audit-log'>(filter), ...cursorOf(cursor) } },
    }),
  );
}
