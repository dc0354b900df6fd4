import type { Db } from '../../database/db.ts';
import { parameter, sql } from '../../database/sql.ts';
import { days } from '../../errors/duration.ts';
import type { MessageParams } from './cause.ts';
import type { Facts } from './facts.ts';

/** What the digest looks back on. */
export const digestLengthDays = 7;

/** Refusals are counted up to here, so that no digest reads a whole log. */
const refusalsCountedMax = 10_000;

/**
 * The numbers of the last week. What was undone has not happened: as a whole, in part, or by bringing people back. Changes are
 * read one by one only in a week that had such a thing.
 */
export async function digestParams(
  db: Db,
  workspaceId: string,
  facts: Facts,
  now: Date,
): Promise<MessageParams> {
  const id = parameter(workspaceId);
  const from = parameter(new Date(now.getTime() - days(digestLengthDays)));
  const ofWeek = sql`r.workspace_id = ${id} AND r.finished_at >= ${from}
    AND r.trigger NOT IN ('undo', 'bring_back') AND r.state <> 'undone'`;
  const { rows } = await db.run(
    sql<Record<'joined' | 'changed' | 'left' | 'failed' | 'refused', number>>`SELECT
       coalesce(sum(n.count) FILTER (WHERE n.kind IN ('create', 'link', 'reactivate')), 0)::integer AS joined,
       coalesce(sum(n.count) FILTER (WHERE n.kind = 'update'), 0)::integer AS changed,
       coalesce(sum(n.count) FILTER (WHERE n.kind IN ('deactivate', 'remove')), 0)::integer AS left,
       (SELECT count(*)::integer FROM sync_run WHERE workspace_id = ${id} AND finished_at >= ${from} AND state = 'failed')
         AS failed,
       (SELECT count(*)::integer FROM (SELECT FROM provisioning_log WHERE workspace_id = ${id} AND at >= ${from}
         AND status IN (400, 409, 413) LIMIT ${refusalsCountedMax}) r) AS refused
     FROM (
       SELECT c.key AS kind, c.value::integer AS count
       FROM sync_run r CROSS JOIN LATERAL jsonb_each_text(r.counts) c WHERE ${ofWeek}
       UNION ALL
       SELECT c.kind, -1 FROM sync_run r
       JOIN sync_change c ON c.workspace_id = ${id} AND c.run_id = r.id AND c.state = 'undone'
       WHERE ${ofWeek} AND EXISTS (SELECT FROM sync_run u WHERE u.workspace_id = ${id} AND u.finished_at >= ${from}
         AND u.trigger IN ('undo', 'bring_back'))) n`,
  );
  const week = rows[0] ?? { joined: 0, changed: 0, left: 0, failed: 0, refused: 0 };
  return { ...week, held: facts.held, conflicts: facts.conflicts };
}
