import type { TransactionDb } from '../database/commit-notes.ts';
import { sql } from '../database/sql.ts';
import { appendEventOfWorkspace } from './workspace-events.ts';

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
  const data = sql`json_build_object('id', w.id, 'externalId', w.external_id, 'name', w.name, 'limit', w.seat_limit,
           'beyond', CASE WHEN w.seat_limit IS NOT NULL THEN w.seats_beyond END, 'used', ${used}::integer,
           'waiting', ${waiting}::integer)`;
  appendEventOfWorkspace(db, workspaceId, { type, actor: { kind: 'system' }, data }, now);
}
