import type { EntityManager } from 'typeorm';
import type { AuditService } from '../../audit/audit.service.ts';
import { dbOf } from '../../database/db-of.ts';
import { sql } from '../../database/sql.ts';
import { lookAt } from '../looks/look-at.ts';
import type { HeldState } from './hold-state.ts';

/**
 * Begins to look for what there is to tell when somebody wants to hear of it first, and stops when nobody does any more.
 * What lasts already is noted and not told: the admin who subscribes has it before them.
 *
 * @param state what the transaction holds, as it was before the channels changed
 */
export async function watchIfWanted(
  manager: EntityManager,
  audit: AuditService,
  workspaceId: string,
  state: HeldState,
  now: Date,
): Promise<void> {
  const db = dbOf(manager);
  const { count } = await db.run(
    sql`SELECT FROM notification_channel WHERE workspace_id = ${workspaceId} LIMIT 1`,
  );
  const isWanted = count > 0;
  if (isWanted && !state.isWatched) {
    const fresh = { nextDigestAt: null, seenContactAt: null, silentAt: null, silenceIsKnown: false };
    await lookAt(manager, audit, workspaceId, fresh, { now, isAnnouncing: false });
  }
  if (isWanted || !state.isWatched) return;
  await db.run(sql`DELETE FROM notification_cause WHERE workspace_id = ${workspaceId}`);
  await db.run(
    sql`UPDATE notification_state SET next_look_at = NULL, next_digest_at = NULL WHERE workspace_id = ${workspaceId}`,
  );
}
