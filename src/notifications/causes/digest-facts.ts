import type { Db } from '../../database/db.ts';
import { parameter, sql } from '../../database/sql.ts';
import { days } from '../../errors/duration.ts';
import type { MessageParams } from './cause.ts';
import type { Facts } from './facts.ts';

/** What the digest looks back on. */
export const digestLengthDays = 7;

/** Refusals are counted up to here, so that no digest reads a whole log. */
const refusalsCountedMax = 10_000;

/** The numbers of the last week. What was undone as a whole has not happened. */
export async function digestParams(
  db: Db,
  workspaceId: string,
  facts: Facts,
  now: Date,
): Promise<MessageParams> {
  const id = parameter(workspaceId);
  const from = parameter(new Date(now.getTime() - days(digestLengthDays)));
  const { rows } = await db.run(
    sql<Record<'joined' | 'changed' | 'left' | 'failed' | 'refused', number>>`SELECT
       coalesce(sum(n.value::integer) FILTER (WHERE n.key IN ('create', 'link', 'reactivate')), 0)::integer AS joined,
       coalesce(sum(n.value::integer) FILTER (WHERE n.key = 'update'), 0)::integer AS changed,
       coalesce(sum(n.value::integer) FILTER (WHERE n.key IN ('deactivate', 'remove')), 0)::integer AS left,
       (SELECT count(*)::integer FROM sync_run WHERE workspace_id = ${id} AND finished_at >= ${from} AND state = 'failed')
         AS failed,
       (SELECT count(*)::integer FROM (SELECT FROM provisioning_log WHERE workspace_id = ${id} AND at >= ${from}
         AND status IN (400, 409, 413) LIMIT ${refusalsCountedMax}) r) AS refused
     FROM sync_run r CROSS JOIN LATERAL jsonb_each_text(r.counts) n
     WHERE r.workspace_id = ${id} AND r.finished_at >= ${from} AND r.trigger NOT IN ('undo', 'bring_back') AND r.state <> 'undone'`,
  );
  const week = rows[0] ?? { joined: 0, changed: 0, left: 0, failed: 0, refused: 0 };
  return { ...week, held: facts.held, conflicts: facts.conflicts };
}
