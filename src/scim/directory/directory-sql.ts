import { nothing, type Parameter, raw, type Sql, sql } from '../../database/sql.ts';
import { because, queueRow } from '../../sync-queue/enqueue.ts';

/**
 * A statement for the user that a reference means, in SCIM and in synchronization alike: by our id, else by
 * `externalId`. If several share an `externalId`, it is the oldest active one.
 *
 * @param columns what to select, from `n`
 * @param reference the text, or the expression of it
 * @param workspaceId the workspace's id, or the expression of it
 */
export function userMeantBy(columns: string, reference: Sql | Parameter, workspaceId: Sql | Parameter): Sql {
  // Usually one lookup: `coalesce` evaluates only what it needs. `LIMIT` keeps it a lookup per reference, where the
  // planner would otherwise read everybody.
  return sql`
    SELECT ${raw(columns)} FROM directory_user n
    WHERE n.workspace_id = ${workspaceId} AND n.id = coalesce(
      (SELECT id FROM directory_user WHERE workspace_id = ${workspaceId} AND id = scim_uuid(${reference})),
      (SELECT id FROM directory_user WHERE workspace_id = ${workspaceId} AND external_id = ${reference}
       ORDER BY active DESC, id LIMIT 1)) LIMIT 1`;
}

/**
 * A statement for the group that a membership row names: by our id, else by `externalId`, the eldest if several share
 * it. For the row of a user, nothing is looked up.
 *
 * @param columns what to select, from `n`
 * @param row the alias of the row
 */
export function groupNamedBy(columns: string, row: string): string {
  return `SELECT ${columns} FROM directory_group n
    WHERE ${row}.user_id IS NULL AND n.workspace_id = ${row}.workspace_id AND n.id = coalesce(
      (SELECT id FROM directory_group WHERE workspace_id = ${row}.workspace_id AND id = scim_uuid(${row}.value)),
      (SELECT id FROM directory_group WHERE workspace_id = ${row}.workspace_id AND external_id = ${row}.value
       AND ${row}.type IS DISTINCT FROM 'User' ORDER BY id LIMIT 1))`;
}

/** {@link groupNamedBy} with the workspace as a parameter, so that a database that is distributed by it asks one node. */
export function groupNamedIn(columns: string, row: string, workspace: Parameter): Sql {
  const [value, type] = [raw(`${row}.value`), raw(`${row}.type`)];
  return sql`SELECT ${raw(columns)} FROM directory_group n
    WHERE ${raw(row)}.user_id IS NULL AND n.workspace_id = ${workspace} AND n.id = coalesce(
      (SELECT id FROM directory_group WHERE workspace_id = ${workspace} AND id = scim_uuid(${value})),
      (SELECT id FROM directory_group WHERE workspace_id = ${workspace} AND external_id = ${value}
       AND ${type} IS DISTINCT FROM 'User' ORDER BY id LIMIT 1))`;
}

/** The type of a member, whatever the client said: `Group` if it names a group. */
export function memberTypeOf(row: string): string {
  return `CASE WHEN EXISTS (${groupNamedBy('1', row)}) THEN 'Group' ELSE coalesce(${row}.type, 'User') END`;
}

/** The shown name of a member: a group's present name; for a user, the client's text or else the user's name. */
export function memberDisplayOf(row: string): string {
  return `coalesce(
    (${groupNamedBy('n.display_name', row)}),
    ${row}.display,
    (SELECT mu.resource->>'displayName' FROM directory_user mu
     WHERE mu.workspace_id = ${row}.workspace_id AND mu.id = ${row}.user_id))`;
}

/**
 * Common table expressions for the arrival of a user: pending references to them become memberships. Some identity
 * providers refer to users by `externalId` in place of our id.
 *
 * @param user the name of the expression that returns the user's `id` and `external_id`
 * @param now the time from the injected clock
 */
export function arrivalOf(user: string, workspaceId: Parameter, now: Sql | Parameter | Date): Sql {
  const arrived = raw(user);
  return sql`
  waiting AS (
    DELETE FROM directory_group_member m USING ${arrived} a
    WHERE m.workspace_id = ${workspaceId} AND m.user_id IS NULL AND m.value IN (a.external_id, a.id::text)
      AND m.type IS DISTINCT FROM 'Group'
    RETURNING m.group_id, m.type, m.display
  ), arrived AS (
    INSERT INTO directory_group_member (workspace_id, group_id, value, user_id, type, display)
    SELECT DISTINCT ON (w.group_id) ${workspaceId}, w.group_id, a.id::text, a.id, w.type, w.display
    FROM waiting w, ${arrived} a
    ON CONFLICT DO NOTHING RETURNING group_id, user_id
  ), resolved AS (
    UPDATE directory_group g SET version = g.version + 1, modified_at = ${now}
    WHERE g.workspace_id = ${workspaceId} AND g.id IN (SELECT group_id FROM waiting)
    RETURNING g.id, g.display_name
  )`;
}

/**
 * Queue rows of the users whose manager reference names the user of the given expression: their members' manager may
 * change.
 *
 * @param more what stands behind each row
 */
export function reportsOf(
  user: string,
  workspace: Parameter,
  now: Sql | Parameter | Date,
  more = nothing,
): Sql {
  return sql`
    SELECT ${queueRow({ workspace, person: 'r.id', cause: because('manager'), dueAt: now })}${more}
    FROM directory_user r, ${raw(user)} m
    WHERE r.workspace_id = ${workspace} AND r.id <> m.id AND r.manager_value IN (m.id::text, m.external_id)`;
}
