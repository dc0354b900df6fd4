import { json, numbered, type Parameter, parameter, raw, type Sql, sql } from '../../database/sql.ts';
import { type BoundValue, type FilterTarget, filterToSql } from '../../scim-core/filter/sql.ts';
import type { MemberSelection } from '../../scim-core/patch/membership.ts';
import { memberDisplayOf, memberTypeOf, userMeantBy } from '../directory/directory-sql.ts';

/** A member as the identity provider names it. */
export interface MemberInput {
  value: string;
  type?: string;
  display?: string;
}

/**
 * A `SELECT` of the given members, each once, with the user that the value means. Groups are members, too; they may be
 * named by `externalId` like users. A member that has not arrived is kept under the value that was sent, as a pending
 * reference.
 */
export function membersMeantBy(members: readonly MemberInput[], workspaceId: Parameter): Sql {
  return sql`SELECT DISTINCT ON (1) coalesce(u.id::text, g.id::text, i.value) AS value, u.id AS user_id, i.type,
      i.display
    FROM jsonb_to_recordset(${json(members)}::jsonb) AS i(value text, type text, display text)
    LEFT JOIN LATERAL (${userMeantBy('n.id', raw('i.value'), workspaceId)}) u ON i.type IS DISTINCT FROM 'Group'
    LEFT JOIN LATERAL (
      SELECT n.id FROM directory_group n
      WHERE u.id IS NULL AND i.type IS DISTINCT FROM 'User' AND n.workspace_id = ${workspaceId}
        AND n.external_id = i.value
        AND NOT EXISTS (SELECT 1 FROM directory_group d WHERE d.workspace_id = ${workspaceId}
          AND d.id = scim_uuid(i.value))
      ORDER BY n.id LIMIT 1) g ON true
    ORDER BY 1`;
}

/** {@link membersMeantBy} as the expression `incoming`. */
export function incomingMembers(members: readonly MemberInput[], workspaceId: Parameter): Sql {
  return sql`incoming AS (
    ${membersMeantBy(members, workspaceId)})`;
}

/** Membership rows, as a filter inside `members[…]` sees them. */
const memberFilterTarget: FilterTarget = {
  resource: 'NULL::jsonb',
  columns: {
    value: { sql: 'm.value', type: 'text' },
    type: { sql: memberTypeOf('m'), type: 'text' },
    display: { sql: memberDisplayOf('m'), type: 'text' },
  },
  rows: {},
};

/** The condition for the members `m` that an operation selects. */
export function selects(selection: MemberSelection, workspaceId: Parameter): Sql {
  if ('filter' in selection) {
    const bound: BoundValue[] = [];
    return sql`(${numbered(filterToSql(selection.filter, memberFilterTarget, bound), bound)})`;
  }
  const values = parameter(selection.values);
  // Who has arrived is a member under their id; a group that came after its reference, under its `externalId`. A single
  // array of values uses the primary key whatever the size.
  return sql`m.value = ANY(${values}::text[] || ARRAY(
    SELECT u.id::text FROM directory_user u
    WHERE u.workspace_id = ${workspaceId} AND u.external_id = ANY(${values}::text[])
  ) || ARRAY(
    SELECT n.id::text FROM directory_group n
    WHERE n.workspace_id = ${workspaceId} AND n.external_id = ANY(${values}::text[])
  ) || ARRAY(
    SELECT n.external_id FROM directory_group n
    WHERE n.workspace_id = ${workspaceId} AND n.external_id IS NOT NULL
      AND n.id = ANY(ARRAY(SELECT scim_uuid(v) FROM unnest(${values}::text[]) AS v))))`;
}

/** The members that the history entry of an operation names as added or as removed, as texts: what stands in a FROM. */
function namedIn(part: 'added' | 'removed', workspace: Parameter, eventId: string): Sql {
  return sql`jsonb_array_elements_text((
         SELECT changes FROM directory_event WHERE workspace_id = ${workspace} AND id = ${eventId}) #> ${raw(`'{0,${part}}'`)})`;
}

/** Who joined and who left by an operation, as its history entry says. */
export function movedBy(workspace: Parameter, eventId: string): Sql {
  const named = (part: 'added' | 'removed') =>
    sql`${namedIn(part, workspace, eventId)} v
       JOIN directory_user u ON u.workspace_id = ${workspace} AND u.id = scim_uuid(v)`;
  return sql`SELECT u.id AS user_id, false AS has_left FROM ${named('added')}
       UNION ALL SELECT u.id, true FROM ${named('removed')}`;
}

/** The members that an operation has taken out, as its history entry says: a `SELECT` of their values. */
export function removedBy(workspace: Parameter, eventId: string): Sql {
  return sql`SELECT v FROM ${namedIn('removed', workspace, eventId)} v`;
}

/** The name of a group, as patterns are compared with: an expression. */
export function nameKeyOf(workspace: Parameter, group: Parameter): Sql {
  return sql`(SELECT display_name_key FROM directory_group WHERE workspace_id = ${workspace} AND id = ${group})`;
}
