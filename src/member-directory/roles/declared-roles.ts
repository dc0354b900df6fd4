import type { Db } from '../../database/db.ts';
import { nothing, type Sql, sql } from '../../database/sql.ts';
import type { MemberRole } from './member-role.ts';

/** The roles that the vendor declared, the highest rank first; none: members have no roles. */
export async function readDeclaredRoles(db: Db, locking: Sql = nothing): Promise<readonly MemberRole[]> {
  const { rows } = await db.run(sql<{ roles: MemberRole[] }>`SELECT roles FROM declared_roles ${locking}`);
  return rows[0]?.roles ?? [];
}

/** {@link readDeclaredRoles}, which nobody changes until the transaction ends. */
export function holdDeclaredRoles(db: Db): Promise<readonly MemberRole[]> {
  return readDeclaredRoles(db, sql`FOR SHARE`);
}

/** Who has a role that is counted, by its key: active members of a workspace. */
export async function countRoleHolders(
  db: Db,
  workspaceId: string,
  keys: readonly string[],
): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map();
  const { rows } = await db.run(
    sql<{ role: string; members: number }>`SELECT role, count(*)::integer AS members FROM member
      WHERE workspace_id = ${workspaceId} AND role = ANY (${keys}::text[]) AND status = 'active' GROUP BY role`,
  );
  return new Map(rows.map(({ role, members }) => [role, members]));
}
