import { because, enqueue, queueRow } from '../../sync-queue/enqueue.ts';
import type { Queryable } from '../../database/queryable.ts';
import type { NamedGroupChange } from './group-changes.ts';

/** Keeps runs from doing this to groups once more, since an admin took it back. */
export async function suppressGroups(
  db: Queryable,
  { workspaceId, runId, now }: { workspaceId: string; runId: string; now: Date },
  changes: readonly Pick<NamedGroupChange, 'kind' | 'groupId' | 'name'>[],
): Promise<void> {
  await db.query(
    `INSERT INTO suppressed_group (workspace_id, group_id, kind, name, run_id, created_at)
     SELECT $1, x.id, x.kind, x.name, $5, $6 FROM unnest($2::uuid[], $3::text[], $4::text[]) AS x(id, kind, name)
     ORDER BY x.id
     ON CONFLICT (workspace_id, group_id) DO UPDATE SET kind = excluded.kind, name = excluded.name,
       run_id = excluded.run_id, created_at = excluded.created_at`,
    [
      workspaceId,
      changes.map(({ groupId }) => groupId),
      changes.map(({ kind }) => kind),
      changes.map(({ name }) => name),
      runId,
      now,
    ],
  );
}

/**
 * Lets runs repeat what an admin undid of groups, and queues the people of these groups.
 *
 * @returns the groups of which something was suppressed
 */
export async function liftGroups(
  db: Queryable,
  workspaceId: string,
  groupIds: readonly string[],
  now: Date,
): Promise<string[]> {
  const rows = await db.query<{ id: string }[]>(
    `WITH lifted AS (
       DELETE FROM suppressed_group WHERE workspace_id = $1 AND group_id = ANY ($2::uuid[]) RETURNING group_id AS id
     ), people AS (
       SELECT m.user_id AS id FROM lifted
       JOIN directory_group_member m ON m.workspace_id = $1 AND m.group_id = lifted.id AND m.user_id IS NOT NULL
       UNION
       SELECT l.directory_user_id FROM lifted
       JOIN member_group_member m ON m.workspace_id = $1 AND m.group_id = lifted.id
       JOIN sync_link l ON l.workspace_id = $1 AND l.member_id = m.member_id
     ), queued AS (
       ${enqueue(
         `SELECT ${queueRow({ person: 'id', cause: because('group'), dueAt: '$3' })} FROM people ORDER BY id`,
         'refresh',
       )}
     )
     SELECT id FROM lifted`,
    [workspaceId, groupIds, now],
  );
  return rows.map(({ id }) => id);
}

/** Forgets what is suppressed of groups: an admin has changed which are synchronized. */
export async function forgetSuppressedGroups(db: Queryable, workspaceId: string): Promise<void> {
  await db.query('DELETE FROM suppressed_group WHERE workspace_id = $1', [workspaceId]);
}
