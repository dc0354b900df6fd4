import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../database/clock.ts';
import { dbOf } from '../../database/db-of.ts';
import { sql } from '../../database/sql.ts';
import { type RoleUser, RoleUses, type UsingWorkspaces } from '../../member-directory/roles/role-uses.ts';
import { queueEverybody } from '../../sync-queue/queue-people.ts';

/** Most workspaces that a refusal names. */
export const namedWorkspacesMax = 20;

/** Tells the room of the roles which workspaces give them. */
@Injectable()
export class MappedRoles implements RoleUser {
  constructor(
    uses: RoleUses,
    private readonly clock: Clock,
  ) {
    uses.register(this);
  }

  async using(manager: EntityManager, roleKeys: readonly string[]): Promise<UsingWorkspaces> {
    const { rows } = await dbOf(manager).run(
      sql<{ id: string; name: string; keys: string[]; total: number }>`
        SELECT w.id, w.name, r.role_keys AS keys, count(*) OVER ()::integer AS total
        FROM role_mapping r JOIN workspace w ON w.id = r.workspace_id
        WHERE r.role_keys && ${roleKeys}::text[] ORDER BY w.name, w.id LIMIT ${namedWorkspacesMax}`,
    );
    const workspaces = rows.map(({ id, name, keys }) => ({
      id,
      name,
      roles: roleKeys.filter((key) => keys.includes(key)).toSorted(),
    }));
    return { workspaces, total: rows[0]?.total ?? 0 };
  }

  async lookAgain(manager: EntityManager): Promise<void> {
    const db = dbOf(manager);
    const { rows } = await db.run(
      sql<{ id: string }>`SELECT workspace_id AS id FROM role_mapping ORDER BY workspace_id`,
    );
    for (const { id } of rows) await queueEverybody(db, id, 'role-mapping', this.clock.now());
  }
}
