import { because, enqueue, queueRow } from '../../sync-queue/enqueue.ts';
import type { Db } from '../../database/db.ts';
import { parameter, sql } from '../../database/sql.ts';
import type { NamedGroupChange } from './group-changes.ts';

/** Keeps runs from doing this to groups once more, since an admin took it back. */
export async function suppressGroups(
  db: Db,
  { workspaceId, runId, now }: { workspaceId: string; runId: string; now: Date },
  changes: readonly Pick<NamedGroupChange, 'kind' | 'groupId' | 'name'>[],
): Promise<void> {
  const ids = changes.map(({ groupId }) => groupId);
  const kinds = changes.map(({ kind }) => kind);
  const names = changes.map(({ name }) => name);
  await db.run(
    sql`INSERT INTO suppressed_group (workspace_id, group_id, kind, name, run_id, created_at)
     SELECT ${workspaceId}, x.id, x.kind, x.name, ${runId}, ${now}
     FROM unnest(${ids}::uuid[], ${kinds}::text[], ${names}::text[]) AS x(id, kind, name)
     ORDER BY x.id
     ON CONFLICT (workspace_id, group_id) DO UPDATE SET kind = excluded.kind, name = excluded.name,
       run_id = excluded.run_id, created_at = excluded.created_at`,
  );
}

/**
 * Lets runs repeat what an admin undid of groups, and queues the people of these groups.
 *
 * @returns the groups of which something was suppressed
 */
export async function liftGroups(
  db: Db,
  workspaceId: string,
  groupIds: readonly string[],
  now: Date,
): Promise<string[]> {
  const workspace = parameter(workspaceId);
  const row = queueRow({ workspace, person: 'id', cause: because('group'), dueAt: now });
  const { rows } = await db.run(
    sql<{ id: string }>`WITH lifted AS (
       DELETE FROM suppressed_group WHERE workspace_id = ${workspace} AND group_id = ANY (${groupIds}::uuid[])
       RETURNING group_id AS id
     ), people AS (
       SELECT m.user_id AS id FROM lifted
       JOIN directory_group_member m ON m.workspace_id = ${workspace} AND m.group_id = lifted.id
         AND m.user_id IS NOT NULL
       UNION
       SELECT l.directory_user_id FROM lifted
       JOIN member_group_member m ON m.workspace_id = ${workspace} AND m.group_id = lifted.id
       JOIN sync_link l ON l.workspace_id = ${workspace} AND l.member_id = m.member_id
     ), queued AS (
       ${enqueue(sql`SELECT ${row} FROM people ORDER BY id`, 'refresh')}
     )
     SELECT id FROM lifted`,
  );
  return rows.map(({ id }) => id);
}

/** Forgets what is suppressed of groups: an admin has changed which are synchronized. */
export async function forgetSuppressedGroups(db: Db, workspaceId: string): Promise<void> {
  await db.run(sql`DELETE FROM suppressed_group WHERE workspace_id = ${workspaceId}`);
}
