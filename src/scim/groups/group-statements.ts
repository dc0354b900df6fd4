import pg from 'pg';
import { prepared } from '../../database/prepared-statements.ts';
import type { Queryable } from '../../database/queryable.ts';
import { textBytes } from '../../database/rows-within.ts';
import { foldCase } from '../../scim-core/fold.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
import { groupNamedBy } from '../directory/directory-sql.ts';
import { incomingMembers, type MemberInput } from './membership-statements.ts';
import type { Page, PageRequest } from '../lists/page.ts';
import { type PageReaders, readPage, type RowShape } from '../lists/page-statement.ts';
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
const membersOf = (baseUrl: string) => `(
  SELECT '[' || coalesce(string_agg(concat('{"value":', to_json(gm.value),
    coalesce(',"$ref":"' || ${literal(`${baseUrl}/Users/`)} || gm.user_id || '"',
      ',"$ref":"' || ${literal(`${baseUrl}/Groups/`)} || ng.id || '"'),
    ',"display":' || to_json(coalesce(ng.display_name, gm.display, mu.resource->>'displayName')),
    ',"type":', to_json(CASE WHEN ng.id IS NULL THEN coalesce(gm.type, 'User') ELSE 'Group' END), '}'),
    ',' ORDER BY gm.value), '') || ']'
  FROM directory_group_member gm
  LEFT JOIN directory_user mu ON mu.workspace_id = gm.workspace_id AND mu.id = gm.user_id
  LEFT JOIN LATERAL (${groupNamedBy('n.id, n.display_name', 'gm')} LIMIT 1) ng ON true
  WHERE gm.workspace_id = g.workspace_id AND gm.group_id = g.id)`;

/** The inside of a JSON string as an SQL literal. */
function literal(text: string): string {
  return pg.escapeLiteral(JSON.stringify(text).slice(1, -1));
}

/**
 * The columns that are read of a group.
 *
 * @param membersBaseUrl where the addresses of its members begin; null: they are not wanted
 */
export function groupShape(membersBaseUrl: string | null): RowShape {
  const members = membersBaseUrl === null ? 'NULL::text' : membersOf(membersBaseUrl);
  return {
    columns: `g.id, g.version, g.created_at, g.modified_at, g.resource::text AS json, ${members} AS members`,
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
  db: Queryable,
  workspaceId: string,
  id: string,
  membersBaseUrl: string | null,
  lock = false,
): Promise<GroupRow | null> {
  const [row] = await db.query<GroupRow[]>(
    prepared(`SELECT ${groupShape(membersBaseUrl).columns} FROM directory_group g
     WHERE g.workspace_id = $1 AND g.id = $2 ${lock ? 'FOR NO KEY UPDATE OF g' : ''}`),
    [workspaceId, id],
  );
  return row ?? null;
}

/** A page of groups, and how many match in all. */
export function listGroups(
  readers: PageReaders,
  request: PageRequest,
  membersBaseUrl: string | null,
): Promise<Page<GroupRow>> {
  return readPage<GroupRow>(readers, request, groupShape(membersBaseUrl));
}

/** A group to be created, under an id of ours. */
export interface NewGroup {
  id: string;
  resource: ScimResource;
  members: readonly MemberInput[];
  event: GroupEvent;
}

/** Creates a group with its members and its history entry: one statement. */
export async function insertGroup(
  db: Queryable,
  workspaceId: string,
  { id, resource, members, event }: NewGroup,
): Promise<void> {
  const values = [
    workspaceId,
    id,
    ...groupColumnValues(resource),
    event.at,
    event.id,
    event.kind,
    JSON.stringify(event.changes),
  ];
  if (members.length === 0) await db.query(insertSql, values);
  else await db.query(insertWithMembersSql, [...values, JSON.stringify(members)]);
}

const insertedGroup = `INSERT INTO directory_group
         (workspace_id, id, external_id, display_name, display_name_key, resource, created_at, modified_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`;

const groupEvent = `INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
       VALUES ($1, $8, $7, 'Group', $2, $9, $10)`;

/** Most groups come without members: nothing is looked up then, and no trigger fires. */
const insertSql = prepared(`WITH created AS (
       ${insertedGroup}
     )
     ${groupEvent}`);

const insertWithMembersSql = prepared(`WITH created AS (
       ${insertedGroup}
     ), event AS (
       ${groupEvent}
     ), ${incomingMembers('$11')}
     INSERT INTO directory_group_member (workspace_id, group_id, value, user_id, type, display)
     SELECT $1, $2, value, user_id, type, display FROM incoming`);

/** Replaces a group's attributes, with history entry. @returns the new version */
export async function updateGroup(
  db: Queryable,
  workspaceId: string,
  id: string,
  resource: ScimResource,
  event: GroupEvent,
): Promise<string> {
  const [row] = await db.query<{ version: string }[]>(
    prepared(`WITH updated AS (
       UPDATE directory_group SET external_id = $3, display_name = $4, display_name_key = $5, resource = $6,
         version = version + 1, modified_at = $7
       WHERE workspace_id = $1 AND id = $2 RETURNING version
     ), event AS (
       ${groupEvent}
     )
     SELECT version FROM updated`),
    [
      workspaceId,
      id,
      ...groupColumnValues(resource),
      event.at,
      event.id,
      event.kind,
      JSON.stringify(event.changes),
    ],
  );
  if (row === undefined) throw new Error('A group that is to be updated must be there, and locked');
  return row.version;
}

/**
 * Deletes a group with its members, and removes it from the groups it is a member of.
 *
 * @param version delete only if the group still has this version; null: whatever the version
 * @returns false when there is no such group (at this version)
 */
export async function deleteGroup(
  db: Queryable,
  workspaceId: string,
  id: string,
  version: string | null,
  event: { id: string; at: Date },
): Promise<boolean> {
  const rows = await db.query<unknown[]>(
    prepared(`WITH gone AS (
       DELETE FROM directory_group WHERE workspace_id = $1 AND id = $2 AND ($5::bigint IS NULL OR version = $5)
       RETURNING id, external_id, display_name
     ), places AS (
       DELETE FROM directory_group_member m USING gone
       WHERE m.workspace_id = $1 AND m.user_id IS NULL AND (
         m.value IN (gone.id::text, upper(gone.id::text))
         OR m.value = gone.external_id AND m.type IS DISTINCT FROM 'User' AND NOT EXISTS (
           SELECT 1 FROM directory_group o
           WHERE o.workspace_id = $1 AND o.external_id = gone.external_id AND o.id <> gone.id))
       RETURNING m.group_id
     ), parents AS (
       UPDATE directory_group g SET version = g.version + 1, modified_at = $4::timestamptz
       WHERE g.workspace_id = $1 AND g.id IN (SELECT group_id FROM places) AND g.id <> $2
     ), event AS (
       INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
       SELECT $1, $3, $4::timestamptz, 'Group', id, 'deleted',
              jsonb_build_array(jsonb_build_object('path', 'displayName', 'before', display_name, 'after', NULL))
       FROM gone
     )
     SELECT 1 FROM gone`),
    [workspaceId, id, event.id, event.at, version],
  );
  return rows.length > 0;
}

function groupColumnValues(resource: ScimResource): unknown[] {
  const displayName = String(resource.displayName);
  const { externalId } = resource;
  return [
    typeof externalId === 'string' ? externalId : null,
    displayName,
    foldCase(displayName),
    JSON.stringify(resource),
  ];
}
