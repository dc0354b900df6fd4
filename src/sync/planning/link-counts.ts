import type { Queryable } from '../../database/queryable.ts';
import type { Pending } from '../decision/change.ts';

/**
 * How many people are withheld, by the state of their link.
 *
 * @param exceptDue leaves out people queued at this time: a plan decides about them again
 */
export async function linkCounts(
  db: Queryable,
  workspaceId: string,
  exceptDue: Date | null = null,
): Promise<Pick<Pending, 'conflict' | 'held' | 'suppressed' | 'excluded'>> {
  const rows = await db.query<{ state: 'conflict' | 'held' | 'suppressed' | 'excluded'; count: number }[]>(
    `SELECT l.state, count(*)::int AS count FROM sync_link l
     WHERE l.workspace_id = $1 AND l.state <> 'linked' AND ($2::timestamptz IS NULL OR NOT EXISTS (
       SELECT 1 FROM sync_queue q
       WHERE q.workspace_id = $1 AND q.directory_user_id = l.directory_user_id AND q.due_at <= $2))
     GROUP BY l.state`,
    [workspaceId, exceptDue],
  );
  const counts = { conflict: 0, held: 0, suppressed: 0, excluded: 0 };
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}
