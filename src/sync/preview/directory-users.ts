import type { Db } from '../../database/db.ts';
import { list, nothing, parameter, type Parameter, type Sql, sql } from '../../database/sql.ts';
import { isUuid } from '../../database/uuid.ts';
import { searchWords } from '../../scim-core/resource-search.ts';
import { type DirectoryState, isWithheld, linkStatesOf } from './directory-state.ts';

/** Somebody of the directory, as they were received. */
export interface ReceivedPerson {
  id: string;
  userName: string;
  externalId: string | null;
  active: boolean;
  emails: unknown;
  createdAt: Date;
  modifiedAt: Date;
  /** The identity provider deleted them; their user name is what they were called then. */
  deleted: boolean;
}

/** Who is looked for. */
export interface DirectorySearch {
  search?: string | undefined;
  state?: DirectoryState | undefined;
  memberId?: string | undefined;
}

/**
 * People of the directory in the order in which they came, after a place; and people deleted there, as long as they are
 * queued or withheld. Of those who are queued, some may be in another state than the one asked for: only a plan knows.
 *
 * @param after the person to begin after; null: at the first
 */
export async function readReceived(
  db: Db,
  workspaceId: string,
  asked: DirectorySearch,
  place: Place,
): Promise<ReceivedPerson[]> {
  const workspace = parameter(workspaceId);
  const { limit } = place;
  // First the ids, by indexes that hold all that is asked for; then of these the rest.
  const { rows } = await db.run(sql<ReceivedPerson>`
    SELECT found.id, coalesce(p.user_name, gone.name, l.name) AS "userName",
      CASE WHEN p.id IS NULL THEN l.external_id ELSE p.external_id END AS "externalId",
      coalesce(p.active, false) AS active, p.resource->'emails' AS emails,
      coalesce(p.created_at, came.at, l.updated_at) AS "createdAt",
      coalesce(p.modified_at, gone.at, l.updated_at) AS "modifiedAt", p.id IS NULL AS deleted
    FROM (
      (${presentIds(workspace, asked, place)}) UNION ALL (${deletedIds(workspace, asked, place)})
      ORDER BY 1 LIMIT ${limit}) found
    LEFT JOIN directory_user p ON p.workspace_id = ${workspace} AND p.id = found.id
    LEFT JOIN sync_link l ON p.id IS NULL AND l.workspace_id = ${workspace} AND l.directory_user_id = found.id
    LEFT JOIN LATERAL (SELECT e.at FROM directory_event e WHERE p.id IS NULL AND e.workspace_id = ${workspace}
      AND e.resource_id = found.id ORDER BY e.id LIMIT 1) came ON true
    LEFT JOIN LATERAL (SELECT e.at, e.changes->0->>'before' AS name FROM directory_event e WHERE p.id IS NULL
      AND e.workspace_id = ${workspace} AND e.resource_id = found.id AND e.kind = 'deleted'
      ORDER BY e.id DESC LIMIT 1) gone ON true
    ORDER BY found.id`);
  return rows;
}

/** After which person, at what time, and how many. */
interface Place {
  after: string | null;
  now: Date;
  limit: number;
}

/** The people who are in the directory. */
function presentIds(
  workspace: Parameter,
  { search = '', state, memberId }: DirectorySearch,
  { after, now, limit }: Place,
): Sql {
  const conditions = [
    sql`u.workspace_id = ${workspace}`,
    ...(after === null ? [] : [sql`u.id > ${after}::uuid`]),
    ...searchConditions(search),
    ...(memberId === undefined
      ? []
      : [
          sql`u.id IN (SELECT m.directory_user_id FROM sync_link m
            WHERE m.workspace_id = ${workspace} AND m.member_id = ${memberId}::uuid)`,
        ]),
  ];
  return sql`SELECT u.id FROM directory_user u
    WHERE ${list(conditions, ' AND ')} ${state === undefined ? nothing : mayBe(state, workspace, now)}
    ORDER BY u.id LIMIT ${limit}`;
}

/** People who were deleted while something about them is pending or withheld. They are found by name and external id. */
function deletedIds(
  workspace: Parameter,
  { search = '', state, memberId }: DirectorySearch,
  { after, now, limit }: Place,
): Sql {
  const queued = sql`SELECT q.directory_user_id AS id FROM sync_queue q
    WHERE q.workspace_id = ${workspace} AND q.due_at <= ${now}`;
  const withheld = sql`SELECT w.directory_user_id FROM sync_link w
    WHERE w.workspace_id = ${workspace} AND w.state <> 'linked'
      ${state !== undefined && isWithheld(state) ? sql`AND w.state = ANY (${linkStatesOf(state)}::text[])` : nothing}`;
  const words = searchWords(search).map(
    (forms) =>
      sql`(${list(
        forms.map((form) => sql`strpos(scim_fold(concat_ws(' ', d.name, d.external_id)), ${form}) > 0`),
        ' OR ',
      )})`,
  );
  const id = search.trim();
  const conditions = [
    sql`d.workspace_id = ${workspace}`,
    // In no other state is somebody who was deleted.
    sql`d.directory_user_id IN (${queued}
      ${state === undefined || isWithheld(state) ? sql`UNION ALL ${withheld}` : nothing})`,
    ...(state === undefined || state === 'available' || isWithheld(state) ? [] : [sql`false`]),
    sql`NOT EXISTS (SELECT 1 FROM directory_user g
      WHERE g.workspace_id = ${workspace} AND g.id = d.directory_user_id)`,
    ...(after === null ? [] : [sql`d.directory_user_id > ${after}::uuid`]),
    ...(memberId === undefined ? [] : [sql`d.member_id = ${memberId}::uuid`]),
    ...(words.length === 0
      ? []
      : [
          isUuid(id)
            ? sql`(d.directory_user_id = ${id}::uuid OR ${list(words, ' AND ')})`
            : list(words, ' AND '),
        ]),
  ];
  return sql`SELECT d.directory_user_id FROM sync_link d
    WHERE ${list(conditions, ' AND ')} ORDER BY d.directory_user_id LIMIT ${limit}`;
}

/** How many of those who were received are inactive and were never members. */
export async function countNeverMembers(db: Db, workspaceId: string): Promise<number> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(sql<{ count: number }>`
    SELECT count(*)::int AS count FROM directory_user u
    WHERE u.workspace_id = ${workspace} AND NOT u.active AND ${withoutLink(workspace)}`);
  return rows[0]?.count ?? 0;
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
      WHERE l.workspace_id = ${workspace} AND l.state <> 'linked' AND l.state = ANY (${linkStatesOf(state)}::text[]) UNION ALL ${queued})`;
  }
  const linked = sql`EXISTS (SELECT 1 FROM sync_link l WHERE l.workspace_id = ${workspace}
    AND l.directory_user_id = u.id AND l.state = 'linked' AND l.member_id IS NOT NULL)`;
  const unlinked = withoutLink(workspace);
  switch (state) {
    case 'linked':
      return sql`AND u.active AND (${linked} OR u.id IN (${queued}))`;
    case 'left':
      return sql`AND NOT u.active AND (${linked} OR u.id IN (${queued}))`;
    case 'inactive':
      return sql`AND NOT u.active AND (${unlinked} OR u.id IN (${queued}))`;
    case 'unlinked':
      return sql`AND u.active AND (${unlinked} OR u.id IN (${queued}))`;
  }
}

/** Whether nobody links the directory user `u` to a member, or withholds them. */
function withoutLink(workspace: Parameter): Sql {
  return sql`NOT EXISTS (SELECT 1 FROM sync_link l WHERE l.workspace_id = ${workspace}
    AND l.directory_user_id = u.id AND (l.state <> 'linked' OR l.member_id IS NOT NULL))`;
}
