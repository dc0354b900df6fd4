import type { TransactionDb } from '../../database/commit-notes.ts';
import { sql } from '../../database/sql.ts';
import { appendEvents } from '../../events/append-events.ts';
import type { DisabledReason } from '../tables/webhook.table.ts';

/**
 * In how many workspaces it is told that a webhook was disabled: those whose deliveries wait. A webhook of every workspace
 * would otherwise fill the feeds of all of them with what concerns none.
 */
export const announcementsMax = 100;

interface Announced {
  reason: DisabledReason;
  disabledAt: Date;
  workspaceId: string | null;
  externalId: string | null;
}

/**
 * Tells one workspace that a webhook was disabled: the event and the note of it are one transaction. One workspace at a
 * time: a transaction that appends waits for others in that workspace, and must not make a third one wait meanwhile.
 *
 * @param db the transaction
 * @param now the time from the injected clock
 * @returns whether there may be another
 */
export async function announceDisabled(db: TransactionDb, webhookId: string, now: Date): Promise<boolean> {
  const { rows } = await db.run(
    sql<Announced>`SELECT h.disabled_reason AS reason, h.disabled_at AS "disabledAt", d.workspace_id AS "workspaceId",
         w.external_id AS "externalId"
       FROM webhook h
       LEFT JOIN LATERAL (SELECT min(workspace_id::text)::uuid AS workspace_id FROM webhook_delivery
         WHERE webhook_id = h.id AND state = 'pending'
           AND (h.announced_workspace IS NULL OR workspace_id > h.announced_workspace)) d ON true
       LEFT JOIN workspace w ON w.id = d.workspace_id
       WHERE h.id = ${webhookId} AND h.state = 'disabled' AND h.announcements_left > 0
       FOR NO KEY UPDATE OF h SKIP LOCKED`,
  );
  const [next] = rows;
  if (next === undefined) return false;
  const { workspaceId, externalId, reason, disabledAt } = next;
  if (workspaceId === null) {
    await db.run(sql`UPDATE webhook SET announcements_left = 0 WHERE id = ${webhookId}`);
    return false;
  }
  await db.run(
    sql`UPDATE webhook SET announcements_left = announcements_left - 1, announced_workspace = ${workspaceId}
      WHERE id = ${webhookId}`,
  );
  appendEvents(db, workspaceId, now, [
    {
      type: 'webhook.disabled',
      subject: { kind: 'workspace', id: workspaceId, externalId, version: null },
      // The service did it, in nobody's name: of those who make changes, the operator is who runs it.
      cause: { by: 'operator', runId: null, reason: { code: `webhook-${reason}`, params: { webhookId } } },
      changes: [],
      data: { webhookId, reason, disabledAt: disabledAt.toISOString() },
    },
  ]);
  return true;
}
