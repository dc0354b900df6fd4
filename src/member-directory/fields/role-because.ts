import { raw, type Sql } from '../../database/sql.ts';

/** A directory group because of which somebody has a role. */
export interface RoleGroup {
  groupId: string;
  name: string;
}

/**
 * The groups that give a member their role, by name, as JSON: those that there still are, with the names that they have now.
 *
 * @param alias what the statement calls the row of `member`
 */
export function roleBecauseText(alias: string): string {
  return `CASE WHEN ${alias}.role_groups = '{}' THEN '[]'::json ELSE coalesce((
      SELECT json_agg(json_build_object('groupId', rg.id, 'name', rg.display_name) ORDER BY rg.display_name, rg.id)
      FROM directory_group rg
      WHERE rg.workspace_id = ${alias}.workspace_id AND rg.id = ANY (${alias}.role_groups::uuid[])), '[]') END`;
}

/** {@link roleBecauseText} as a part of a statement. */
export function roleBecauseSql(alias: string): Sql {
  return raw(roleBecauseText(alias));
}
