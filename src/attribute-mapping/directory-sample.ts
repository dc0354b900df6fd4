import type { DataSource } from 'typeorm';
import type { ScimResource } from '../scim-core/resource.ts';

/** Most people in a preview of rules. */
export const directorySampleMax = 20;
/** How many people are looked at for the attributes that they have. */
export const sourceSampleMax = 1_000;

/** The names of a directory user's groups as an SQL expression; `alias` is the user's table in the statement. */
export function groupNamesOf(alias: string): string {
  return `(SELECT array_agg(gn.display_name ORDER BY gn.display_name_key, gn.id)
    FROM directory_group_member gm
    JOIN directory_group gn ON gn.workspace_id = gm.workspace_id AND gn.id = gm.group_id
    WHERE gm.workspace_id = ${alias}.workspace_id AND gm.user_id = ${alias}.id)`;
}

/** A person of the directory, as the identity provider sent him. */
export interface SampledUser {
  id: string;
  userName: string;
  resource: ScimResource;
}

/** The newest active people of the directory, at most `limit`. */
export async function sampleDirectoryUsers(
  dataSource: DataSource,
  workspaceId: string,
  limit: number,
): Promise<SampledUser[]> {
  return dataSource.query<SampledUser[]>(
    `SELECT id, user_name AS "userName", resource FROM directory_user
     WHERE workspace_id = $1 AND active
     ORDER BY created_at DESC, id DESC LIMIT $2`,
    [workspaceId, limit],
  );
}
