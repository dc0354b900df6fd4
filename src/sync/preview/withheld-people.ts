import type { Queryable } from '../../database/queryable.ts';
import type { Change, ChangeKind, Reason } from '../decision/change.ts';

const pageSizePeople = 500;

/**
 * Everybody who is kept back (conflict, held, suppressed, excluded) and not queued: a run leaves them as they are.
 *
 * @param after the person to begin after, in the order of ids
 * @param now who is queued at this time is decided anew, and not here
 */
export async function* withheldPeopleAfter(
  db: Queryable,
  workspaceId: string,
  after: string | null,
  now: Date,
): AsyncGenerator<Change> {
  let from = after;
  for (;;) {
    const rows = await db.query<WithheldRow[]>(
      `SELECT l.directory_user_id, l.member_id, l.state, l.reason, l.name, c.fields FROM sync_link l
       LEFT JOIN LATERAL (SELECT fields FROM sync_change c WHERE l.state = 'held' AND c.workspace_id = $1
         AND c.directory_user_id = l.directory_user_id AND c.state = 'held' ORDER BY c.id DESC LIMIT 1) c ON true
       WHERE l.workspace_id = $1 AND l.state <> 'linked' AND ($2::uuid IS NULL OR l.directory_user_id > $2)
         AND NOT EXISTS (SELECT 1 FROM sync_queue q WHERE q.workspace_id = $1
           AND q.directory_user_id = l.directory_user_id AND q.due_at <= $3)
       ORDER BY l.directory_user_id LIMIT $4`,
      [workspaceId, from, now, pageSizePeople],
    );
    for (const row of rows) {
      yield {
        kind: row.state,
        directoryUserId: row.directory_user_id,
        memberId: row.member_id,
        name: row.name,
        fields: row.fields ?? [],
        reason: row.reason ?? { code: row.state, params: {} },
      };
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSizePeople) return;
    from = last.directory_user_id;
  }
}

interface WithheldRow {
  directory_user_id: string;
  member_id: string | null;
  state: ChangeKind;
  reason: Reason | null;
  name: string;
  fields: Change['fields'] | null;
}
