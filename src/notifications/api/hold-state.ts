import type { Db } from '../../database/db.ts';
import { sql } from '../../database/sql.ts';
import { NotFoundError } from '../../errors/domain-errors.ts';
import type { LookState } from '../looks/look-at.ts';

/** The state of a workspace's notifications, as those who hold it find it. */
export type HeldState = LookState & { names: boolean; isWatched: boolean };

/**
 * Makes the state of a workspace where there is none, and locks it until the transaction ends: looks leave the workspace
 * out, and others who change its channels wait.
 *
 * @throws NotFoundError when the workspace is erased
 */
export async function holdState(db: Db, workspaceId: string): Promise<HeldState> {
  // It keeps the workspace from being erased meanwhile, which would leave rows behind.
  const { count } = await db.run(sql`SELECT FROM workspace WHERE id = ${workspaceId} FOR KEY SHARE`);
  if (count === 0) throw new NotFoundError('workspace');
  await db.run(
    sql`INSERT INTO notification_state (workspace_id) VALUES (${workspaceId}) ON CONFLICT (workspace_id) DO NOTHING`,
  );
  const { rows } = await db.run(
    sql<HeldState>`SELECT names, next_look_at IS NOT NULL AS "isWatched", next_digest_at AS "nextDigestAt",
       seen_contact_at AS "seenContactAt", silent_at AS "silentAt", silence_is_known AS "silenceIsKnown"
     FROM notification_state WHERE workspace_id = ${workspaceId} FOR NO KEY UPDATE`,
  );
  const [state] = rows;
  if (state === undefined) throw new NotFoundError('workspace');
  return state;
}

/** Whether messages may name people. */
export async function mayName(db: Db, workspaceId: string): Promise<boolean> {
  const { rows } = await db.run(
    sql<{ names: boolean }>`SELECT names FROM notification_state WHERE workspace_id = ${workspaceId}`,
  );
  return rows[0]?.names ?? false;
}
