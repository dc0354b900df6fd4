import type { Db } from '../database/db.ts';
import { parameter, sql } from '../database/sql.ts';

/**
 * What the host product says it did about an event.
 *
 * @property at when it did it
 * @property sessionsEnded null: it did not say
 * @property tokensRevoked null: it did not say
 * @property keyName the product key that it came with, by its name; null: the operator token
 */
export interface Receipt {
  at: Date;
  sessionsEnded: number | null;
  tokensRevoked: number | null;
  keyName: string | null;
}

/**
 * Keeps the receipt of an event, in place of an earlier one.
 *
 * @returns the member that the event is about (null: none); undefined when there is no such event
 */
export async function recordReceipt(
  db: Db,
  workspaceId: string,
  sequence: string,
  { at, sessionsEnded, tokensRevoked, keyName }: Receipt,
): Promise<{ memberId: string | null } | undefined> {
  const workspace = parameter(workspaceId);
  // The event is locked, so that what deletes it comes before this or sees the receipt.
  const { rows } = await db.run(
    sql<{ memberId: string | null }>`WITH known AS MATERIALIZED (
       SELECT CASE subject_kind WHEN 'member' THEN subject_id
         WHEN 'group' THEN (data #>> '{member,id}')::uuid END AS member_id
       FROM event WHERE workspace_id = ${workspace} AND sequence = ${sequence}::bigint FOR KEY SHARE
     )
     INSERT INTO event_receipt (workspace_id, sequence, member_id, at, sessions_ended, tokens_revoked, key_name)
     SELECT ${workspace}, ${sequence}::bigint, member_id, ${at}, ${sessionsEnded}, ${tokensRevoked}, ${keyName} FROM known
     ON CONFLICT (workspace_id, sequence) DO UPDATE SET at = excluded.at, sessions_ended = excluded.sessions_ended,
       tokens_revoked = excluded.tokens_revoked, key_name = excluded.key_name
     RETURNING member_id AS "memberId"`,
  );
  return rows[0];
}
