import type { Db } from '../../database/db.ts';
import { sql, type Sql } from '../../database/sql.ts';
import type { Attempt } from '../sending/receivers.ts';
import { announcementsMax } from './announce-disabled.ts';
import type { ClaimedDelivery } from './claim-deliveries.ts';
import { failingMaxMs } from './retry-plan.ts';

/**
 * Writes what came of an attempt that succeeded.
 *
 * @param now the time from the injected clock
 */
export async function settleDelivered(
  db: Db,
  delivery: ClaimedDelivery,
  attempt: Attempt,
  now: Date,
): Promise<void> {
  await db.run(
    sql`UPDATE webhook_delivery SET state = 'delivered', next_attempt_at = NULL, ${attemptSql(attempt, now)}
      WHERE ${stillHas(delivery)}`.prepared(),
  );
  if (!delivery.isFailing) return;
  await db.run(
    sql`UPDATE webhook SET failing_since = NULL WHERE id = ${delivery.webhookId} AND failing_since IS NOT NULL`.prepared(),
  );
}

/**
 * Writes what came of an attempt that failed. Those behind it are not looked at before it comes again.
 *
 * @param db a transaction; it locks the webhook first, as everything does that needs both
 * @param next when it comes again; null: never, it is given up
 * @returns whether the webhook was disabled by it
 */
export async function settleFailed(
  db: Db,
  delivery: ClaimedDelivery,
  attempt: Attempt,
  { now, next }: { now: Date; next: Date | null },
): Promise<boolean> {
  const isDisabled = await noteFailure(db, delivery.webhookId, attempt, now);
  const written = await db.run(
    sql<{ ordered_by: string; sequence: string }>`UPDATE webhook_delivery SET
        state = ${next === null && !isDisabled ? 'failed' : 'pending'}, failures = failures + 1,
        next_attempt_at = ${isDisabled ? (next ?? now) : next}, ${attemptSql(attempt, now)}
      WHERE ${stillHas(delivery)} RETURNING ordered_by, sequence`.prepared(),
  );
  const [row] = written.rows;
  if (row !== undefined && next !== null)
    await db.run(
      sql`UPDATE webhook_delivery SET next_attempt_at = ${next}
        WHERE webhook_id = ${delivery.webhookId} AND ordered_by = ${row.ordered_by} AND state = 'pending'
          AND sequence > ${row.sequence} AND next_attempt_at < ${next}`.prepared(),
    );
  return isDisabled;
}

async function noteFailure(db: Db, webhookId: string, { error }: Attempt, now: Date): Promise<boolean> {
  const { rows } = await db.run(
    sql<{ state: string; since: Date }>`UPDATE webhook SET failing_since = coalesce(failing_since, ${now})
      WHERE id = ${webhookId} RETURNING state, failing_since AS since`.prepared(),
  );
  const [webhook] = rows;
  const isTooLong = webhook !== undefined && now.getTime() - webhook.since.getTime() >= failingMaxMs;
  if (webhook?.state !== 'active' || !(error === 'gone' || isTooLong)) return false;
  await db.run(
    sql`UPDATE webhook SET state = 'disabled', disabled_reason = ${error === 'gone' ? 'gone' : 'failing'},
        disabled_at = ${now}, updated_at = ${now}, announcements_left = ${announcementsMax}, announced_workspace = NULL
      WHERE id = ${webhookId}`,
  );
  return true;
}

/** Gives a delivery back whose attempt was cut off, because the process ends: another one sends it. */
export async function settleCutOff(db: Db, delivery: ClaimedDelivery): Promise<void> {
  await db.run(sql`UPDATE webhook_delivery SET leased_until = NULL WHERE ${stillHas(delivery)}`.prepared());
}

/** Deletes a delivery whose event is no longer kept. */
export async function settleWithoutEvent(db: Db, delivery: ClaimedDelivery): Promise<void> {
  await db.run(sql`DELETE FROM webhook_delivery WHERE ${stillHas(delivery)}`);
}

/** An attempt whose lease has lapsed was begun again by another process, which writes its end. */
function stillHas({ id, attempts }: ClaimedDelivery): Sql {
  return sql`id = ${id} AND attempts = ${attempts} AND state = 'pending'`;
}

function attemptSql({ status, error, latencyMs, answer }: Attempt, now: Date): Sql {
  return sql`leased_until = NULL, attempted_at = ${now}, status = ${status}, error = ${error},
    latency_ms = ${latencyMs}, answer = ${answer}`;
}
