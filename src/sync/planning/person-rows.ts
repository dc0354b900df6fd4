import { groupNamesOf } from '../../attribute-mapping/sample/directory-sample.ts';
import type { MappedMember, MappingProblem } from '../../attribute-mapping/mapping/map-attributes.ts';
import { Work } from '../../attribute-mapping/rule/work.ts';
import { newId } from '../../database/ids.ts';
import { arrayLiteral } from '../../database/row-arrays.ts';
import { parameter, type Sql, sql } from '../../database/sql.ts';
import { memberJson } from '../../member-directory/members/member-parts.ts';
import { costlyRoleCode, type RoleWish } from '../../role-mapping/rule/role-wish.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
import type { LinkState, MemberState, Person } from '../decision/person.ts';
import { roleField } from '../decision/roles.ts';
import type { SyncPolicy } from '../policy/sync-policy.ts';
import { linkJson } from './link-json.ts';

/** A person as the directory, their link and their member have them. */
export interface PersonRow {
  id: string;
  user_id: string | null;
  external_id: string | null;
  user_name: string;
  active: boolean;
  version: string;
  resource: ScimResource;
  link: LinkState | null;
  member: MemberState | null;
  id_taken: boolean;
  has_heir: boolean;
  groups: string[] | null;
  /** The ids of the directory groups that they are in and that give roles. */
  role_groups: string[] | null;
  /** Whether anybody was erased in the workspace; the same for all. */
  has_erased: boolean;
}

const personTypes: Record<keyof PersonRow, string> = {
  id: 'uuid',
  user_id: 'uuid',
  external_id: 'text',
  user_name: 'text',
  active: 'boolean',
  version: 'bigint',
  resource: 'jsonb',
  link: 'json',
  member: 'json',
  id_taken: 'boolean',
  has_heir: 'boolean',
  groups: 'text[]',
  role_groups: 'uuid[]',
  has_erased: 'boolean',
};

/**
 * Reads the rows of these people. `OFFSET 0` makes each step an index lookup per row: in the first run of a large company
 * the planner's statistics still report no members, and it would read them all for every batch.
 */
export function peopleStatement(
  workspaceId: string,
  ids: readonly string[],
  { readsGroups, roles }: SyncPolicy,
): Sql<PersonRow> {
  const workspace = parameter(workspaceId);
  const roleGroups = parameter(roles?.groupIds ?? []);
  return sql<PersonRow>`
  SELECT p.id, u.id AS user_id, u.external_id, u.user_name, u.active, u.version, u.resource,
    CASE WHEN l.workspace_id IS NOT NULL THEN ${linkJson('l')} END AS link,
    CASE WHEN m.id IS NOT NULL THEN ${memberJson('m')} END AS member,
    l.member_id IS NULL
      AND (SELECT o.id FROM member o WHERE o.workspace_id = ${workspace}
        AND o.id = p.id) IS NOT NULL AS id_taken,
    CASE WHEN u.id IS NULL AND l.external_id IS NOT NULL THEN coalesce((
      SELECT true FROM (SELECT id FROM directory_user
        WHERE workspace_id = ${workspace} AND external_id = l.external_id AND active OFFSET 0) h
      WHERE NOT coalesce((SELECT hl.member_id IS NOT NULL OR hl.state IN ('excluded', 'suppressed')
        FROM sync_link hl
        WHERE hl.workspace_id = ${workspace} AND hl.directory_user_id = h.id), false) LIMIT 1), false)
      ELSE false END AS has_heir,
    CASE WHEN ${readsGroups}::boolean THEN ${groupNamesOf('u', workspace)} END AS groups,
    (SELECT array_agg(rg.group_id ORDER BY rg.group_id) FROM directory_group_member rg
      WHERE rg.workspace_id = ${workspace} AND rg.user_id = u.id AND rg.group_id = ANY (${roleGroups}::uuid[]))
      AS role_groups,
    (SELECT true FROM erasure_salt WHERE workspace_id = ${workspace}) IS TRUE AS has_erased
  FROM unnest(${arrayLiteral(ids)}::uuid[]) AS p(id)
  LEFT JOIN LATERAL (
    SELECT * FROM directory_user WHERE workspace_id = ${workspace} AND id = p.id OFFSET 0) u ON true
  LEFT JOIN LATERAL (
    SELECT * FROM sync_link WHERE workspace_id = ${workspace} AND directory_user_id = p.id OFFSET 0) l ON true
  LEFT JOIN LATERAL (
    SELECT * FROM member WHERE workspace_id = ${workspace} AND id = l.member_id OFFSET 0) m ON true
  ORDER BY p.id`.onOneNode(workspaceId, personTypes);
}

/** The person of a row, mapped by the rules; what other statements read is still missing. And what the rules cost. */
export function toPerson(row: PersonRow, policy: SyncPolicy): { person: Person; workUnits: number } {
  const isThere = row.user_id !== null && row.active;
  const work = new Work();
  const wish = (isThere && policy.roles?.wishFor(row.resource, row.role_groups ?? [], work)) || null;
  const lacksRole = wish?.leaves === true;
  const made: MappedMember | null = isThere && !lacksRole ? policy.map(row.resource, row.groups ?? []) : null;
  const workUnits = work.spentUnits + (made?.workUnits ?? 0);
  const problems = [...(made?.problems ?? []), ...problemsOfRoles(wish)];
  const mapped = made && { ...made, problems, workUnits };
  const person: Person = {
    directoryUserId: row.id,
    directoryUser:
      row.user_id === null
        ? null
        : {
            id: row.user_id,
            externalId: row.external_id,
            userName: row.user_name,
            active: row.active && !lacksRole,
            version: row.version,
            resource: row.resource,
            lacksRole,
          },
    link: row.link,
    member: row.member,
    returners: [],
    former: null,
    hasHeir: row.has_heir,
    mapped,
    emailHolder: null,
    manager: { kind: 'unmapped' },
    references: {},
    groups: null,
    roleWish: lacksRole ? null : wish,
    roleFor: null,
    roleGroupNames: policy.roles?.groupNames ?? noNames,
    erasedAt: null,
    newMemberId: row.id_taken ? newId() : row.id,
  };
  return { person, workUnits };
}

/** Rules about roles, too costly for somebody, that their page names; the notes of a run name all. */
const costlyNamedMax = 10;

/** What somebody's page says of rules about roles that were too costly for them. */
function problemsOfRoles(wish: RoleWish | null): MappingProblem[] {
  return (wish?.costly ?? []).slice(0, costlyNamedMax).map(({ rule, source }) => ({
    target: roleField,
    code: costlyRoleCode,
    params: { rule, source },
  }));
}

const noNames: ReadonlyMap<string, string> = new Map();
