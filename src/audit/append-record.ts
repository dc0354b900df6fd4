import { randomBytes } from 'node:crypto';
import type { Db } from '../database/db.ts';
import type { TransactionDb } from '../database/commit-notes.ts';
import { sql } from '../database/sql.ts';
import { beginningHash, type ChainedRecord, hashOf, saltLengthBytes } from './chain.ts';

/** A record before it has its place in the chain. */
export type NewRecord = Omit<ChainedRecord, 'sequence' | 'salt' | 'redacted'>;

/**
 * Appends a record to the chain of its workspace, in the transaction of what it tells. A transaction that appends holds the
 * head of the workspace until the commit: sequences have no gap, and none appears after a later one. That happens right
 * before the commit, after the heads of events, and of several workspaces in the order of their ids, so that nobody waits
 * in a circle.
 */
export function appendRecord(db: TransactionDb, record: NewRecord): void {
  db.beforeCommit((last) => append(last, record), `audit ${record.workspaceId}`);
}

async function append(db: Db, given: NewRecord): Promise<void> {
  const { workspaceId } = given;
  const head = await lockHead(db, workspaceId);
  const salt = randomBytes(saltLengthBytes);
  const record: ChainedRecord = { ...given, sequence: head.sequence + 1n, salt, redacted: null };
  const hash = hashOf(head.hash, record);
  await db.run(
    sql`WITH head AS (
      UPDATE audit_head SET sequence = ${record.sequence}, hash = ${hash} WHERE workspace_id = ${workspaceId}
    )
    INSERT INTO audit_log (workspace_id, id, at, actor_kind, actor_email, actor_key_id, actor_key_name, action, target,
      details, sequence, previous_hash, hash, salt, session_id, address, request_id)
    VALUES (${workspaceId}, ${record.id}, ${record.at}, ${record.actorKind}, ${record.actorEmail}, ${record.actorKeyId},
      ${record.actorKeyName}, ${record.action}, ${record.target}, ${JSON.stringify(record.details ?? {})},
      ${record.sequence}, ${head.hash}, ${hash}, ${salt}, ${record.sessionId}, ${record.address}, ${record.requestId})`.prepared(),
  );
}

/** The end of a workspace's chain, which nobody else continues until the transaction ends. */
export async function lockHead(db: Db, workspaceId: string): Promise<{ sequence: bigint; hash: Buffer }> {
  const { rows } = await db.run(
    sql<{ sequence: string; hash: Buffer }>`
    INSERT INTO audit_head AS h (workspace_id, sequence, hash) VALUES (${workspaceId}, 0, ${beginningHash})
    ON CONFLICT (workspace_id) DO UPDATE SET sequence = h.sequence RETURNING sequence, hash`.prepared(),
  );
  const [row] = rows;
  if (row === undefined) throw new Error('An INSERT that returns its row answered with none');
  return { sequence: BigInt(row.sequence), hash: row.hash };
}
