import type { Db } from '../../database/db.ts';
import { nothing, type Parameter, parameter, raw, type Sql, sql } from '../../database/sql.ts';
import type { MembershipOperation } from '../../scim-core/patch/membership.ts';
import { ScimError } from '../../scim-core/scim-error.ts';
import { queueMoved } from '../../sync-queue/queue-regrouped.ts';
import { incomingMembers, movedBy, nameKeyOf, selects } from './membership-parts.ts';
import { membershipSteps } from './membership-steps.ts';

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
      .onOneNodeAlone(workspaceId, { version: 'bigint', isSelected: 'boolean', isLeftOut: 'boolean' }, () =>
        membershipSteps({ workspace, group, operation, eventId: event.id, at }),
      ),
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
  const counted = { id: group, nameKey: nameKeyOf(workspace, group) };
  await db.run(queueMoved(workspace, movedBy(workspace, event.id), counted, parameter(event.at)).prepared());
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
