import type { TransactionDb } from '../database/commit-notes.ts';
import { sql } from '../database/sql.ts';
import { appendRows } from '../events/append-events.ts';
import { causeOfActor } from './workspace-events.ts';

/**
 * Notes whether seats are exhausted: all are taken, or people wait for one. Where that is new, an event tells it, once.
 */
export async function noteExhausted(
  db: TransactionDb,
  workspaceId: string,
  isExhausted: boolean,
  { used, waiting }: { used: number; waiting: number },
  now: Date,
): Promise<void> {
  const { count } = await db.run(sql`
    UPDATE workspace SET seats_exhausted = ${isExhausted}::boolean
    WHERE id = ${workspaceId} AND seats_exhausted <> ${isExhausted}::boolean`);
  if (count === 0) return;
  const type = isExhausted ? 'seats.exhausted' : 'seats.freed';
  appendRows(
    db,
    workspaceId,
    now,
    1,
    sql`SELECT 1 AS ordinal, ${type} AS type, 'workspace' AS subject_kind, w.id AS subject_id,
         w.external_id AS subject_external_id, NULL::bigint AS subject_version,
         ${JSON.stringify(causeOfActor({ kind: 'system' }))}::json AS cause, '[]'::json AS changes,
         json_build_object('id', w.id, 'externalId', w.external_id, 'name', w.name, 'limit', w.seat_limit,
           'beyond', CASE WHEN w.seat_limit IS NOT NULL THEN w.seats_beyond END, 'used', ${used}::integer,
           'waiting', ${waiting}::integer) AS data
       FROM workspace w WHERE w.id = ${workspaceId}`,
  );
}
