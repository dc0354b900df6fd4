import type { Db } from '../../database/db.ts';
import { parameter, type Parameter, type Sql, sql } from '../../database/sql.ts';
import { insertInto, set, type Values } from '../../database/table/table-sql.ts';
import { BadInputError, codedFault, type InputFault, NotFoundError } from '../../errors/domain-errors.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { forEachMemberField } from '../fields/member-field.ts';
import type { MemberReference } from './member-input.ts';
import { type MemberRow, memberSelectList } from './member-row.ts';
import type { MemberStatus } from './member-status.ts';
import { member } from './member.table.ts';

/** Reads a member and keeps others from changing it until the transaction ends. @throws NotFoundError */
export async function lockMember(db: Db, workspaceId: string, id: string): Promise<MemberRow> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<MemberRow>`SELECT ${memberSelectList(workspace)} FROM member m
      WHERE m.workspace_id = ${workspace} AND m.id = ${id} FOR UPDATE`,
  );
  const [row] = rows;
  if (!row) throw new NotFoundError('member');
  return row;
}

/** The same for many, in the order of their ids; unknown ones are left out. */
export async function lockMembers(db: Db, workspaceId: string, ids: readonly string[]): Promise<MemberRow[]> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<MemberRow>`SELECT ${memberSelectList(workspace)} FROM member m
      WHERE m.workspace_id = ${workspace} AND m.id = ANY (${ids}::uuid[]) ORDER BY m.id FOR UPDATE`,
  );
  return rows;
}

/**
 * Gives members another status, as {@link updateMember} does. Each has another version then, of which an event must tell.
 */
export async function updateStatus(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
  status: MemberStatus,
  now: Date,
): Promise<void> {
  if (ids.length === 0) return;
  await db.run(sql`
    UPDATE member SET ${statusSql(parameter(status), parameter(now))}, version = version + 1
    WHERE workspace_id = ${workspaceId} AND id = ANY (${ids}::uuid[])`);
}

/** What a status brings with it: who becomes active has no date of leaving any more; who stops being active has one. */
function statusSql(status: Parameter, now: Parameter): Sql {
  return sql`status = ${status}, updated_at = ${now},
    deactivated_at = CASE WHEN ${status} = 'active' THEN NULL ELSE coalesce(deactivated_at, ${now}) END,
    removal_due_at = CASE WHEN ${status} = 'deactivated' THEN removal_due_at END,
    suspended_at = CASE WHEN ${status} = 'active' THEN suspended_at END`;
}

/** Adds a member. A taken address fails on the index `member_email_key`. */
export async function insertMember(db: Db, workspaceId: string, row: MemberRow): Promise<void> {
  const { id, status, source, createdAt, updatedAt } = row;
  await db.run(
    insertInto(member, {
      workspaceId,
      id,
      ...writtenByPeople(row),
      status,
      source,
      deactivatedAt: status === 'active' ? null : createdAt,
      createdAt,
      updatedAt,
    }),
  );
}

/**
 * Writes what an admin, or the host product, can change of a member. A member who becomes active has no date of leaving any
 * more. One who stops being active keeps the date they have, or gets this one.
 */
export async function updateMember(db: Db, workspaceId: string, row: MemberRow): Promise<void> {
  await db.run(
    sql`UPDATE member SET ${set(member, writtenByPeople(row))},
       ${statusSql(parameter(row.status), parameter(row.updatedAt))}, version = version + 1
     WHERE workspace_id = ${workspaceId} AND id = ${row.id}`,
  );
}

function writtenByPeople(row: MemberRow): Values<typeof member> {
  const { properties, managerId, vendorId } = row;
  return {
    ...forEachMemberField((field) => row[field]),
    emailKey: foldCase(row.email),
    properties,
    managerId,
    vendorId,
  } as Values<typeof member>;
}

/** Checks that every reference is to a member who is not removed. @throws BadInputError naming each fault */
export async function requireMembers(
  db: Db,
  workspaceId: string,
  references: readonly MemberReference[],
): Promise<void> {
  const faults = await unknownMembers(db, workspaceId, references);
  if (faults.length > 0) throw new BadInputError(faults);
}

/** The faults of references to nobody, or to a removed member. */
export async function unknownMembers(
  db: Db,
  workspaceId: string,
  references: readonly MemberReference[],
): Promise<InputFault[]> {
  if (references.length === 0) return [];
  const ids = references.map((reference) => reference.memberId);
  const { rows } = await db.run(
    sql<{ id: string }>`SELECT id FROM member
      WHERE workspace_id = ${workspaceId} AND id = ANY (${ids}::uuid[]) AND status <> 'removed'`,
  );
  const known = new Set(rows.map((row) => row.id));
  const missing = references.filter((reference) => !known.has(reference.memberId));
  return missing.map(({ path }) => codedFault(path, 'no-member', 'is the id of no member'));
}
