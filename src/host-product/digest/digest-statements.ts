import type { Db } from '../../database/db.ts';
import { parameter, raw, sql } from '../../database/sql.ts';
import { finestBucketSql } from './buckets.ts';
import { Digest } from './digest.ts';
import type { MemberStep } from './event-fold.ts';

/** A digest, and the event that it is as of. */
export interface DigestAt {
  sequence: bigint;
  digest: Digest;
}

/** The digest that was kept; null where there is none, or the events after it are no longer kept. */
export async function readKeptDigest(db: Db, workspaceId: string): Promise<DigestAt | null> {
  const { rows } = await db.run(
    sql<{ sequence: string; counts: Buffer; sums: Buffer }>`SELECT d.sequence, d.counts, d.sums
     FROM member_digest d LEFT JOIN event_head h ON h.workspace_id = d.workspace_id
     WHERE d.workspace_id = ${workspaceId}
       AND d.sequence BETWEEN coalesce(h.forgotten, 0) AND coalesce(h.sequence, 0)`.prepared(),
  );
  const [row] = rows;
  if (row === undefined) return null;
  return { sequence: BigInt(row.sequence), digest: Digest.unpack(row) };
}

/** What happened to members after one event, up to another, in order. */
export async function readMemberSteps(
  db: Db,
  workspaceId: string,
  after: bigint,
  upTo: bigint,
): Promise<MemberStep[]> {
  const { rows } = await db.run(
    sql<MemberStep>`SELECT subject_id AS id, subject_version AS version, type, data ->> 'status' AS status,
       CASE WHEN type NOT IN ('member.created', 'member.suspended') THEN (
         SELECT c ->> 'before' FROM json_array_elements(changes) c WHERE c ->> 'field' = 'status' LIMIT 1)
       END AS "statusBefore"
     FROM event WHERE workspace_id = ${workspaceId} AND sequence > ${after} AND sequence <= ${upTo}
       AND subject_kind = 'member'
     ORDER BY sequence`.prepared(),
  );
  return rows;
}

/**
 * Computes the digest of all members of a workspace in the database. To be read in the same snapshot as the newest
 * sequence.
 */
export async function computeDigest(db: Db, workspaceId: string): Promise<Digest> {
  const { rows } = await db.run(
    sql<{
      bucket: number;
      members: number;
      high: string;
      low: string;
    }>`SELECT bucket, count(*)::int AS members,
       sum(('x' || substr(hash, 1, 8))::bit(32)::bigint)::text AS high,
       sum(('x' || substr(hash, 9, 8))::bit(32)::bigint)::text AS low
     FROM (
       SELECT ${raw(finestBucketSql('id'))} AS bucket,
         encode(sha256((id::text || ':' || version::text)::bytea), 'hex') AS hash
       FROM member WHERE workspace_id = ${workspaceId} AND status <> 'removed' OFFSET 0) hashed
     GROUP BY bucket`,
  );
  const digest = new Digest();
  for (const { bucket, members, high, low } of rows) {
    digest.addTo(bucket, members, (BigInt(high) << 32n) + BigInt(low));
  }
  return digest;
}

/** Keeps a digest, unless a newer one is kept. */
export async function keepDigest(db: Db, workspaceId: string, { sequence, digest }: DigestAt): Promise<void> {
  const { counts, sums } = digest.pack();
  await db.run(
    sql`INSERT INTO member_digest AS d (workspace_id, sequence, counts, sums)
     SELECT id, ${sequence}, ${counts}, ${sums} FROM workspace WHERE id = ${workspaceId}
     ON CONFLICT (workspace_id) DO UPDATE
     SET sequence = excluded.sequence, counts = excluded.counts, sums = excluded.sums
     WHERE d.sequence < excluded.sequence`,
  );
}

/** The workspaces whose kept digest is this many events behind, or that have none and this many events. */
export async function digestsBehind(
  db: Db,
  lagMinEvents: number,
  pausing: readonly string[],
): Promise<string[]> {
  const pause = parameter(pausing);
  const { rows } = await db.run(
    sql<{ id: string }>`SELECT h.workspace_id AS id
     FROM event_head h LEFT JOIN member_digest d ON d.workspace_id = h.workspace_id
     WHERE h.sequence - coalesce(d.sequence, 0) >= ${lagMinEvents} AND h.workspace_id <> ALL (${pause}::uuid[])`,
  );
  return rows.map(({ id }) => id);
}
