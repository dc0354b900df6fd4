import type { Db } from '../../database/db.ts';
import { nothing, parameter, type Sql, sql } from '../../database/sql.ts';
import type { Pending } from '../decision/change.ts';
import type { LinkStateName } from '../decision/person.ts';

/**
 * How many people are withheld, by the state of their link; `waiting`: those of the held who wait for a seat.
 *
 * @param exceptDue leaves out people queued at this time: a plan decides about them again
 * @param among a statement for the ids of those who count alone; null: everybody
 */
export async function linkCounts(
  db: Db,
  workspaceId: string,
  exceptDue: Date | null = null,
  among: Sql<{ id: string }> | null = null,
): Promise<Pick<Pending, 'conflict' | 'held' | 'suppressed' | 'excluded'> & { waiting: number }> {
  const workspace = parameter(workspaceId);
  const dueBy = parameter(exceptDue);
  const { rows } = await db.run(
    sql<{
      state: Exclude<LinkStateName, 'linked'>;
      count: number;
    }>`
         SELECT l.state, count(*)::int AS count FROM sync_link l
     WHERE l.workspace_id = ${workspace} AND l.state <> 'linked'
       ${among === null ? nothing : sql`AND l.directory_user_id IN (${among})`}
       AND (${dueBy}::timestamptz IS NULL OR NOT EXISTS (
       SELECT 1 FROM sync_queue q
       WHERE q.workspace_id = ${workspace} AND q.directory_user_id = l.directory_user_id
         AND q.due_at <= ${dueBy}))
     GROUP BY l.state`.onOneNode(workspaceId, { state: 'text', count: 'integer' }),
  );
  const counts = { conflict: 0, held: 0, suppressed: 0, excluded: 0, waiting: 0 };
  // People who wait for a seat are held, as those are whose removal the guard holds.
  for (const { state, count } of rows) counts[state] = count;
  counts.held += counts.waiting;
  return counts;
}
