import type { TransactionDb } from '../database/commit-notes.ts';
import { sql } from '../database/sql.ts';
import { appendRows } from '../events/append-events.ts';
import type { EventCause, EventType } from '../events/event.ts';

/** Appends an event about each of these tokens; it says what the settings screen shows of a token, never its secret. */
export function appendTokenEvents(
  db: TransactionDb,
  workspaceId: string,
  type: Extract<EventType, `token.${string}`>,
  ids: readonly string[],
  cause: EventCause,
  now: Date,
): void {
  if (ids.length === 0) return;
  appendRows(
    db,
    workspaceId,
    now,
    ids.length,
    () => sql`SELECT row_number() OVER (ORDER BY t.id) AS ordinal, ${type} AS type, 'token' AS subject_kind, t.id AS subject_id,
         NULL AS subject_external_id, NULL::bigint AS subject_version, ${JSON.stringify(cause)}::json AS cause,
         '[]'::json AS changes, json_build_object('id', t.id, 'name', t.name, 'prefix', t.prefix, 'lastFour', t.last_four,
           'createdAt', t.created_at, 'expiresAt', t.expires_at, 'revokedAt', t.revoked_at) AS data
       FROM api_token t WHERE t.workspace_id = ${workspaceId} AND t.id = ANY (${ids}::uuid[])`,
  );
}
