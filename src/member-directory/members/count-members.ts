import type { Db } from '../../database/db.ts';
import { type Parameter, parameter, type Sql, sql } from '../../database/sql.ts';

/**
 * How many members a workspace has of any status. Here and below, indexes alone answer: the key, and one of those who are not
 * active. To read the rows of a large workspace takes ten times as long.
 */
function membersOfAnyStatus(workspace: Parameter): Sql {
  return sql`(SELECT count(*) FROM member WHERE workspace_id = ${workspace})`;
}

/** How many members are active, as an expression. */
export function activeMembers(workspace: Parameter): Sql {
  return sql`(${membersOfAnyStatus(workspace)}
    - (SELECT count(*) FROM member WHERE workspace_id = ${workspace} AND status <> 'active'))`;
}

/** How many members are deactivated, as an expression. */
export function deactivatedMembers(workspace: Parameter): Sql {
  return sql`(SELECT count(*) FROM member WHERE workspace_id = ${workspace} AND status = 'deactivated')`;
}

/** How many members were removed and are not forgotten yet, as an expression. */
export function removedMembers(workspace: Parameter): Sql {
  return sql`(SELECT count(*) FROM member WHERE workspace_id = ${workspace} AND status = 'removed')`;
}

/** How many members there are, deactivated ones too, but not removed ones, as an expression. */
export function membersNotRemoved(workspace: Parameter): Sql {
  return sql`(${membersOfAnyStatus(workspace)} - ${removedMembers(workspace)})`;
}

/** How many members a workspace has, deactivated ones too, but not removed ones. */
export async function countMembers(db: Db, workspaceId: string): Promise<number> {
  const { rows } = await db.run(
    sql<{ count: number }>`SELECT ${membersNotRemoved(parameter(workspaceId))}::integer AS count`,
  );
  return rows[0]?.count ?? 0;
}
