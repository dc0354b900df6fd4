import type { Db } from '../../database/db.ts';
import { nothing, parameter, type Sql, sql } from '../../database/sql.ts';
import { type Buckets, bucketSql } from '../digest/buckets.ts';
import { memberDataSql } from '../../member-directory/events/member-data.ts';
import { membersNotRemoved } from '../../member-directory/members/count-members.ts';

/** What a snapshot begins with. */
export interface SnapshotHead {
  sequence: bigint;
  /** When the newest event happened, in ms; null when none is kept. */
  at: number | null;
  members: number;
  groups: number;
}

/** A row of a snapshot as the line that it is. */
export interface SnapshotLine {
  id: string;
  line: string;
}

/** The place in the feed that this moment is, and how much there is of everything. */
export async function readSnapshotHead(db: Db, workspaceId: string): Promise<SnapshotHead> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<{ sequence: string; at: Date | null; members: number; groups: number }>`SELECT
       coalesce(h.sequence, 0) AS sequence, e.at,
       ${membersNotRemoved(workspace)}::int AS members,
       (SELECT count(*)::int FROM member_group WHERE workspace_id = ${workspace}) AS groups
     FROM (SELECT 1) one LEFT JOIN event_head h ON h.workspace_id = ${workspace}
     LEFT JOIN event e ON e.workspace_id = ${workspace} AND e.sequence = h.sequence`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('A SELECT without a condition answered with no row');
  const { sequence, at, members, groups } = row;
  return { sequence: BigInt(sequence), at: at?.getTime() ?? null, members, groups };
}

/** What of some members is read: those of these buckets (null: all), after an id (null: from the first). */
interface LinesQuery {
  buckets: Buckets | null;
  after: string | null;
  limit: number;
}

function within(buckets: Buckets | null, id: string): Sql {
  return buckets === null
    ? nothing
    : sql`AND ${bucketSql(id, buckets.of)} = ANY (${[...buckets.numbers]}::int[])`;
}

/** Members who are not removed, by id, each as the line of the answer. */
export async function readMemberLines(
  db: Db,
  workspaceId: string,
  { buckets, after, limit }: LinesQuery,
): Promise<SnapshotLine[]> {
  const from = parameter(after ?? '00000000-0000-0000-0000-000000000000');
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<SnapshotLine>`SELECT m.id, '{"kind":"member",' || substr(${memberDataSql('m', workspace)}::text, 2) AS line
     FROM (SELECT * FROM member WHERE workspace_id = ${workspace} AND id > ${from}::uuid AND status <> 'removed'
       ${within(buckets, 'id')} ORDER BY id LIMIT ${limit}) m ORDER BY m.id`.prepared(),
  );
  return rows;
}

/** A group as a snapshot shows it. */
export interface SnapshotGroup {
  id: string;
  name: string;
}

/** Groups by id. */
export async function readGroups(
  db: Db,
  workspaceId: string,
  after: string | null,
  limit: number,
): Promise<SnapshotGroup[]> {
  const from = parameter(after ?? '00000000-0000-0000-0000-000000000000');
  const { rows } = await db.run(
    sql<SnapshotGroup>`SELECT id, name FROM member_group WHERE workspace_id = ${workspaceId} AND id > ${from}::uuid
     ORDER BY id LIMIT ${limit}`.prepared(),
  );
  return rows;
}

/** The ids of a group's members, in order. */
export async function readMemberships(
  db: Db,
  workspaceId: string,
  groupId: string,
  { buckets, after, limit }: LinesQuery,
): Promise<string[]> {
  const from = parameter(after ?? '00000000-0000-0000-0000-000000000000');
  const { rows } = await db.run(
    sql<{ id: string }>`SELECT member_id AS id FROM member_group_member
     WHERE workspace_id = ${workspaceId} AND group_id = ${groupId} AND member_id > ${from}::uuid
     ${within(buckets, 'member_id')} ORDER BY member_id LIMIT ${limit}`.prepared(),
  );
  return rows.map(({ id }) => id);
}
