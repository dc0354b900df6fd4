import type { Db } from '../../database/db.ts';
import {
  json,
  nothing,
  numbered,
  type Parameter,
  parameter,
  raw,
  type Sql,
  sql,
} from '../../database/sql.ts';
import { type BoundValue, type FilterTarget, filterToSql } from '../../scim-core/filter/sql.ts';
import type { MemberSelection, MembershipOperation } from '../../scim-core/patch/membership.ts';
import { ScimError } from '../../scim-core/scim-error.ts';
import { queueMoved } from '../../sync-queue/queue-regrouped.ts';
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
 */
export function incomingMembers(members: readonly MemberInput[], workspaceId: Parameter): Sql {
  return sql`incoming AS (
    SELECT DISTINCT ON (1) coalesce(u.id::text, g.id::text, i.value) AS value, u.id AS user_id, i.type,
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
 * The group is locked before its members, so that two operations wait for each other instead of deadlocking. The people
 * who join or leave are queued: by the same statement, or by another one where the group did not count when it began.
 *
 * @returns the group's version, or null when there is no such group
 * @throws ScimError `noTarget` when a replacement selects nobody; then nothing is written
 */
export async function applyMembership(
  db: Db,
  workspaceId: string,
  groupId: string,
  operation: MembershipOperation,
  event: { id: string; at: Date },
): Promise<string | null> {
  const workspace = parameter(workspaceId);
  const group = parameter(groupId);
  const at = parameter(event.at);
  const isSelected = operation.kind === 'replaceWhere' ? sql`EXISTS (SELECT 1 FROM selected)` : sql`true`;
  const { rows } = await db.run(
    sql<{ version: string; isSelected: boolean; isLeftOut: boolean }>`WITH target AS (
       SELECT id, version, display_name_key FROM directory_group WHERE workspace_id = ${workspace}
         AND id = ${group} FOR NO KEY UPDATE
     ), ${expressionsOf(operation, workspace)}, bumped AS (
       UPDATE directory_group SET version = version + 1, modified_at = ${at}
       WHERE workspace_id = ${workspace} AND id = ${group}
         AND (EXISTS (SELECT 1 FROM added) OR EXISTS (SELECT 1 FROM removed))
       RETURNING id, version
     ), event AS (
       INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
       SELECT ${workspace}, ${event.id}, ${at}, 'Group', id, 'updated',
         jsonb_build_array(jsonb_build_object('path', 'members',
         'added', coalesce((SELECT jsonb_agg(value) FROM added), '[]'),
         'removed', coalesce((SELECT jsonb_agg(value) FROM removed), '[]')))
       FROM bumped
     ), queued AS (
       ${queueMoved(workspace, moved, { id: group, nameKey: raw('(SELECT display_name_key FROM target)') }, at)}
       RETURNING directory_user_id
     )
     SELECT coalesce(bumped.version, target.version) AS version, ${isSelected} AS "isSelected",
       EXISTS (SELECT 1 FROM (${moved}) p WHERE p.user_id IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM queued) AS "isLeftOut"
     FROM target LEFT JOIN bumped ON true`
      .prepared()
      .onOneNodeAlone(workspaceId, { version: 'bigint', isSelected: 'boolean', isLeftOut: 'boolean' }),
  );
  const [row] = rows;
  if (row?.isSelected === false) throw ScimError.noTarget('The filter selects no member of the group.');
  if (row?.isLeftOut === true) await queueLeftOut(db, workspaceId, groupId, event);
  return row?.version ?? null;
}

/**
 * Queues who joined or left a group, if it counts by now. The operation may have waited for the group, and it knows choices
 * and rules as they were before: an admin who has picked the group meanwhile did not find these people in it.
 *
 * @param event the history entry of the operation, which names them
 */
async function queueLeftOut(
  db: Db,
  workspaceId: string,
  groupId: string,
  event: { id: string; at: Date },
): Promise<void> {
  const workspace = parameter(workspaceId);
  const group = parameter(groupId);
  const namedIn = (part: string) => sql`jsonb_array_elements_text((
         SELECT changes FROM directory_event WHERE workspace_id = ${workspace} AND id = ${event.id}) #> ${raw(`'{0,${part}}'`)}) v
       JOIN directory_user u ON u.workspace_id = ${workspace} AND u.id = scim_uuid(v)`;
  const named = sql`SELECT u.id AS user_id, false AS has_left FROM ${namedIn('added')}
       UNION ALL SELECT u.id, true FROM ${namedIn('removed')}`;
  const nameKey = sql`(SELECT display_name_key FROM directory_group WHERE workspace_id = ${workspace} AND id = ${group})`;
  await db.run(queueMoved(workspace, named, { id: group, nameKey }, parameter(event.at)).prepared());
}

/** Who joins and who leaves. */
const moved = raw('SELECT user_id, false AS has_left FROM added UNION ALL SELECT user_id, true FROM removed');

const nobody = sql`SELECT NULL::text AS value, NULL::uuid AS user_id WHERE false`;

/** Adds the members of `incoming`. @param condition a WHERE, or nothing */
const insertIncoming = (workspaceId: Parameter, condition: Sql = nothing) => sql`
  INSERT INTO directory_group_member (workspace_id, group_id, value, user_id, type, display)
  SELECT ${workspaceId}, target.id, i.value, i.user_id, i.type, i.display FROM target, incoming i ${condition}
  ON CONFLICT DO NOTHING RETURNING value, user_id`;

/** Members of the group. The group is locked before the first of them is read. */
const ofTarget = (workspaceId: Parameter) =>
  sql`m.workspace_id = ${workspaceId} AND m.group_id = (SELECT id FROM target)`;

/** The expressions `added` and `removed`: the members that an operation adds and takes out. */
function expressionsOf(operation: MembershipOperation, workspaceId: Parameter): Sql {
  switch (operation.kind) {
    case 'add':
      return sql`${incomingMembers(operation.members, workspaceId)},
        added AS (${insertIncoming(workspaceId)}), removed AS (${nobody})`;
    case 'replace':
      return sql`${incomingMembers(operation.members, workspaceId)},
        added AS (${insertIncoming(workspaceId)}), removed AS (
          DELETE FROM directory_group_member m
          WHERE ${ofTarget(workspaceId)}
            AND NOT EXISTS (SELECT 1 FROM incoming i WHERE i.value = m.value)
          RETURNING m.value, m.user_id)`;
    case 'remove':
      return removal(selects({ values: operation.values }, workspaceId), workspaceId);
    case 'removeWhere':
      return removal(selects(operation, workspaceId), workspaceId);
    case 'replaceWhere':
      return sql`${incomingMembers(operation.members, workspaceId)}, selected AS (
          SELECT m.value FROM directory_group_member m
          WHERE ${ofTarget(workspaceId)} AND ${selects(operation.selected, workspaceId)}
        ), added AS (
          ${insertIncoming(workspaceId, sql`WHERE EXISTS (SELECT 1 FROM selected)`)}
        ), removed AS (
          DELETE FROM directory_group_member m
          WHERE ${ofTarget(workspaceId)} AND m.value IN (SELECT value FROM selected)
            AND NOT EXISTS (SELECT 1 FROM incoming i WHERE i.value = m.value)
          RETURNING m.value, m.user_id)`;
  }
}

function removal(selected: Sql, workspaceId: Parameter): Sql {
  return sql`added AS (${nobody}), removed AS (
        DELETE FROM directory_group_member m
        WHERE ${ofTarget(workspaceId)} AND ${selected} RETURNING m.value, m.user_id)`;
}

/** The condition for the members `m` that an operation selects. */
function selects(selection: MemberSelection, workspaceId: Parameter): Sql {
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
