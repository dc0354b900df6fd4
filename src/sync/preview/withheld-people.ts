import type { Db } from '../../database/db.ts';
import { parameter, sql } from '../../database/sql.ts';
import type { Change, ChangeKind } from '../decision/change.ts';
import type { LinkState } from '../decision/person.ts';
import { linkJson } from '../planning/link-json.ts';
import { reasonOf } from '../wording/shown-reason.ts';

const pageSizePeople = 500;

/**
 * Everybody who is withheld (conflict, held, suppressed, excluded) and not queued: a run leaves them as they are.
 *
 * @param after the person to begin after, in the order of ids
 * @param now people queued at this time are decided again, and are not among these
 */
export async function* withheldPeopleAfter(
  db: Db,
  workspaceId: string,
  after: string | null,
  now: Date,
): AsyncGenerator<Change> {
  let from = after;
  for (;;) {
    const workspace = parameter(workspaceId);
    const begin = parameter(from);
    const { rows } = await db.run(sql<WithheldRow>`
       SELECT l.directory_user_id AS "directoryUserId", ${linkJson('l')} AS link, c.fields FROM sync_link l
       LEFT JOIN LATERAL (SELECT fields FROM sync_change c WHERE l.state = 'held'
         AND c.workspace_id = ${workspace}
         AND c.directory_user_id = l.directory_user_id AND c.state = 'held' ORDER BY c.id DESC
           LIMIT 1) c ON true
       WHERE l.workspace_id = ${workspace} AND l.state <> 'linked'
         AND (${begin}::uuid IS NULL OR l.directory_user_id > ${begin})
         AND NOT EXISTS (SELECT 1 FROM sync_queue q WHERE q.workspace_id = ${workspace}
           AND q.directory_user_id = l.directory_user_id AND q.due_at <= ${now})
       ORDER BY l.directory_user_id LIMIT ${pageSizePeople}`);
    for (const { directoryUserId, link, fields } of rows) {
      const { state: kind, memberId, name, basedOn } = link;
      const idle = { fields: fields ?? [], waitsFor: null, groups: null };
      yield { kind, directoryUserId, memberId, name, basedOn, reason: reasonOf(link), ...idle };
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSizePeople) return;
    from = last.directoryUserId;
  }
}

interface WithheldRow {
  directoryUserId: string;
  link: LinkState & { state: ChangeKind };
  fields: Change['fields'] | null;
}
