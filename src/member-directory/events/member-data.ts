import { raw, type Sql } from '../../database/sql.ts';
import { columnName } from '../../database/table/table.ts';
import { roleBecauseText } from '../fields/role-because.ts';
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
 * The link of a member, by an index whatever the planner knows of the table: `OFFSET 0` keeps it from making a join of it.
 */
function linkOf(alias: string): string {
  return `(SELECT directory_user_id, state, updated_at FROM sync_link
    WHERE workspace_id = ${alias}.workspace_id AND member_id = ${alias}.id OFFSET 0) l`;
}

/**
 * MEMBER as the host product sees it, as JSON: the only place that says what it is made of. Events, snapshots and answers
 * are all made with it.
 *
 * @param alias what the statement calls the row of `member`
 * @param version an expression for the version that it shows
 */
export function memberDataSql(alias: string, version = `${alias}.version`): Sql {
  const column = (name: string) => `${alias}.${name}`;
  const values: Record<string, string> = {
    id: column('id'),
    externalId: column('vendor_id'),
    version,
    ...Object.fromEntries(memberFields.map((field) => [field, column(columnName(field))])),
    status: column('status'),
    access: accessSql(alias),
    source: column('source'),
    provisionedFields: column('provisioned_fields'),
    properties: column('properties'),
    managerId: column('manager_id'),
    role: column('role'),
    roleBecause: roleBecauseText(alias),
    heldSince: `CASE WHEN ${alias}.status = 'active' THEN (SELECT ${momentSql('l.updated_at')}
      FROM ${linkOf(alias)} WHERE l.state = 'held') END`,
    idp: `(SELECT json_build_object('externalId', u.external_id, 'userName', u.user_name) FROM ${linkOf(alias)}
      CROSS JOIN LATERAL (SELECT external_id, user_name FROM directory_user
        WHERE workspace_id = ${alias}.workspace_id AND id = l.directory_user_id OFFSET 0) u)`,
    groups: `coalesce((SELECT json_agg(json_build_object('id', g.id, 'name', g.name) ORDER BY g.name, g.id)
      FROM (SELECT group_id FROM member_group_member
        WHERE workspace_id = ${alias}.workspace_id AND member_id = ${alias}.id OFFSET 0) gm
      CROSS JOIN LATERAL (SELECT id, name FROM member_group
        WHERE workspace_id = ${alias}.workspace_id AND id = gm.group_id OFFSET 0) g), '[]')`,
    createdAt: momentSql(column('created_at')),
    updatedAt: momentSql(column('updated_at')),
  };
  return raw(
    `json_build_object(${Object.entries(values)
      .map(([name, value]) => `'${name}', ${value}`)
      .join(', ')})`,
  );
}
