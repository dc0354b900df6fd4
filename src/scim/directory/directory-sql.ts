import { because, queueRow } from '../../sync-queue/enqueue.ts';

/**
 * A statement for the user whom a reference means, wherever one stands, in SCIM and for synchronization: by our id, else
 * by `externalId`; of several with one `externalId`, an active one, the eldest.
 *
 * @param columns what to select of him, as `n`
 * @param reference the expression of the text
 * @param workspaceId the expression of the workspace's id
 */
export function userMeantBy(columns: string, reference: string, workspaceId: string): string {
  // One lookup as a rule: `coalesce` goes on only to what it needs. `LIMIT` keeps it a lookup for each reference, where
  // the planner would rather read everybody.
  return `
    SELECT ${columns} FROM directory_user n
    WHERE n.workspace_id = ${workspaceId} AND n.id = coalesce(
      (SELECT id FROM directory_user WHERE workspace_id = ${workspaceId} AND id = scim_uuid(${reference})),
      (SELECT id FROM directory_user WHERE workspace_id = ${workspaceId} AND external_id = ${reference}
       ORDER BY active DESC, id LIMIT 1)) LIMIT 1`;
}

/**
 * A statement for the group that a membership row names. For the row of a user nothing is looked up.
 *
 * @param columns what to select of it, as `n`
 * @param row the alias of the row
 */
export function groupNamedBy(columns: string, row: string): string {
  return `SELECT ${columns} FROM directory_group n
    WHERE ${row}.user_id IS NULL AND n.workspace_id = ${row}.workspace_id AND n.id = scim_uuid(${row}.value)`;
}

/** The type of a member, whatever was said of it: that of the group whose id it is, where there is one. */
export function memberTypeOf(row: string): string {
  return `CASE WHEN EXISTS (${groupNamedBy('1', row)}) THEN 'Group' ELSE coalesce(${row}.type, 'User') END`;
}

/** What a member is called, as it is shown: a group by its present name, a user as the client said or is called. */
export function memberDisplayOf(row: string): string {
  return `coalesce(
    (${groupNamedBy('n.display_name', row)}),
    ${row}.display,
    (SELECT mu.resource->>'displayName' FROM directory_user mu
     WHERE mu.workspace_id = ${row}.workspace_id AND mu.id = ${row}.user_id))`;
}

/**
 * Common table expressions for the arrival of a user: references to him that were waiting, by the `externalId` that
 * an identity provider may use where our id belongs, become memberships of his.
 *
 * @param user the name of the expression that returns his `workspace_id`, `id` and `external_id`
 * @param now the placeholder of the time
 */
export function arrivalOf(user: string, now: string): string {
  return `
  waiting AS (
    DELETE FROM directory_group_member m USING ${user} a
    WHERE m.workspace_id = a.workspace_id AND m.user_id IS NULL AND m.value IN (a.external_id, a.id::text)
    RETURNING m.group_id, m.type, m.display
  ), arrived AS (
    INSERT INTO directory_group_member (workspace_id, group_id, value, user_id, type, display)
    SELECT DISTINCT ON (w.group_id) a.workspace_id, w.group_id, a.id::text, a.id, w.type, w.display
    FROM waiting w, ${user} a
    ON CONFLICT DO NOTHING
  ), resolved AS (
    UPDATE directory_group g SET version = g.version + 1, modified_at = ${now}
    FROM ${user} a WHERE g.workspace_id = a.workspace_id AND g.id IN (SELECT group_id FROM waiting)
    RETURNING g.id, g.display_name
  )`;
}

/**
 * Queue rows of the users whose manager reference names the user of the given expression: their members' manager may
 * change.
 */
export function reportsOf(user: string, now: string): string {
  return `
    SELECT ${queueRow({ workspace: 'r.workspace_id', person: 'r.id', cause: because('manager'), dueAt: now })}
    FROM directory_user r, ${user} m
    WHERE r.workspace_id = m.workspace_id AND r.id <> m.id AND r.manager_value IN (m.id::text, m.external_id)`;
}
