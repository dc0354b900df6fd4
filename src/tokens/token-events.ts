import type { TransactionDb } from '../database/commit-notes.ts';
import type { Db } from '../database/db.ts';
import { type ArrayColumns, rowsFrom } from '../database/row-arrays.ts';
import { sql } from '../database/sql.ts';
import { appendRows } from '../events/append-events.ts';
import type { EventCause, EventType } from '../events/event.ts';

/** What is told of a token; `data` is JSON. */
interface ToldToken {
  ordinal: string;
  id: string;
  data: string;
}

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
  appendRows(db, workspaceId, now, ids.length, async (last) => {
    const told = await readTold(last, workspaceId, ids);
    return sql`SELECT x.ordinal, ${type} AS type, 'token' AS subject_kind, x.id AS subject_id,
         NULL AS subject_external_id, NULL::bigint AS subject_version, ${JSON.stringify(cause)}::json AS cause,
         '[]'::json AS changes, x.data
       FROM ${rowsFrom(toldColumns, told)}`;
  });
}

/** Read by itself: a database that is distributed by workspace has tokens on another node than events. */
async function readTold(db: Db, workspaceId: string, ids: readonly string[]): Promise<ToldToken[]> {
  const { rows } = await db.run(
    sql<ToldToken>`SELECT row_number() OVER (ORDER BY t.id) AS ordinal, t.id,
         json_build_object('id', t.id, 'name', t.name, 'prefix', t.prefix, 'lastFour', t.last_four,
           'createdAt', t.created_at, 'expiresAt', t.expires_at, 'revokedAt', t.revoked_at)::text AS data
       FROM api_token t WHERE t.workspace_id = ${workspaceId} AND t.id = ANY (${ids}::uuid[])`,
  );
  return rows;
}

const toldColumns: ArrayColumns<ToldToken> = {
  ordinal: { type: 'bigint', of: ({ ordinal }) => ordinal },
  id: { type: 'uuid', of: ({ id }) => id },
  data: { type: 'json', of: ({ data }) => data },
};
