import type { Db } from '../../database/db.ts';
import { parameter, type Sql, sql, when } from '../../database/sql.ts';
import { set } from '../../database/table/table-sql.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
import { queueRenamed } from '../../sync-queue/queue-regrouped.ts';
import { directoryGroup } from '../directory/directory-group.table.ts';
import { groupColumns, keyOfName } from './group-columns.ts';
import { type GroupEvent, groupEvent, type GroupKey } from './group-statements.ts';

/** What is written in the place of a group that was read at a version. */
export interface GroupUpdate {
  version: string;
  stored: ScimResource;
  resource: ScimResource;
  event: GroupEvent;
}

/**
 * Replaces a group's attributes, with history entry, and queues its members if its new name decides anything. The caller has
 * locked the group; where rows lie on several nodes, it need not have, outside of a transaction.
 *
 * @returns the new version; null when it could not be done without the lock
 */
export async function updateGroup(
  db: Db,
  workspaceId: string,
  id: string,
  { version, stored, resource, event }: GroupUpdate,
): Promise<string | null> {
  const key = { workspaceId: parameter(workspaceId), id: parameter(id) };
  const at = parameter(event.at);
  const isRenamed = String(stored.displayName) !== String(resource.displayName);
  const keys = [keyOfName(stored), keyOfName(resource)] as const;
  const updated = sql`UPDATE directory_group SET ${set(directoryGroup, { ...groupColumns(resource), modifiedAt: at })},
         version = version + 1
       WHERE workspace_id = ${key.workspaceId} AND id = ${key.id}`;
  const noted = groupEvent(key, event, at);
  const queued = (lifted: string | null) => queueRenamed(key.workspaceId, { id: key.id, keys }, lifted, at);
  const renamed = sql`, lifted AS (
       DELETE FROM suppressed_group WHERE workspace_id = ${key.workspaceId} AND group_id = ${key.id} RETURNING kind
     ), queued AS (
       ${queued('lifted')}
     )`;
  const { rows } = await db.run(
    sql<{ version: string }>`WITH updated AS (
       ${updated} RETURNING version
     ), event AS (
       ${noted}
     )${when(isRenamed, renamed)}
     SELECT version FROM updated`
      .prepared()
      .onOneNodeAlone(workspaceId, { version: 'bigint' }, () => ({
        guard: guardOfUpdate(key, version, isRenamed),
        goesOn: 'with rows',
        steps: [noted, updated, ...(isRenamed ? [queued(null)] : [])],
        answer: sql`SELECT version FROM directory_group WHERE workspace_id = ${key.workspaceId} AND id = ${key.id}`,
      })),
  );
  return rows[0]?.version ?? null;
}

/** Locks a group that has a version still. One is not renamed of which something is suppressed, which the name would lift. */
function guardOfUpdate({ workspaceId, id }: GroupKey, version: string, isRenamed: boolean): Sql {
  const nothingIsLifted = sql`AND NOT EXISTS (
         SELECT 1 FROM suppressed_group WHERE workspace_id = ${workspaceId} AND group_id = ${id})`;
  return sql`SELECT version FROM directory_group WHERE workspace_id = ${workspaceId} AND id = ${id}
       AND version = ${version} ${when(isRenamed, nothingIsLifted)} FOR NO KEY UPDATE`;
}
