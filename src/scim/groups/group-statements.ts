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

/** A directory group as read: the stored resource (without members), and its members when they were wanted. */
export interface GroupRow extends StoredRow {
  /** The JSON of the attribute, as it is answered: of a large group it is not to be taken apart. */
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
 * The members of group `g` as JSON text. A member who has not arrived has no `$ref`: there is nothing it could lead to.
 * Whatever names a group is a group, and is called as that is called now. `LIMIT` keeps that a lookup for each who is no
 * user, where the planner would rather read all groups.
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

/** A JSON text's part as a literal of SQL. */
function literal(text: string): string {
  return pg.escapeLiteral(JSON.stringify(text).slice(1, -1));
}

/**
 * What is read of a group.
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

/** A page of groups, and how many there are in all. */
export function listGroups(
  readers: PageReaders,
  request: PageRequest,
  membersBaseUrl: string | null,
): Promise<Page<GroupRow>> {
  return readPage<GroupRow>(readers, request, groupShape(membersBaseUrl));
}

/** Creates a group with its members and its history entry: one statement. */
export async function insertGroup(
  db: Queryable,
  workspaceId: string,
  id: string,
  resource: ScimResource,
  members: readonly MemberInput[],
  event: GroupEvent,
): Promise<void> {
  await db.query(
    prepared(`WITH created AS (
       INSERT INTO directory_group
         (workspace_id, id, external_id, display_name, display_name_key, resource, created_at, modified_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
     ), event AS (
       INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
       VALUES ($1, $8, $7, 'Group', $2, $9, $10)
     ), ${incomingMembers('$11')}
     INSERT INTO directory_group_member (workspace_id, group_id, value, user_id, type, display)
     SELECT $1, $2, value, user_id, type, display FROM incoming`),
    [
      workspaceId,
      id,
      ...groupColumnValues(resource),
      event.at,
      event.id,
      event.kind,
      JSON.stringify(event.changes),
      JSON.stringify(members),
    ],
  );
}

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
       INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
       VALUES ($1, $8, $7, 'Group', $2, $9, $10)
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

/** Deletes a group with its members, and takes it out of the groups whose member it is; false when there is none (at this version, when one is given). */
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
       RETURNING id, display_name
     ), places AS (
       DELETE FROM directory_group_member m USING gone
       WHERE m.workspace_id = $1 AND m.user_id IS NULL AND m.value IN (gone.id::text, upper(gone.id::text))
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
