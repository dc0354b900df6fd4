import { textBytes } from '../../database/rows-within.ts';
import { onQueued } from '../../database/on-queued.ts';
import { prepared } from '../../database/prepared-statements.ts';
import type { Queryable } from '../../database/queryable.ts';
import { foldName } from '../../scim-core/fold.ts';
import type { AttributeChange } from '../../scim-core/diff.ts';
import { isObject, type ScimResource } from '../../scim-core/resource.ts';
import { lookupTexts } from '../directory/lookup-texts.ts';
import { arrivalOf, reportsOf, userMeantBy } from '../directory/directory-sql.ts';
import type { Page, PageRequest } from '../lists/page.ts';
import { type PageReaders, readPage, type RowShape } from '../lists/page-statement.ts';
import type { StoredRow } from '../protocol/representation.ts';

/** A directory user as read: the stored resource, and what is derived from other rows. */
export interface UserRow extends StoredRow {
  /** In any order; null when the request did not want them. */
  groups: { value: string; display: string }[] | null;
  /** The directory user whom the manager reference names; null when none is named or he has not arrived. */
  manager: { id: string; displayName: string | null } | null;
}

/** What a write stores: the resource, also as JSON, when, and under which id in the person's history. */
export interface UserWrite {
  resource: ScimResource;
  json: string;
  now: Date;
  eventId: string;
}

/** What a change of a user does, for his history. */
export interface UserChange {
  kind: 'updated' | 'restored';
  changes: readonly AttributeChange[];
}

const managerOf = (reference: string, workspaceId: string) =>
  `(${userMeantBy("json_build_object('id', n.id, 'displayName', n.resource->>'displayName')", reference, workspaceId)})`;

const groupsOf = (userId: string, workspaceId: string) => `(
  SELECT coalesce(json_agg(json_build_object('value', g.id, 'display', g.display_name)), '[]')
  FROM directory_group_member gm
  JOIN directory_group g ON g.workspace_id = gm.workspace_id AND g.id = gm.group_id
  WHERE gm.workspace_id = ${workspaceId} AND gm.user_id = ${userId})`;

const columnsOf = (withGroups: boolean) => `
  u.id, u.version, u.created_at, u.modified_at, u.resource::text AS json,
  ${withGroups ? groupsOf('u.id', 'u.workspace_id') : 'NULL::json'} AS groups,
  CASE WHEN u.manager_value IS NOT NULL THEN ${managerOf('u.manager_value', 'u.workspace_id')} END AS manager`;

const plainColumns = columnsOf(false);
const columnsWithGroups = columnsOf(true);

/** Each of the groups gets an address when it is answered, which is as long as what was read of it. */
const userSizeBytes = `${textBytes('json')} + ${textBytes('manager')} + 2 * ${textBytes('groups')}`;

/** What is read of a user. */
export function userShape(withGroups: boolean): RowShape {
  return { columns: userColumns(withGroups), sizeBytes: userSizeBytes };
}

function userColumns(withGroups: boolean): string {
  return withGroups ? columnsWithGroups : plainColumns;
}

const findStatement = (withGroups: boolean) =>
  prepared(`SELECT ${userColumns(withGroups)} FROM directory_user u WHERE u.workspace_id = $1 AND u.id = $2`);

const findSql = findStatement(false);
const findWithGroupsSql = findStatement(true);

/** Reads one user; null when there is none. */
export async function findUser(
  db: Queryable,
  workspaceId: string,
  id: string,
  withGroups: boolean,
): Promise<UserRow | null> {
  const [row] = await db.query<UserRow[]>(withGroups ? findWithGroupsSql : findSql, [workspaceId, id]);
  return row ?? null;
}

/** A page of users, and how many there are in all. */
export function listUsers(
  readers: PageReaders,
  request: PageRequest,
  withGroups: boolean,
): Promise<Page<UserRow>> {
  return readPage<UserRow>(readers, request, userShape(withGroups));
}

/**
 * Creates a user, his history entry and his place in the queue: one statement. Nobody is created when this is an
 * inactive user who returns: one with the same `externalId`, and with the same `userName` if several share the
 * `externalId`.
 *
 * @returns `manager`; `isAwaited`: whether groups name him already (see `receiveAwaited`); or the id of the one who
 *   returns
 * @throws the violation of `directory_user_user_name_key`
 */
export async function insertUser(
  db: Queryable,
  workspaceId: string,
  id: string,
  write: UserWrite,
): Promise<Pick<UserRow, 'manager'> & { isAwaited: boolean; returnerId: string | null }> {
  const manager = managerReference(write.resource);
  const [row] = await db.query<
    (Pick<UserRow, 'manager'> & { isAwaited: boolean; returnerId: string | null })[]
  >(
    manager === null ? insertSql : insertWithManagerSql,
    writeValues(workspaceId, id, write, manager, 'created'),
  );
  return row ?? { manager: null, isAwaited: false, returnerId: null };
}

/** The hashes of the texts in an array parameter. */
const hashesOf = (texts: string) => `ARRAY(SELECT scim_hash(t) FROM unnest(${texts}::text[]) AS t)`;

/** A new user comes back when somebody with this `externalId` had a member. */
const createdReason = `CASE WHEN $13 = 'created' AND EXISTS (SELECT 1 FROM sync_link l
  WHERE l.workspace_id = $1 AND l.external_id = $3 AND l.member_id IS NOT NULL) THEN 'returner' ELSE $13 END`;

const insertStatement = (manager: string) =>
  prepared(`WITH returner AS (
     SELECT u.id FROM directory_user u
     WHERE u.workspace_id = $1 AND u.external_id = $3 AND NOT u.active AND $6::boolean
       AND (u.user_name_key = $5 OR NOT EXISTS (SELECT 1 FROM directory_user o
         WHERE o.workspace_id = $1 AND o.external_id = $3 AND o.id <> u.id))
   ), created AS (
     INSERT INTO directory_user (workspace_id, id, external_id, user_name, user_name_key, active, resource,
       display_name_hash, employee_number_hash, email_hashes, created_at, modified_at, manager_value)
     SELECT $1, $2::uuid, $3, $4, $5, $6, $7::jsonb, scim_hash($8), scim_hash($9), ${hashesOf('$10')},
            $11::timestamptz, $11, $14
     WHERE NOT EXISTS (SELECT 1 FROM returner)
     RETURNING workspace_id, id, external_id
   ), event AS (
     INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
     SELECT workspace_id, $12, $11, 'User', id, 'created', $7::jsonb FROM created
   ), queued AS (
     INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
     SELECT workspace_id, id, gen_random_uuid(), ${createdReason}, $11::timestamptz FROM created
     UNION ALL ${reportsOf('created', '$11::timestamptz')} ${onQueued}
   )
   SELECT (SELECT id FROM returner) AS "returnerId", ${manager} AS manager, EXISTS (
     SELECT 1 FROM directory_group_member m
     WHERE m.workspace_id = $1 AND m.user_id IS NULL AND m.value IN ($3, $2::text)) AS "isAwaited"`);

const insertSql = insertStatement('NULL::json');
const insertWithManagerSql = insertStatement(managerOf('$14', '$1'));

/**
 * Makes a user who has just been created a member of the groups that named him before he came. Should the process end
 * before this, `LateReferencesService` does it.
 *
 * @returns these groups
 */
export async function receiveAwaited(
  db: Queryable,
  workspaceId: string,
  id: string,
  now: Date,
): Promise<{ value: string; display: string }[]> {
  return db.query<{ value: string; display: string }[]>(
    `WITH arrival AS (
       SELECT workspace_id, id, external_id FROM directory_user WHERE workspace_id = $1 AND id = $2
     ), ${arrivalOf('arrival', '$3')}
     SELECT id AS value, display_name AS display FROM resolved ORDER BY id`,
    [workspaceId, id, now],
  );
}

/**
 * Replaces a user's resource if it still is at the version that was read, with history entry and place in the queue.
 *
 * @param options `externalIdChanged`: whether references by `externalId` may have to be resolved anew
 * @returns the derived values, or null when another write came first
 * @throws the violation of `directory_user_user_name_key`
 */
export async function updateUser(
  db: Queryable,
  workspaceId: string,
  read: { id: string; version: string },
  write: UserWrite,
  { kind, changes }: UserChange,
  { externalIdChanged, withGroups }: { externalIdChanged: boolean; withGroups: boolean },
): Promise<Pick<UserRow, 'version' | 'manager' | 'groups'> | null> {
  const manager = managerReference(write.resource);
  const [row] = await db.query<Pick<UserRow, 'version' | 'manager' | 'groups'>[]>(
    updateSqlOf[Number(externalIdChanged)]![Number(withGroups)]![Number(manager !== null)]!,
    [
      ...writeValues(workspaceId, read.id, write, manager, kind === 'restored' ? 'returner' : 'updated'),
      kind,
      JSON.stringify(changes),
      read.version,
    ],
  );
  return row ?? null;
}

const updateStatement = (externalIdChanged: boolean, groups: string, manager: string) =>
  prepared(`WITH updated AS (
     UPDATE directory_user SET external_id = $3, user_name = $4, active = $6, resource = $7,
       user_name_key = CASE WHEN user_name = $4 THEN user_name_key ELSE $5 END,
       display_name_hash = scim_hash($8), employee_number_hash = scim_hash($9), email_hashes = ${hashesOf('$10')},
       version = version + 1, modified_at = $11, manager_value = $14
     WHERE workspace_id = $1 AND id = $2 AND version = $17
     RETURNING workspace_id, id, external_id, version
   ), event AS (
     INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
     SELECT workspace_id, $12, $11, 'User', id, $15, $16 FROM updated
   ), ${externalIdChanged ? `${arrivalOf('updated', '$11')},` : ''} queued AS (
     INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
     SELECT workspace_id, id, gen_random_uuid(), $13, $11::timestamptz FROM updated
     ${externalIdChanged ? `UNION ALL ${reportsOf('updated', '$11::timestamptz')}` : ''} ${onQueued}
   )
   SELECT version, ${groups} AS groups, ${manager} AS manager FROM updated`);

/** By whether the `externalId` changed, the groups are wanted, and there is a manager. */
const updateSqlOf = [false, true].map((externalIdChanged) =>
  ['NULL::json', groupsOf('$2', '$1')].map((groups) =>
    ['NULL::json', managerOf('$14', '$1')].map((manager) =>
      updateStatement(externalIdChanged, groups, manager),
    ),
  ),
);

/**
 * Deletes a user with his memberships; the names become free, link and history stay (RFC 7644 §3.6).
 *
 * @param version only when it still is at this version; null: whatever the version
 * @returns false when there is no such user (at this version)
 */
export async function deleteUser(
  db: Queryable,
  workspaceId: string,
  id: string,
  version: string | null,
  event: { id: string; at: Date },
): Promise<boolean> {
  const rows = await db.query<unknown[]>(
    prepared(`WITH gone AS (
       DELETE FROM directory_user WHERE workspace_id = $1 AND id = $2 AND ($5::bigint IS NULL OR version = $5)
       RETURNING workspace_id, id, external_id, user_name
     ), memberships AS (
       DELETE FROM directory_group_member m USING gone
       WHERE m.workspace_id = gone.workspace_id AND m.user_id = gone.id RETURNING m.group_id
     ), groups AS (
       UPDATE directory_group g SET version = g.version + 1, modified_at = $4
       WHERE g.workspace_id = $1 AND g.id IN (SELECT group_id FROM memberships)
     ), event AS (
       INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
       SELECT workspace_id, $3, $4, 'User', id, 'deleted',
              jsonb_build_array(jsonb_build_object('path', 'userName', 'before', user_name, 'after', NULL)) FROM gone
     ), queued AS (
       INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
       SELECT workspace_id, id, gen_random_uuid(), 'leaver', $4::timestamptz FROM gone
       UNION ALL ${reportsOf('gone', '$4::timestamptz')} ${onQueued}
     )
     SELECT 1 FROM gone`),
    [workspaceId, id, event.id, event.at, version],
  );
  return rows.length > 0;
}

/** The parameters $1 to $14 of the statements that write a user. */
function writeValues(
  workspaceId: string,
  id: string,
  { resource, json, now, eventId }: UserWrite,
  manager: string | null,
  reason: QueueReason,
): unknown[] {
  return [
    workspaceId,
    id,
    ...userColumnValues(resource, json),
    now,
    eventId,
    queueReason(resource, reason),
    manager,
  ];
}

function userColumnValues(resource: ScimResource, json: string): unknown[] {
  const userName = String(resource.userName);
  const texts = lookupTexts(resource);
  return [
    typeof resource.externalId === 'string' ? resource.externalId : null,
    userName,
    foldName(userName),
    resource.active !== false,
    json,
    texts.displayName,
    texts.employeeNumber,
    texts.emails,
  ];
}

type QueueReason = 'created' | 'updated' | 'returner';

/** Somebody inactive is a leaver whatever changed about them: leavers and returners have a lane of their own. */
function queueReason(resource: ScimResource, otherwise: QueueReason): string {
  return resource.active === false ? 'leaver' : otherwise;
}

function managerReference(resource: ScimResource): string | null {
  const extension = resource['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'];
  const manager = isObject(extension) ? extension.manager : undefined;
  return isObject(manager) && typeof manager.value === 'string' ? manager.value : null;
}
