import type { Db } from '../database/db.ts';
import { parameter, sql } from '../database/sql.ts';
import { NotFoundError } from '../errors/domain-errors.ts';
import type { Reference } from '../http/endpoint/reference.ts';
import { foldCase } from '../scim-core/fold.ts';

/**
 * A person, as the tables know them: the member, if they became one, and everybody that they are or were in the directory.
 *
 * @property userIds the ids of their directory users, those of the past included
 * @property emails their addresses, folded
 * @property externalIds what the identity provider called them
 */
export interface KnownPerson {
  workspaceId: string;
  memberId: string | null;
  userIds: readonly string[];
  emails: readonly string[];
  externalIds: readonly string[];
}

/** How somebody is named: as a member, or as a user of the directory. */
export type Named = { member: Reference } | { directoryUserId: string };

/**
 * Finds a person. Of the directory users that their member had in the past, those are theirs that are gone and belong to no
 * other member.
 *
 * @throws NotFoundError
 */
export async function findPerson(db: Db, workspaceId: string, named: Named): Promise<KnownPerson> {
  const memberId = await memberIdOf(db, workspaceId, named);
  if (memberId === null && 'member' in named) throw new NotFoundError('member');
  const workspace = parameter(workspaceId);
  const id = parameter(memberId);
  const { rows } = await db.run(sql<{ id: string }>`
    SELECT directory_user_id AS id FROM sync_link WHERE workspace_id = ${workspace} AND member_id = ${id}::uuid
    UNION SELECT c.directory_user_id FROM sync_change c WHERE c.workspace_id = ${workspace} AND c.member_id = ${id}::uuid
      AND NOT EXISTS (SELECT FROM directory_user u WHERE u.workspace_id = ${workspace} AND u.id = c.directory_user_id)
      AND NOT EXISTS (SELECT FROM sync_link l WHERE l.workspace_id = ${workspace}
        AND l.directory_user_id = c.directory_user_id AND l.member_id IS DISTINCT FROM ${id}::uuid)`);
  const asked = 'directoryUserId' in named ? [named.directoryUserId.toLowerCase()] : [];
  const userIds = [...new Set([...asked, ...rows.map((row) => row.id)])].sort();
  if (memberId === null) await requireTraces(db, workspaceId, userIds);
  return { workspaceId, memberId, userIds, ...(await namesOf(db, workspaceId, memberId, userIds)) };
}

async function memberIdOf(db: Db, workspaceId: string, named: Named): Promise<string | null> {
  const condition =
    'directoryUserId' in named
      ? sql`id = (SELECT member_id FROM sync_link WHERE workspace_id = ${workspaceId}
          AND directory_user_id = ${named.directoryUserId})`
      : named.member.kind === 'id'
        ? sql`id = ${named.member.id}`
        : sql`vendor_id = ${named.member.externalId}`;
  const { rows } = await db.run(
    sql<{ id: string }>`SELECT id FROM member WHERE workspace_id = ${workspaceId} AND ${condition}`,
  );
  return rows[0]?.id ?? null;
}

/** @throws NotFoundError when neither the directory nor its history knows them */
async function requireTraces(db: Db, workspaceId: string, userIds: readonly string[]): Promise<void> {
  const workspace = parameter(workspaceId);
  const ids = parameter([...userIds]);
  const { rows } = await db.run(sql<{ known: boolean }>`SELECT
    EXISTS (SELECT FROM directory_user WHERE workspace_id = ${workspace} AND id = ANY (${ids}::uuid[]))
    OR EXISTS (SELECT FROM directory_event WHERE workspace_id = ${workspace} AND resource_id = ANY (${ids}::uuid[])
      AND resource_type = 'User')
    OR EXISTS (SELECT FROM sync_link WHERE workspace_id = ${workspace} AND directory_user_id = ANY (${ids}::uuid[]))
    AS known`);
  if (rows[0]?.known !== true) throw new NotFoundError('directory user');
}

async function namesOf(
  db: Db,
  workspaceId: string,
  memberId: string | null,
  userIds: readonly string[],
): Promise<{ emails: string[]; externalIds: string[] }> {
  const workspace = parameter(workspaceId);
  const ids = parameter([...userIds]);
  const { rows } = await db.run(sql<{ email: string | null; externalId: string | null }>`
    SELECT m.email, m.external_id AS "externalId" FROM member m
      WHERE m.workspace_id = ${workspace} AND m.id = ${memberId}::uuid
    UNION SELECT e.value ->> 'value', u.external_id FROM directory_user u
      LEFT JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(u.resource -> 'emails')
        WHEN 'array' THEN u.resource -> 'emails' ELSE '[]' END) e ON true
      WHERE u.workspace_id = ${workspace} AND u.id = ANY (${ids}::uuid[])
    UNION SELECT NULL, l.external_id FROM sync_link l
      WHERE l.workspace_id = ${workspace} AND l.directory_user_id = ANY (${ids}::uuid[])`);
  return {
    emails: [...new Set(rows.flatMap(({ email }) => (email ? [foldCase(email)] : [])))],
    externalIds: [...new Set(rows.flatMap(({ externalId }) => externalId ?? []))],
  };
}
