import { prepared } from '../../database/prepared-statements.ts';
import type { Queryable } from '../../database/queryable.ts';
import type { FilterTarget } from '../../scim-core/filter/sql.ts';
import { filterToSql } from '../../scim-core/filter/sql.ts';
import type { MemberSelection, MembershipOperation } from '../../scim-core/patch/membership.ts';
import { ScimError } from '../../scim-core/scim-error.ts';
import { memberDisplayOf, memberTypeOf, userMeantBy } from '../directory/directory-sql.ts';

/** A member as the identity provider names it. */
export interface MemberInput {
  value: string;
  type?: string;
  display?: string;
}

/**
 * The expression `incoming`: the given members, each once, with the user that the value means. Groups are members, too;
 * they may be named by `externalId` like users. A member that has not arrived is kept under the value that was sent, as
 * a pending reference.
 *
 * @param members the placeholder of a JSON array of MemberInput
 */
export function incomingMembers(members: string): string {
  return `incoming AS (
    SELECT DISTINCT ON (1) coalesce(u.id::text, g.id::text, i.value) AS value, u.id AS user_id, i.type, i.display
    FROM jsonb_to_recordset(${members}::jsonb) AS i(value text, type text, display text)
    LEFT JOIN LATERAL (${userMeantBy('n.id', 'i.value', '$1')}) u ON i.type IS DISTINCT FROM 'Group'
    LEFT JOIN LATERAL (
      SELECT n.id FROM directory_group n
      WHERE u.id IS NULL AND i.type IS DISTINCT FROM 'User' AND n.workspace_id = $1 AND n.external_id = i.value
        AND NOT EXISTS (SELECT 1 FROM directory_group d WHERE d.workspace_id = $1 AND d.id = scim_uuid(i.value))
      ORDER BY n.id LIMIT 1) g ON true
    ORDER BY 1)`;
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

/**
 * Carries out one membership operation as set arithmetic, together with the group's new version and history entry: one
 * statement, whose cost depends on the change and not on the size of the group. Without a change, the version stays.
 * The group is locked before its members, so that two operations wait for each other instead of deadlocking. Triggers
 * queue the people who join or leave (`sync-queue/triggers.md`).
 *
 * @returns the group's version, or null when there is no such group
 * @throws ScimError `noTarget` when a replacement selects nobody; then nothing is written
 */
export async function applyMembership(
  db: Queryable,
  workspaceId: string,
  groupId: string,
  operation: MembershipOperation,
  event: { id: string; at: Date },
): Promise<string | null> {
  const parameters: unknown[] = [workspaceId, groupId, event.id, event.at];
  const [row] = await db.query<{ version: string; isSelected: boolean }[]>(
    prepared(`WITH target AS (
       SELECT id, version FROM directory_group WHERE workspace_id = $1 AND id = $2 FOR NO KEY UPDATE
     ), ${expressionsOf(operation, parameters)}, bumped AS (
       UPDATE directory_group SET version = version + 1, modified_at = $4
       WHERE workspace_id = $1 AND id = $2 AND (EXISTS (SELECT 1 FROM added) OR EXISTS (SELECT 1 FROM removed))
       RETURNING id, version
     ), event AS (
       INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
       SELECT $1, $3, $4, 'Group', id, 'updated', jsonb_build_array(jsonb_build_object('path', 'members',
         'added', coalesce((SELECT jsonb_agg(value) FROM added), '[]'),
         'removed', coalesce((SELECT jsonb_agg(value) FROM removed), '[]')))
       FROM bumped
     )
     SELECT coalesce(bumped.version, target.version) AS version,
       ${operation.kind === 'replaceWhere' ? 'EXISTS (SELECT 1 FROM selected)' : 'true'} AS "isSelected"
     FROM target LEFT JOIN bumped ON true`),
    parameters,
  );
  if (row?.isSelected === false) throw ScimError.noTarget('The filter selects no member of the group.');
  return row?.version ?? null;
}

const nobody = `SELECT NULL::text AS value WHERE false`;

const insertIncomingIf = (condition: string) => `
  INSERT INTO directory_group_member (workspace_id, group_id, value, user_id, type, display)
  SELECT $1, target.id, i.value, i.user_id, i.type, i.display FROM target, incoming i ${condition}
  ON CONFLICT DO NOTHING RETURNING value`;
const insertIncoming = insertIncomingIf('');

/** Members of the group. The group is locked before the first of them is read. */
const ofTarget = 'm.workspace_id = $1 AND m.group_id = (SELECT id FROM target)';

function expressionsOf(operation: MembershipOperation, parameters: unknown[]): string {
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  switch (operation.kind) {
    case 'add':
      return `${incomingMembers(bind(JSON.stringify(operation.members)))},
        added AS (${insertIncoming}), removed AS (${nobody})`;
    case 'replace':
      return `${incomingMembers(bind(JSON.stringify(operation.members)))},
        added AS (${insertIncoming}), removed AS (
          DELETE FROM directory_group_member m
          WHERE ${ofTarget}
            AND NOT EXISTS (SELECT 1 FROM incoming i WHERE i.value = m.value)
          RETURNING m.value)`;
    case 'remove':
      return `added AS (${nobody}), removed AS (
        DELETE FROM directory_group_member m
        WHERE ${ofTarget} AND ${selects({ values: operation.values }, parameters)} RETURNING m.value)`;
    case 'removeWhere':
      return `added AS (${nobody}), removed AS (
        DELETE FROM directory_group_member m
        WHERE ${ofTarget} AND ${selects(operation, parameters)} RETURNING m.value)`;
    case 'replaceWhere':
      return `${incomingMembers(bind(JSON.stringify(operation.members)))}, selected AS (
          SELECT m.value FROM directory_group_member m
          WHERE ${ofTarget} AND ${selects(operation.selected, parameters)}
        ), added AS (${insertIncomingIf('WHERE EXISTS (SELECT 1 FROM selected)')}), removed AS (
          DELETE FROM directory_group_member m
          WHERE ${ofTarget} AND m.value IN (SELECT value FROM selected)
            AND NOT EXISTS (SELECT 1 FROM incoming i WHERE i.value = m.value)
          RETURNING m.value)`;
  }
}

/** The condition for the members `m` that an operation selects. */
function selects(selection: MemberSelection, parameters: unknown[]): string {
  if ('filter' in selection) return `(${filterToSql(selection.filter, memberFilterTarget, parameters)})`;
  const values = `$${parameters.push(selection.values)}`;
  // Who has arrived is a member under their id; a group that came after its reference, under its `externalId`. A single
  // array of values uses the primary key whatever the size.
  return `m.value = ANY(${values}::text[] || ARRAY(
    SELECT u.id::text FROM directory_user u
    WHERE u.workspace_id = $1 AND u.external_id = ANY(${values}::text[])
  ) || ARRAY(
    SELECT n.id::text FROM directory_group n
    WHERE n.workspace_id = $1 AND n.external_id = ANY(${values}::text[])
  ) || ARRAY(
    SELECT n.external_id FROM directory_group n
    WHERE n.workspace_id = $1 AND n.external_id IS NOT NULL
      AND n.id = ANY(ARRAY(SELECT scim_uuid(v) FROM unnest(${values}::text[]) AS v))))`;
}
