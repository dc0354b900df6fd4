import pg from 'pg';
import type { Db } from '../../database/db.ts';
import { textBytes } from '../../database/rows-within.ts';
import { type Parameter, parameter, raw, type Sql, sql, when } from '../../database/sql.ts';
import { insertInto } from '../../database/table/table-sql.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
import { directoryEvent } from '../directory/directory-event.table.ts';
import { directoryGroup } from '../directory/directory-group.table.ts';
import { allOf, countDifference, countMore, lessCountedOf } from '../directory/directory-counts.ts';
import { groupNamedIn } from '../directory/directory-sql.ts';
import { groupColumns, keyOfName } from './group-columns.ts';
import { incomingMembers, type MemberInput } from './membership-parts.ts';
import type { Page, PageRequest } from '../lists/page.ts';
import { type PageReaders, readPage, type RowShape } from '../lists/page-statement.ts';
import { queueMoved } from '../../sync-queue/queue-regrouped.ts';
import type { StoredRow } from '../protocol/representation.ts';

/** A directory group as read: the stored resource (without members), and its members if they were wanted. */
export interface GroupRow extends StoredRow {
  /** The JSON of the attribute, as it is answered. In a large group it is too long to be parsed. */
  members: string | null;
}

/** The entry that a write leaves in the group's history. */
export interface GroupEvent {
  id: string;
  at: Date;
  kind: 'created' | 'updated';
  changes: unknown;
}

/**
 * The members of group `g` as JSON text. A member that has not arrived has no `$ref`: it would lead nowhere. A member
 * that names a group is a group, with that group's present name. `LIMIT` keeps this a lookup per member that is not a
 * user, where the planner would otherwise read all groups.
 *
 * @param baseUrl where their addresses begin
 */
const membersOf = (baseUrl: string, workspace: Parameter) => sql`(
  SELECT '[' || coalesce(string_agg(concat('{"value":', to_json(gm.value),
    coalesce(',"$ref":"' || ${raw(literal(`${baseUrl}/Users/`))} || gm.user_id || '"',
      ',"$ref":"' || ${raw(literal(`${baseUrl}/Groups/`))} || ng.id || '"'),
    ',"display":' || to_json(coalesce(ng.display_name, gm.display, mu.resource->>'displayName')),
    ',"type":', to_json(CASE WHEN ng.id IS NULL THEN coalesce(gm.type, 'User') ELSE 'Group' END), '}'),
    ',' ORDER BY gm.value), '') || ']'
  FROM directory_group_member gm
  LEFT JOIN directory_user mu ON mu.workspace_id = ${workspace} AND mu.id = gm.user_id
  LEFT JOIN LATERAL (${groupNamedIn('n.id, n.display_name', 'gm', workspace)} LIMIT 1) ng ON true
  WHERE gm.workspace_id = ${workspace} AND gm.group_id = g.id)`;

/** The inside of a JSON string as an SQL literal. */
function literal(text: string): string {
  return pg.escapeLiteral(JSON.stringify(text).slice(1, -1));
}

/**
 * The columns that are read of a group.
 *
 * @param membersBaseUrl where the addresses of its members begin; null: they are not wanted
 */
export function groupShape(membersBaseUrl: string | null, workspace: Parameter): RowShape {
  const members = membersBaseUrl === null ? raw('NULL::text') : membersOf(membersBaseUrl, workspace);
  return {
    columns: sql`g.id, g.version, g.created_at, g.modified_at, g.resource::text AS json, ${members} AS members`,
    sizeBytes: `${textBytes('json')} + ${textBytes('members')}`,
  };
}

/**
 * Reads one group; null when there is none.
 *
 * @param membersBaseUrl as in {@link groupShape}
 * @param lock whether to keep other writers of the group away until the transaction ends
 */
export async function findGroup(
  db: Db,
  workspaceId: string,
  id: string,
  membersBaseUrl: string | null,
  lock = false,
): Promise<GroupRow | null> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<GroupRow>`SELECT ${groupShape(membersBaseUrl, workspace).columns} FROM directory_group g
     WHERE g.workspace_id = ${workspace} AND g.id = ${id} ${when(lock, sql`FOR NO KEY UPDATE OF g`)}`.prepared(),
  );
  return rows[0] ?? null;
}

/** A page of groups, and how many match in all. */
export function listGroups(
  readers: PageReaders,
  request: PageRequest,
  membersBaseUrl: string | null,
): Promise<Page<GroupRow>> {
  return readPage<GroupRow>(readers, request, groupShape(membersBaseUrl, request.workspaceId));
}

/** A group to be created, under an id of ours. */
export interface NewGroup {
  id: string;
  resource: ScimResource;
  members: readonly MemberInput[];
  event: GroupEvent;
}

/**
 * Creates a group with its members, their places in the queue, and its history entry: one statement. Most groups come
 * without members: nothing is looked up then.
 */
export async function insertGroup(
  db: Db,
  workspaceId: string,
  { id, resource, members, event }: NewGroup,
): Promise<void> {
  const key = { workspaceId: parameter(workspaceId), id: parameter(id) };
  const at = parameter(event.at);
  const displayNameKey = parameter(keyOfName(resource));
  const created = insertInto(directoryGroup, {
    ...key,
    ...groupColumns(resource),
    displayNameKey,
    createdAt: at,
    modifiedAt: at,
    counted: true,
  });
  const noted = groupEvent(key, event, at);
  const statement =
    members.length === 0
      ? sql`WITH created AS (${created}), counts AS (
       ${countMore('groups', key.workspaceId, 1)}
     ) ${noted}`.prepared()
      : sql`WITH created AS (
       ${created} RETURNING true
     ), event AS (
       ${noted}
     ), ${incomingMembers(members, key.workspaceId)}, joined AS (
       INSERT INTO directory_group_member (workspace_id, group_id, value, user_id, type, display)
       SELECT ${key.workspaceId}, ${key.id}, value, user_id, type, display FROM incoming
     ), queued AS (
       ${queueMoved(key.workspaceId, raw('SELECT user_id, false AS has_left FROM incoming'), { id: key.id, nameKey: displayNameKey }, at)} RETURNING true
     )
     ${countDifference('groups', key.workspaceId, allOf('created'), ['queued'])}`.prepared();
  await db.run(statement.onOneNode(workspaceId, {}));
}

/** The history entry of a write. */
export function groupEvent({ workspaceId, id }: GroupKey, event: GroupEvent, at: Parameter): Sql {
  return insertInto(directoryEvent, {
    workspaceId,
    id: event.id,
    at,
    resourceType: 'Group',
    resourceId: id,
    kind: event.kind,
    changes: event.changes,
  });
}

export interface GroupKey {
  workspaceId: Parameter;
  id: Parameter;
}

/**
 * Deletes a group with its members, who are queued, and removes it from the groups it is a member of. The members go
 * first: the deletion of their group would take them along.
 *
 * @param version delete only if the group still has this version; null: whatever the version
 * @returns `changed`: it has another version, or got one in this moment, with members that the statement does not know;
 *   nothing was deleted then
 */
export async function deleteGroup(
  db: Db,
  workspaceId: string,
  id: string,
  version: string | null,
  event: { id: string; at: Date },
): Promise<'deleted' | 'changed' | 'unknown'> {
  const workspace = parameter(workspaceId);
  const group = parameter(id);
  const wanted = parameter(version);
  const at = parameter(event.at);
  const { rows } = await db.run(
    sql<{ isGone: boolean }>`WITH seen AS MATERIALIZED (
       SELECT version FROM directory_group WHERE workspace_id = ${workspace} AND id = ${group}
     ), target AS (
       SELECT id FROM directory_group
       WHERE workspace_id = ${workspace} AND id = ${group} AND version = (SELECT version FROM seen)
         AND (${wanted}::bigint IS NULL OR version = ${wanted}) FOR UPDATE
     ), left_behind AS (
       DELETE FROM directory_group_member
       WHERE workspace_id = ${workspace} AND group_id = (SELECT id FROM target) RETURNING user_id
     ), gone AS (
       DELETE FROM directory_group
       WHERE workspace_id = ${workspace} AND id = (SELECT id FROM target)
         AND (SELECT count(*) FROM left_behind) >= 0
       RETURNING id, external_id, display_name, counted
     ), queued AS (
       ${queueMoved(workspace, raw('SELECT user_id, true AS has_left FROM left_behind'), { id: group, nameKey: null }, at)} RETURNING true
     ), places AS (
       DELETE FROM directory_group_member m USING gone
       WHERE m.workspace_id = ${workspace} AND m.user_id IS NULL AND (
         m.value IN (gone.id::text, upper(gone.id::text))
         OR m.value = gone.external_id AND m.type IS DISTINCT FROM 'User' AND NOT EXISTS (
           SELECT 1 FROM directory_group o
           WHERE o.workspace_id = ${workspace} AND o.external_id = gone.external_id AND o.id <> gone.id))
       RETURNING m.group_id
     ), parents AS (
       UPDATE directory_group g SET version = g.version + 1, modified_at = ${at}::timestamptz
       WHERE g.workspace_id = ${workspace} AND g.id IN (SELECT group_id FROM places) AND g.id <> ${group} RETURNING true
     ), event AS (
       INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
       SELECT ${workspace}, ${event.id}, ${at}::timestamptz, 'Group', id, 'deleted',
              jsonb_build_array(jsonb_build_object('path', 'displayName', 'before', display_name, 'after',
                NULL))
       FROM gone
     ), counts AS (
       ${countDifference('groups', workspace, lessCountedOf('gone'), ['queued', 'parents'])}
     )
     SELECT EXISTS (SELECT 1 FROM gone) AS "isGone" FROM seen`
      .prepared()
      .onOneNodeAlone(workspaceId, { isGone: 'boolean' }),
  );
  const [row] = rows;
  if (row === undefined) return 'unknown';
  return row.isGone ? 'deleted' : 'changed';
}

/**
 * Deletes a group that others keep changing: nobody does while the caller's transaction has its lock.
 *
 * @returns null when it is gone already
 */
export async function deleteLockedGroup(
  db: Db,
  workspaceId: string,
  id: string,
  event: { id: string; at: Date },
): Promise<true | null> {
  if ((await findGroup(db, workspaceId, id, null, true)) === null) return null;
  return (await deleteGroup(db, workspaceId, id, null, event)) === 'deleted' || null;
}
