import { prepared } from '../database/prepared-statements.ts';
import type { Queryable } from '../database/queryable.ts';
import { foldCase } from '../scim-core/fold.ts';
import type { ScimResource } from '../scim-core/resource.ts';
import { incomingMembers, type MemberInput } from './membership-statements.ts';
import type { Page, PageRequest } from './page.ts';
import { type PageReaders, readPage } from './page-statement.ts';
import type { StoredRow } from './representation.ts';

/** A directory group as read: the stored resource (without members), and its members when they were wanted. */
export interface GroupRow extends StoredRow {
  members: { value: string; type: string | null; display: string | null; userId: string | null }[] | null;
}

/** The entry that a write leaves in the group's history. */
export interface GroupEvent {
  id: string;
  at: Date;
  kind: 'created' | 'updated';
  changes: unknown;
}

const membersOf = `(
  SELECT coalesce(json_agg(json_build_object(
    'value', gm.value, 'type', gm.type, 'display', coalesce(gm.display, mu.resource->>'displayName'),
    'userId', gm.user_id) ORDER BY gm.value), '[]')
  FROM directory_group_member gm
  LEFT JOIN directory_user mu ON mu.workspace_id = gm.workspace_id AND mu.id = gm.user_id
  WHERE gm.workspace_id = g.workspace_id AND gm.group_id = g.id)`;

const groupColumns = (withMembers: boolean) => `
  g.id, g.version, g.created_at, g.modified_at, g.resource::text AS json,
  ${withMembers ? membersOf : 'NULL::json'} AS members`;

/**
 * Reads one group; null when there is none.
 *
 * @param lock whether to keep other writers of the group away until the transaction ends
 */
export async function findGroup(
  db: Queryable,
  workspaceId: string,
  id: string,
  withMembers: boolean,
  lock = false,
): Promise<GroupRow | null> {
  const [row] = await db.query<GroupRow[]>(
    prepared(`SELECT ${groupColumns(withMembers)} FROM directory_group g
     WHERE g.workspace_id = $1 AND g.id = $2 ${lock ? 'FOR NO KEY UPDATE OF g' : ''}`),
    [workspaceId, id],
  );
  return row ?? null;
}

/** A page of groups, and how many there are in all. */
export function listGroups(
  readers: PageReaders,
  request: PageRequest,
  withMembers: boolean,
): Promise<Page<GroupRow>> {
  return readPage<GroupRow>(readers, request, groupColumns(withMembers));
}

/** The groups of these ids, in any order. */
export function findGroups(
  db: Queryable,
  workspaceId: string,
  ids: readonly string[],
  withMembers: boolean,
): Promise<GroupRow[]> {
  return db.query<GroupRow[]>(
    prepared(
      `SELECT ${groupColumns(withMembers)} FROM directory_group g WHERE g.workspace_id = $1 AND g.id = ANY($2)`,
    ),
    [workspaceId, ids],
  );
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

/** Replaces a group's attributes, with history entry. */
export async function updateGroup(
  db: Queryable,
  workspaceId: string,
  id: string,
  resource: ScimResource,
  event: GroupEvent,
): Promise<void> {
  await db.query(
    prepared(`WITH updated AS (
       UPDATE directory_group SET external_id = $3, display_name = $4, display_name_key = $5, resource = $6,
         version = version + 1, modified_at = $7
       WHERE workspace_id = $1 AND id = $2
     )
     INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
     VALUES ($1, $8, $7, 'Group', $2, $9, $10)`),
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
}

/** Deletes a group with its memberships; false when there is none (at this version, when one is given). */
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
