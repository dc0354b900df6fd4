import type { Db } from '../../database/db.ts';
import { type Sql, sql } from '../../database/sql.ts';
import type { Sent } from '../sending/send-errors.ts';

/** The attempt whose end is written. */
interface Attempted {
  id: string;
  attempts: number;
  raw: { workspace: { id: string } };
}

/**
 * Writes what came of an attempt.
 *
 * @param next when it comes again; null: it arrived, or is given up
 */
export async function settleSent(
  db: Db,
  delivery: Attempted,
  sent: Sent,
  { now, next }: { now: Date; next: Date | null },
): Promise<void> {
  const failedState = next === null ? 'failed' : 'pending';
  const state = sent.error === null ? 'delivered' : failedState;
  await db.run(
    sql`UPDATE notification_delivery SET state = ${state}, next_attempt_at = ${next},
        failures = failures + ${sent.error === null ? 0 : 1}, leased_until = NULL, attempted_at = ${now},
        status = ${sent.status}, error = ${sent.error}, answer = ${sent.answer}
      WHERE ${stillHas(delivery)}`.prepared(),
  );
}

/** Gives a delivery back whose attempt was cut off, because the process ends: another one sends it. */
export async function settleCutOff(db: Db, delivery: Attempted): Promise<void> {
  await db.run(sql`UPDATE notification_delivery SET leased_until = NULL WHERE ${stillHas(delivery)}`);
}

/** An attempt whose lease has lapsed was begun again by another process, which writes its end. */
function stillHas({ id, attempts, raw }: Attempted): Sql {
  return sql`workspace_id = ${raw.workspace.id} AND id = ${id} AND attempts = ${attempts} AND state = 'pending'`;
}
