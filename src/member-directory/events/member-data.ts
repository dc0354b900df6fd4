import { list, type Parameter, raw, type Sql, sql } from '../../database/sql.ts';
import { columnName } from '../../database/table/table.ts';
import { roleBecauseSql } from '../fields/role-because.ts';
import { memberFields } from '../fields/member-field.ts';

/** A moment as the HTTP contract writes it: RFC 3339 in UTC, in milliseconds. */
export function momentSql(moment: string): string {
  return `to_char(${moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/**
 * What a member may do in the product, whatever their status: a removal that is held suspends access, and so does an admin.
 */
export function accessSql(alias: string): string {
  return `CASE WHEN ${alias}.status <> 'active' THEN 'ended' WHEN ${alias}.suspended_at IS NOT NULL OR ${alias}.suspension IS NOT NULL THEN 'suspended' ELSE 'granted' END`;
}

/**
 * MEMBER as the host product sees it, as JSON: the only place that says what it is made of. Events, snapshots and answers
 * are all made with it.
 *
 * It is a row that becomes JSON at once: with `json_build_object`, PostgreSQL looks up for each value of each member how its
 * type is written. The link is read once, by an index whatever the planner knows of the table: `OFFSET 0` keeps it from making
 * a join of it.
 *
 * @param alias what the statement calls the row of `member`
 * @param workspace of the member
 * @param version an expression for the version that it shows
 */
export function memberDataSql(alias: string, workspace: Parameter, version = `${alias}.version`): Sql {
  const column = (name: string) => raw(`${alias}.${name}`);
  const values: Record<string, Sql> = {
    id: column('id'),
    externalId: column('vendor_id'),
    version: raw(version),
    ...Object.fromEntries(memberFields.map((field) => [field, column(columnName(field))])),
    status: column('status'),
    access: raw(accessSql(alias)),
    source: column('source'),
    provisionedFields: column('provisioned_fields'),
    properties: column('properties'),
    managerId: column('manager_id'),
    role: column('role'),
    roleBecause: roleBecauseSql(alias, workspace),
    heldSince: raw(
      `CASE WHEN ${alias}.status = 'active' AND l.state = 'held' THEN ${momentSql('l.updated_at')} END`,
    ),
    idp: raw(
      `CASE WHEN l.user_id IS NOT NULL THEN json_build_object('externalId', l.external_id, 'userName', l.user_name) END`,
    ),
    groups: sql`coalesce((SELECT json_agg(json_build_object('id', g.id, 'name', g.name) ORDER BY g.name, g.id)
      FROM (SELECT group_id FROM member_group_member
        WHERE workspace_id = ${workspace} AND member_id = ${column('id')} OFFSET 0) gm
      CROSS JOIN LATERAL (SELECT id, name FROM member_group
        WHERE workspace_id = ${workspace} AND id = gm.group_id OFFSET 0) g), '[]')`,
    createdAt: raw(momentSql(`${alias}.created_at`)),
    updatedAt: raw(momentSql(`${alias}.updated_at`)),
  };
  const columns = Object.entries(values).map(([name, value]) => sql`${value} AS ${raw(`"${name}"`)}`);
  return sql`(SELECT row_to_json(d) FROM (
    SELECT ${list(columns)} FROM (SELECT 1) one LEFT JOIN (
      SELECT s.state, s.updated_at, u.id AS user_id, u.external_id, u.user_name FROM (
        SELECT directory_user_id, state, updated_at FROM sync_link
        WHERE workspace_id = ${workspace} AND member_id = ${column('id')} OFFSET 0) s
      LEFT JOIN LATERAL (
        SELECT id, external_id, user_name FROM directory_user
        WHERE workspace_id = ${workspace} AND id = s.directory_user_id OFFSET 0) u ON true) l ON true) d)`;
}
