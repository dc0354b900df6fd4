import { parameter, type Parameter, raw, type Sql, sql } from '../../database/sql.ts';
import type { Reference } from '../../http/endpoint/reference.ts';
import { accessSql } from '../../member-directory/events/member-data.ts';
import type { Access, MemberStatus } from '../../member-directory/members/member-status.ts';
import { emailKeyOf, membersOfIdpId } from '../members/find-members.ts';

/** By what a person is looked for. */
export const checkKeys = ['email', 'memberId', 'externalId', 'idpExternalId'] as const;
export type CheckKey = (typeof checkKeys)[number];

/** Who is asked about. */
export interface Wanted {
  key: CheckKey;
  value: string;
}

/** What is known of the person who was found, as of one event. */
export interface FoundAccess {
  workspaceId: string;
  sequence: string;
  isActiveWorkspace: boolean;
  /** Null: no member. */
  member: FoundMemberAccess | null;
  /** Null: nobody in the directory either, or not looked for. */
  person: FoundPerson | null;
}

export interface FoundMemberAccess {
  id: string;
  externalId: string | null;
  version: number;
  status: MemberStatus;
  access: Access;
  suspendedAt: string | null;
  /** Since when an admin suspends the member; null: none does. */
  suspendedByAdminAt: string | null;
  deactivatedAt: string | null;
  /** The member's person of the directory has left it, or is not active there. */
  hasLeft: boolean;
}

export interface FoundPerson {
  isActive: boolean;
  linkState: 'linked' | 'conflict' | 'held' | 'excluded' | 'suppressed' | 'waiting' | null;
}

/**
 * The statement that finds the workspace, the member, and, where nobody is one, the person of the directory. Each table is
 * read by an index, whatever the statistics say. A member who has the value comes before one whose person in the directory
 * has it; of several, the one with access comes first, then the newest. It answers with no row where there is no workspace.
 *
 * @param asked by its id where the database is distributed: another name of the workspace says on which node it is to nobody
 */
export function findAccess(asked: Reference, wanted: Wanted): Sql<FoundAccess> {
  const id = asked.kind === 'id' ? parameter(asked.id) : null;
  const isAsked = asked.kind === 'id' ? sql`id = ${id}::uuid` : sql`external_id = ${asked.externalId}::text`;
  const workspace = id ?? sql`(SELECT id FROM asked)`;
  const value = parameter(wanted.key === 'email' ? emailKeyOf(wanted.value) : wanted.value);
  const people = peopleOf(workspace, wanted.key, value);
  return sql<FoundAccess>`WITH asked AS MATERIALIZED (
       SELECT id, entitled AND activated_at IS NOT NULL AS is_active FROM workspace WHERE ${isAsked}
     ), people AS MATERIALIZED (
       SELECT u.active, l.state, l.member_id FROM (${people}) u
       LEFT JOIN LATERAL (SELECT state, member_id FROM sync_link
         WHERE workspace_id = ${workspace} AND directory_user_id = u.id OFFSET 0) l ON true
     ), found AS (
       SELECT m.* FROM (SELECT id, 1 AS rank FROM (${membersOf(workspace, wanted.key, value)}) direct
         UNION ALL SELECT member_id, 2 FROM people WHERE member_id IS NOT NULL) ids
       CROSS JOIN LATERAL (SELECT * FROM member WHERE workspace_id = ${workspace} AND id = ids.id OFFSET 0) m
       ORDER BY ids.rank, m.status <> 'active', ${raw(accessSql('m'))} = 'suspended', m.status = 'removed', m.id DESC LIMIT 1
     )
     SELECT asked.id AS "workspaceId", asked.is_active AS "isActiveWorkspace",
       coalesce((SELECT sequence FROM event_head WHERE workspace_id = ${workspace}), 0) AS sequence,
       (SELECT json_build_object('id', m.id, 'externalId', m.vendor_id, 'version', m.version, 'status', m.status,
         'access', ${raw(accessSql('m'))}, 'suspendedAt', m.suspended_at,
         'suspendedByAdminAt', m.suspension ->> 'at', 'deactivatedAt', m.deactivated_at,
         'hasLeft', EXISTS (SELECT FROM sync_link l
           LEFT JOIN directory_user u ON u.workspace_id = ${workspace} AND u.id = l.directory_user_id
           WHERE l.workspace_id = ${workspace} AND l.member_id = m.id AND u.active IS NOT TRUE)) FROM found m) AS member,
       (SELECT json_build_object('isActive', active, 'linkState', state) FROM people
         ORDER BY NOT active LIMIT 1) AS person
     FROM asked`.prepared();
}

/** The workspace that is asked about by another name, by its id. */
export function findWorkspace(externalId: string): Sql<{ id: string }> {
  return sql<{ id: string }>`SELECT id FROM workspace WHERE external_id = ${externalId}::text`.prepared();
}

/** The ids of the members that a value names. */
function membersOf(workspace: Parameter | Sql, key: CheckKey, value: Parameter): Sql {
  switch (key) {
    case 'email':
      return sql`SELECT id FROM member
        WHERE workspace_id = ${workspace} AND email_key = ${value}::text AND status <> 'removed'`;
    case 'memberId':
      return sql`SELECT id FROM member WHERE workspace_id = ${workspace} AND id = ${value}::uuid`;
    case 'externalId':
      return sql`SELECT id FROM member WHERE workspace_id = ${workspace} AND vendor_id = ${value}::text`;
    case 'idpExternalId':
      return membersOfIdpId(workspace, value);
  }
}

/** The people of the directory that a value names: by the user name or an address, or by the provider's id. */
function peopleOf(workspace: Parameter | Sql, key: CheckKey, value: Parameter): Sql {
  switch (key) {
    case 'email':
      return sql`SELECT id, active FROM directory_user
        WHERE workspace_id = ${workspace} AND user_name_key = ${value}::text
        UNION SELECT u.id, u.active FROM (SELECT id, active, workspace_id, resource FROM directory_user
          WHERE email_hashes @> ARRAY[scim_hash(${value}::text)] OFFSET 0) u
        WHERE u.workspace_id = ${workspace} AND EXISTS (
          SELECT FROM jsonb_array_elements(CASE jsonb_typeof(u.resource -> 'emails') WHEN 'array'
            THEN u.resource -> 'emails' ELSE '[]' END) e WHERE scim_fold(e ->> 'value') = ${value}::text)`;
    case 'idpExternalId':
      return sql`SELECT id, active FROM directory_user
        WHERE workspace_id = ${workspace} AND external_id = ${value}::text`;
    default:
      return sql`SELECT NULL::uuid AS id, NULL::boolean AS active WHERE false`;
  }
}
