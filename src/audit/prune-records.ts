import type { Db } from '../database/db.ts';
import { parameter, sql } from '../database/sql.ts';

/** Records that one transaction deletes, so that nobody who records something waits long. */
export const recordsPrunedAtOnceMax = 1_000;

/**
 * Deletes the oldest records of a chain, and keeps the hash of the last one: the chain still holds from there. To be called
 * in a transaction of its own, which holds the head meanwhile.
 *
 * @param before what is older goes
 * @returns how many records were deleted
 */
export async function pruneRecords(db: Db, workspaceId: string, before: Date): Promise<number> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(sql<{ upTo: string; hash: Buffer }>`WITH head AS (
      SELECT pruned FROM audit_head WHERE workspace_id = ${workspace} FOR NO KEY UPDATE
    ), oldest AS (
      SELECT a.sequence, a.at, a.hash FROM head CROSS JOIN LATERAL (SELECT sequence, at, hash FROM audit_log
        WHERE workspace_id = ${workspace} AND sequence > head.pruned ORDER BY sequence LIMIT ${recordsPrunedAtOnceMax}) a
    )
    SELECT sequence AS "upTo", hash FROM oldest
    WHERE sequence < coalesce((SELECT min(sequence) FROM oldest WHERE at >= ${before}), ${String(2n ** 62n)}::bigint)
    ORDER BY sequence DESC LIMIT 1`);
  const [last] = rows;
  const unchained = await pruneUnchained(db, workspaceId, before);
  if (last === undefined) return unchained;
  const upTo = parameter(last.upTo);
  await db.run(sql`DELETE FROM audit_log_target t USING audit_log a
    WHERE t.workspace_id = ${workspace} AND a.workspace_id = ${workspace} AND a.id = t.audit_id AND a.sequence <= ${upTo}::bigint`);
  const { count } = await db.run(
    sql`DELETE FROM audit_log WHERE workspace_id = ${workspace} AND sequence <= ${upTo}::bigint`,
  );
  await db.run(
    sql`UPDATE audit_head SET pruned = ${upTo}::bigint, pruned_hash = ${last.hash} WHERE workspace_id = ${workspace}`,
  );
  // The newest of the positions that are gone stays: a reader who was before it is told that they have missed something.
  await db.run(sql`DELETE FROM published_audit WHERE workspace_id = ${workspace} AND position < (
    SELECT max(position) FROM published_audit WHERE workspace_id = ${workspace} AND last_sequence <= ${upTo}::bigint)`);
  return count;
}

/** Records of before there was a chain. */
async function pruneUnchained(db: Db, workspaceId: string, before: Date): Promise<number> {
  const workspace = parameter(workspaceId);
  const { count } = await db.run(sql`DELETE FROM audit_log WHERE workspace_id = ${workspace} AND id IN (
    SELECT id FROM audit_log WHERE workspace_id = ${workspace} AND sequence IS NULL AND at < ${before}
    ORDER BY id LIMIT ${recordsPrunedAtOnceMax})`);
  return count;
}

/**
 * Deletes what is left of the chains of workspaces that are gone: of an action that ended while its workspace was erased.
 *
 * @param but a chain that belongs to no workspace, and stays
 */
export async function pruneGone(db: Db, but: string): Promise<void> {
  const { rows } = await db.run(sql<{ id: string }>`SELECT workspace_id AS id FROM audit_head h
    WHERE workspace_id <> ${but} AND NOT EXISTS (SELECT FROM workspace WHERE id = h.workspace_id)`);
  const gone = parameter(rows.map(({ id }) => id));
  if (rows.length === 0) return;
  await db.run(sql`DELETE FROM audit_log_target WHERE workspace_id = ANY (${gone}::uuid[])`);
  await db.run(sql`DELETE FROM audit_log WHERE workspace_id = ANY (${gone}::uuid[])`);
  await db.run(sql`DELETE FROM published_audit WHERE workspace_id = ANY (${gone}::uuid[])`);
  await db.run(sql`DELETE FROM audit_head WHERE workspace_id = ANY (${gone}::uuid[])`);
}
