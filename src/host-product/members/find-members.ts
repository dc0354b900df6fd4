import type { Db } from '../../database/db.ts';
import { list, lookup, parameter, type Parameter, type Sql, sql } from '../../database/sql.ts';
import { NotFoundError } from '../../errors/domain-errors.ts';
import type { Reference } from '../../http/endpoint/reference.ts';
import { memberDataSql } from '../../member-directory/events/member-data.ts';
import { readEmailAddress } from '../../member-directory/fields/email-address.ts';
import { type MemberRow, memberSelectList } from '../../member-directory/members/member-row.ts';
import { foldCase } from '../../scim-core/fold.ts';
import type { ProductMemberResponse, ProductMembersQuery } from './product-members.dto.ts';

/** What of the members is asked for. */
export type MemberFilter = Pick<ProductMembersQuery, 'email' | 'externalId' | 'idpExternalId' | 'status'>;

/** A member as the answer has it; `id` is there for the cursor. */
export interface FoundMember {
  id: string;
  data: ProductMemberResponse;
}

/**
 * The statement that reads one page of members by id, and one row more. Each exact value is looked up by its index,
 * whatever the statistics say; several of them must all hold.
 *
 * @param after the id that the page continues after; null: from the first
 */
export function findMembers(
  workspaceId: string,
  filter: MemberFilter,
  after: string | null,
  limit: number,
): Sql<FoundMember> {
  const workspace = parameter(workspaceId);
  const { status } = filter;
  const sets = lookups(workspace, filter);
  const conditions = [
    sql`m.workspace_id = ${workspace}`,
    ...sets.map((set) => sql`m.id = ANY (ARRAY(${set}))`),
    ...(after === null ? [] : [sql`m.id > ${after}::uuid`]),
    status === undefined ? sql`m.status <> 'removed'` : sql`m.status = ${status}`,
  ];
  return sql<FoundMember>`SELECT m.id, ${memberDataSql('m', workspace)} AS data
    FROM (SELECT * FROM member m WHERE ${list(conditions, ' AND ')} ORDER BY m.id LIMIT ${limit}) m ORDER BY m.id`;
}

/** For each exact value the statement that finds the ids of the members who have it. */
function lookups(workspace: Parameter, { email, externalId, idpExternalId }: MemberFilter): Sql[] {
  const sets: Sql[] = [];
  if (email !== undefined) {
    sets.push(sql`SELECT id FROM member WHERE workspace_id = ${workspace} AND email_key = ${emailKeyOf(email)}
      AND status <> 'removed' OFFSET 0`);
  }
  if (externalId !== undefined) {
    sets.push(
      sql`SELECT id FROM member WHERE workspace_id = ${workspace} AND vendor_id = ${externalId} OFFSET 0`,
    );
  }
  if (idpExternalId !== undefined) sets.push(membersOfIdpId(workspace, parameter(idpExternalId)));
  return sets;
}

/**
 * Finds the ids of the members that the identity provider calls so: by what a run noted of them, and by the person of
 * the directory that they are linked to.
 */
export function membersOfIdpId(workspace: Parameter | Sql, idpExternalId: Parameter): Sql {
  return sql`SELECT id FROM member WHERE workspace_id = ${workspace} AND external_id = ${idpExternalId}
    UNION SELECT l.member_id FROM (SELECT id FROM directory_user
        WHERE workspace_id = ${workspace} AND external_id = ${idpExternalId} OFFSET 0) u
      CROSS JOIN ${lookup(sql`SELECT member_id FROM sync_link
        WHERE workspace_id = ${workspace} AND directory_user_id = u.id AND member_id IS NOT NULL`)} l`;
}

/** What an address is looked up by. */
export function emailKeyOf(email: string): string {
  return foldCase(readEmailAddress(email) ?? email);
}

/** The condition that a reference to a member stands for, about `m`. */
export function isReferred(reference: Reference): Sql {
  return reference.kind === 'id' ? sql`m.id = ${reference.id}` : sql`m.vendor_id = ${reference.externalId}`;
}

/** One member, a removed one too. @throws NotFoundError */
export async function readMember(
  db: Db,
  workspaceId: string,
  reference: Reference,
): Promise<ProductMemberResponse> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<{ data: ProductMemberResponse }>`SELECT ${memberDataSql('m', workspace)} AS data FROM member m
      WHERE m.workspace_id = ${workspace} AND ${isReferred(reference)}`,
  );
  const [row] = rows;
  if (row === undefined) throw new NotFoundError('member');
  return row.data;
}

/** Reads a member and keeps others from changing it until the transaction ends; null when there is none. */
export function lockReferred(db: Db, workspaceId: string, reference: Reference): Promise<MemberRow | null> {
  return lockOne(db, workspaceId, isReferred(reference));
}

/** The same for the member who has an address, and is not removed. */
export function lockHolder(db: Db, workspaceId: string, email: string): Promise<MemberRow | null> {
  return lockOne(db, workspaceId, sql`m.email_key = ${emailKeyOf(email)} AND m.status <> 'removed'`);
}

async function lockOne(db: Db, workspaceId: string, condition: Sql): Promise<MemberRow | null> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<MemberRow>`SELECT ${memberSelectList(workspace)} FROM member m
      WHERE m.workspace_id = ${workspace} AND ${condition} FOR UPDATE OF m`,
  );
  return rows[0] ?? null;
}

/** The person of the directory that a member is linked to; null for nobody. */
export async function personOf(db: Db, workspaceId: string, memberId: string): Promise<string | null> {
  const { rows } = await db.run(
    sql<{ id: string }>`SELECT directory_user_id AS id FROM sync_link
      WHERE workspace_id = ${workspaceId} AND member_id = ${memberId}`,
  );
  return rows[0]?.id ?? null;
}
