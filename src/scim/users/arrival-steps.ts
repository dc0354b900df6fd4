import { type Parameter, raw, type Sql, sql } from '../../database/sql.ts';

/** A user who is there. Groups may wait for them under their id or their `externalId`. */
export interface Arrival {
  workspaceId: Parameter;
  id: Parameter;
  now: Parameter;
}

/**
 * What makes a user a member of the groups that wait for them, in steps: see `arrivalOf`. The groups are locked before
 * anybody is queued, and their members change last.
 *
 * @param queue how to queue who joins `joinedBy`
 */
export function arrivalSteps(arrival: Arrival, queue: readonly Sql[]): Sql[] {
  const { workspaceId, id, now } = arrival;
  const taken = sql`m.workspace_id = ${workspaceId} AND ${waits('m', arrival)} AND EXISTS (
          SELECT 1 FROM directory_group g
          WHERE g.workspace_id = ${workspaceId} AND g.id = m.group_id AND g.modified_at = ${now})`;
  return [
    sql`UPDATE directory_group g SET version = g.version + 1, modified_at = ${now}
        WHERE g.workspace_id = ${workspaceId} AND g.id IN (
          SELECT m.group_id FROM directory_group_member m WHERE m.workspace_id = ${workspaceId} AND ${waits('m', arrival)})`,
    ...queue,
    // One row of a group stays: that of a member, or the first that waits.
    sql`DELETE FROM directory_group_member m WHERE ${taken} AND m.value <> ${id}::text AND EXISTS (
          SELECT 1 FROM directory_group_member o WHERE o.workspace_id = ${workspaceId} AND o.group_id = m.group_id
            AND (o.value = ${id}::text OR o.value < m.value AND ${waits('o', arrival)}))`,
    sql`UPDATE directory_group_member m SET value = ${id}::text, user_id = ${id}::uuid WHERE ${taken}`,
  ];
}

/** A `SELECT` of `group_id` and `user_id`: the groups that wait for the user, and of which they are no member yet. */
export function joinedBy(arrival: Arrival): Sql {
  const { workspaceId, id } = arrival;
  return sql`SELECT m.group_id, ${id}::uuid AS user_id FROM directory_group_member m
        WHERE m.workspace_id = ${workspaceId} AND ${waits('m', arrival)} AND NOT EXISTS (
          SELECT 1 FROM directory_group_member o WHERE o.workspace_id = ${workspaceId} AND o.group_id = m.group_id
            AND o.value = ${id}::text AND o.user_id IS NOT NULL)`;
}

/** The answer after the steps: the groups that waited, in which the user is now. */
export function groupsThatWaited({ workspaceId, id, now }: Arrival): Sql {
  return sql`SELECT g.id, g.display_name FROM directory_group g
      WHERE g.workspace_id = ${workspaceId} AND g.modified_at = ${now} AND g.id IN (
        SELECT m.group_id FROM directory_group_member m WHERE m.workspace_id = ${workspaceId} AND m.user_id = ${id})
      ORDER BY g.id`;
}

/** Whether a row of members waits for the user. */
function waits(row: string, { workspaceId, id }: Arrival): Sql {
  const [user, type, value] = ['user_id', 'type', 'value'].map((column) => raw(`${row}.${column}`)) as [
    Sql,
    Sql,
    Sql,
  ];
  return sql`${user} IS NULL AND ${type} IS DISTINCT FROM 'Group' AND ${value} IN (${id}::text, (
          SELECT u.external_id FROM directory_user u WHERE u.workspace_id = ${workspaceId} AND u.id = ${id}))`;
}
