import type { Db } from '../database/db.ts';
import { type Parameter, type Sql, sql } from '../database/sql.ts';

/** Notes whether a change of somebody's attributes may take a role from them. */
export async function setReadsRoleAttributes(db: Db, workspaceId: string, reads: boolean): Promise<void> {
  await db.run(
    sql`UPDATE workspace SET reads_role_attributes = ${reads}
      WHERE id = ${workspaceId} AND reads_role_attributes <> ${reads}`,
  );
}

/** The condition that says so in a statement. */
export function readsRoleAttributes(workspaceId: Parameter): Sql {
  return sql`EXISTS (SELECT FROM workspace WHERE id = ${workspaceId} AND reads_role_attributes)`;
}
