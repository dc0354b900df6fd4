import type { Db } from '../../database/db.ts';
import { list, nothing, parameter, type Parameter, type Sql, sql } from '../../database/sql.ts';
import { isUuid } from '../../database/uuid.ts';
import { searchWords } from '../../scim-core/resource-search.ts';
import { type DirectoryState, isWithheld } from './directory-state.ts';

/** Somebody of the directory, as they were received. */
export interface ReceivedPerson {
  id: string;
  userName: string;
  externalId: string | null;
  active: boolean;
  emails: unknown;
  createdAt: Date;
  modifiedAt: Date;
}

/** Who is looked for. */
export interface DirectorySearch {
  search?: string | undefined;
  state?: DirectoryState | undefined;
}

/**
 * People of the directory in the order in which they came, after a place. Of those who are queued, some may be in another
 * state than the one asked for: only a plan knows.
 *
 * @param after the person to begin after; null: at the first
 */
export async function readReceived(
  db: Db,
  workspaceId: string,
  { search = '', state }: DirectorySearch,
  place: { after: string | null; now: Date; limit: number },
): Promise<ReceivedPerson[]> {
  const workspace = parameter(workspaceId);
  const { after, now, limit } = place;
  const conditions = [
    sql`u.workspace_id = ${workspace}`,
    ...(after === null ? [] : [sql`u.id > ${after}::uuid`]),
    ...searchConditions(search),
  ];
  // First the ids, by an index that holds all that is asked for; then of these the rest.
  const { rows } = await db.run(sql<ReceivedPerson>`
    SELECT p.id, p.user_name AS "userName", p.external_id AS "externalId", p.active, p.resource->'emails' AS emails,
      p.created_at AS "createdAt", p.modified_at AS "modifiedAt"
    FROM (
      SELECT u.id FROM directory_user u
      WHERE ${list(conditions, ' AND ')} ${state === undefined ? nothing : mayBe(state, workspace, now)}
      ORDER BY u.id LIMIT ${limit}) found
    JOIN directory_user p ON p.workspace_id = ${workspace} AND p.id = found.id
    ORDER BY p.id`);
  return rows;
}

/** Every word stands somewhere; or the search is the id. */
function searchConditions(search: string): Sql[] {
  const words = searchWords(search).map(
    (forms) =>
      sql`(${list(
        forms.map((form) => sql`strpos(u.search_text, ${form}) > 0`),
        ' OR ',
      )})`,
  );
  const id = search.trim();
  // The index of searches has everybody who has a text, which is everybody.
  const hasText = sql`u.search_text <> ''`;
  if (!isUuid(id)) return [hasText, ...words];
  return [hasText, sql`(u.id = ${id}::uuid OR ${list(words, ' AND ')})`];
}

/** Who is in a state, and who may be because they are queued. */
function mayBe(state: DirectoryState, workspace: Parameter, now: Date): Sql {
  const queued = sql`SELECT q.directory_user_id FROM sync_queue q WHERE q.workspace_id = ${workspace}
    AND q.due_at <= ${now}`;
  if (state === 'available') return sql`AND u.id IN (${queued})`;
  if (isWithheld(state)) {
    return sql`AND u.id IN (SELECT l.directory_user_id FROM sync_link l
      WHERE l.workspace_id = ${workspace} AND l.state <> 'linked' AND l.state = ${state} UNION ALL ${queued})`;
  }
  const linked = sql`EXISTS (SELECT 1 FROM sync_link l WHERE l.workspace_id = ${workspace}
    AND l.directory_user_id = u.id AND l.state = 'linked' AND l.member_id IS NOT NULL)`;
  const withoutLink = sql`NOT EXISTS (SELECT 1 FROM sync_link l WHERE l.workspace_id = ${workspace}
    AND l.directory_user_id = u.id AND (l.state <> 'linked' OR l.member_id IS NOT NULL))`;
  switch (state) {
    case 'linked':
      return sql`AND u.active AND (${linked} OR u.id IN (${queued}))`;
    case 'left':
      return sql`AND NOT u.active AND (${linked} OR u.id IN (${queued}))`;
    case 'inactive':
      return sql`AND NOT u.active AND (${withoutLink} OR u.id IN (${queued}))`;
    case 'unlinked':
      return sql`AND u.active AND (${withoutLink} OR u.id IN (${queued}))`;
  }
}
