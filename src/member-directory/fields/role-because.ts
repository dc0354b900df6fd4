import { type Parameter, raw, type Sql, sql } from '../../database/sql.ts';

/** A directory group because of which somebody has a role. */
export interface RoleGroup {
  groupId: string;
  name: string;
}

/**
 * The groups that give a member their role, by name, as JSON: those that there still are, with the names that they have now.
 *
 * @param alias what the statement calls the row of `member`
 * @param workspace of the member, or an expression for it
 */
export function roleBecauseSql(
  alias: string,
  workspace: Parameter | Sql = raw(`${alias}.workspace_id`),
): Sql {
  const groups = raw(`${alias}.role_groups`);
  return sql`CASE WHEN ${groups} = '{}' THEN '[]'::json ELSE coalesce((
      SELECT json_agg(json_build_object('groupId', rg.id, 'name', rg.display_name) ORDER BY rg.display_name, rg.id)
      FROM directory_group rg
      WHERE rg.workspace_id = ${workspace} AND rg.id = ANY (${groups}::uuid[])), '[]') END`;
}
