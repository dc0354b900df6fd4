import { prepared } from '../../database/prepared-statements.ts';
import type { Queryable } from '../../database/queryable.ts';
import { enterpriseUserUrn } from '../../scim-core/urns.ts';
import type { AttributeChange } from '../../scim-core/diff.ts';
import { foldName } from '../../scim-core/fold.ts';
import { isObject, type ScimResource } from '../../scim-core/resource.ts';
import { because, type Cause, enqueue, queueRow } from '../../sync-queue/enqueue.ts';
import { arrivalOf, reportsOf } from '../directory/directory-sql.ts';
import { lookupTexts } from '../directory/lookup-texts.ts';
import { groupsOf, managerOf, type UserRow } from './read-users.ts';

/** What a write stores: the resource, also as JSON, when, and under which id in the person's history. */
export interface UserWrite {
  resource: ScimResource;
  json: string;
  now: Date;
  eventId: string;
}

/** A user that was read, and what to write in its place. */
export interface UserUpdate {
  read: { id: string; version: string };
  write: UserWrite;
  /** What the history says. */
  kind: 'updated' | 'restored';
  changes: readonly AttributeChange[];
  /** Whether references by `externalId` may have to be resolved again. */
  externalIdChanged: boolean;
  withGroups: boolean;
}

/** The parameters of the statements that write a user, in their order; only an update has the last three. */
const parameterNames = [
  'workspaceId',
  'id',
  'externalId',
  'userName',
  'userNameKey',
  'active',
  'resource',
  'displayName',
  'employeeNumber',
  'emails',
  'now',
  'eventId',
  'cause',
  'manager',
  'kind',
  'changes',
  'version',
] as const;
type Parameter = (typeof parameterNames)[number];
const $ = Object.fromEntries(parameterNames.map((name, at) => [name, `$${at + 1}`])) as Record<
  Parameter,
  string
>;

/** The columns of the row that was written. */
const ofRow = { workspace: 'workspace_id', person: 'id' };

const hashOfText = (text: string) => `scim_hash(${text})`;

/** The hashes of the texts in an array parameter. */
const hashesOf = (texts: string) => `ARRAY(SELECT scim_hash(t) FROM unnest(${texts}::text[]) AS t)`;

/** A new user comes back when somebody with this `externalId` had a member. */
const createdCause = `CASE WHEN ${$.cause} = 'created' AND EXISTS (SELECT 1 FROM sync_link l
  WHERE l.workspace_id = ${$.workspaceId} AND l.external_id = ${$.externalId} AND l.member_id IS NOT NULL)
  THEN 'returner' ELSE ${$.cause} END`;

const insertStatement = (manager: string) =>
  prepared(`WITH returner AS (
     SELECT u.id FROM directory_user u
     WHERE u.workspace_id = ${$.workspaceId} AND u.external_id = ${$.externalId} AND NOT u.active AND ${$.active}::boolean
       AND (u.user_name_key = ${$.userNameKey} OR NOT EXISTS (SELECT 1 FROM directory_user o
         WHERE o.workspace_id = ${$.workspaceId} AND o.external_id = ${$.externalId} AND o.id <> u.id))
   ), created AS (
     INSERT INTO directory_user (workspace_id, id, external_id, user_name, user_name_key, active, resource,
       display_name_hash, employee_number_hash, email_hashes, created_at, modified_at, manager_value)
     SELECT ${$.workspaceId}, ${$.id}::uuid, ${$.externalId}, ${$.userName}, ${$.userNameKey}, ${$.active},
            ${$.resource}::jsonb, ${hashOfText($.displayName)}, ${hashOfText($.employeeNumber)}, ${hashesOf($.emails)},
            ${$.now}::timestamptz, ${$.now}, ${$.manager}
     WHERE NOT EXISTS (SELECT 1 FROM returner)
     RETURNING workspace_id, id, external_id
   ), event AS (
     INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
     SELECT workspace_id, ${$.eventId}, ${$.now}, 'User', id, 'created', ${$.resource}::jsonb FROM created
   ), queued AS (
     ${enqueue(
       `SELECT ${queueRow({ ...ofRow, cause: createdCause, dueAt: `${$.now}::timestamptz` })} FROM created
     UNION ALL ${reportsOf('created', `${$.now}::timestamptz`)}`,
       'refresh',
     )}
   )
   SELECT (SELECT id FROM returner) AS "returnerId", ${manager} AS manager, EXISTS (
     SELECT 1 FROM directory_group_member m
     WHERE m.workspace_id = ${$.workspaceId} AND m.user_id IS NULL
       AND m.value IN (${$.externalId}, ${$.id}::text)) AS "isAwaited"`);

const insertSql = insertStatement('NULL::json');
const insertWithManagerSql = insertStatement(managerOf($.manager, $.workspaceId));

/**
 * Creates a user, their history entry and their place in the queue: one statement. Nobody is created when this is an
 * inactive user who returns: one with the same `externalId`, and with the same `userName` if several share the
 * `externalId`.
 *
 * @returns `manager`; `isAwaited`: whether groups name them already (see `receiveAwaited`); or the id of the one who
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
    writtenValues(workspaceId, id, write, { manager, cause: 'created' }),
  );
  return row ?? { manager: null, isAwaited: false, returnerId: null };
}

/**
 * Makes a user who has just been created a member of the groups that named them before they came. Should the process
 * end before this, `LateReferencesService` does it. The database queues them for that (`sync-queue/triggers.md`).
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
 * Replaces a user's resource if it still has the version that was read, with history entry and place in the queue.
 *
 * @returns the derived values, or null when another write came first
 * @throws the violation of `directory_user_user_name_key`
 */
export async function updateUser(
  db: Queryable,
  workspaceId: string,
  update: UserUpdate,
): Promise<Pick<UserRow, 'version' | 'manager' | 'groups'> | null> {
  const { read, write, kind, changes, externalIdChanged, withGroups } = update;
  const manager = managerReference(write.resource);
  const cause = kind === 'restored' ? 'returner' : 'updated';
  const [row] = await db.query<Pick<UserRow, 'version' | 'manager' | 'groups'>[]>(
    updateSql(externalIdChanged, withGroups, manager !== null),
    [
      ...writtenValues(workspaceId, read.id, write, { manager, cause }),
      kind,
      JSON.stringify(changes),
      read.version,
    ],
  );
  return row ?? null;
}

/** The eight statements of `updateUser`, each written when it is wanted first. */
const updateStatements: string[] = [];

function updateSql(externalIdChanged: boolean, withGroups: boolean, hasManager: boolean): string {
  const at = (externalIdChanged ? 4 : 0) + (withGroups ? 2 : 0) + (hasManager ? 1 : 0);
  return (updateStatements[at] ??= updateStatement(
    externalIdChanged,
    withGroups ? groupsOf($.id, $.workspaceId) : 'NULL::json',
    hasManager ? managerOf($.manager, $.workspaceId) : 'NULL::json',
  ));
}

function updateStatement(externalIdChanged: boolean, groups: string, manager: string): string {
  const dueAt = `${$.now}::timestamptz`;
  return prepared(`WITH updated AS (
     UPDATE directory_user SET external_id = ${$.externalId}, user_name = ${$.userName}, active = ${$.active},
       resource = ${$.resource},
       user_name_key = CASE WHEN user_name = ${$.userName} THEN user_name_key ELSE ${$.userNameKey} END,
       display_name_hash = ${hashOfText($.displayName)}, employee_number_hash = ${hashOfText($.employeeNumber)},
       email_hashes = ${hashesOf($.emails)},
       version = version + 1, modified_at = ${$.now}, manager_value = ${$.manager}
     WHERE workspace_id = ${$.workspaceId} AND id = ${$.id} AND version = ${$.version}
     RETURNING workspace_id, id, external_id, version
   ), event AS (
     INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
     SELECT workspace_id, ${$.eventId}, ${$.now}, 'User', id, ${$.kind}, ${$.changes} FROM updated
   ), ${externalIdChanged ? `${arrivalOf('updated', $.now)},` : ''} queued AS (
     ${enqueue(
       `SELECT ${queueRow({ ...ofRow, cause: $.cause, dueAt })} FROM updated
     ${externalIdChanged ? `UNION ALL ${reportsOf('updated', dueAt)}` : ''}`,
       'refresh',
     )}
   )
   SELECT version, ${groups} AS groups, ${manager} AS manager FROM updated`);
}

/**
 * Deletes a user with their memberships; the names become free, link and history stay (RFC 7644 §3.6).
 *
 * @param version delete only if the user still has this version; null: whatever the version
 * @returns false when there is no such user (at this version)
 */
export async function deleteUser(
  db: Queryable,
  workspaceId: string,
  id: string,
  version: string | null,
  event: { id: string; at: Date },
): Promise<boolean> {
  const rows = await db.query<unknown[]>(deleteSql, [workspaceId, id, event.id, event.at, version]);
  return rows.length > 0;
}

const deleteSql = prepared(`WITH gone AS (
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
       ${enqueue(
         `SELECT ${queueRow({ ...ofRow, cause: because('leaver'), dueAt: '$4::timestamptz' })} FROM gone
       UNION ALL ${reportsOf('gone', '$4::timestamptz')}`,
         'refresh',
       )}
     )
     SELECT 1 FROM gone`);

/** The values of all parameters but the last three. */
function writtenValues(
  workspaceId: string,
  id: string,
  { resource, json, now, eventId }: UserWrite,
  { manager, cause }: { manager: string | null; cause: Cause },
): unknown[] {
  const userName = String(resource.userName);
  const texts = lookupTexts(resource);
  return [
    workspaceId,
    id,
    typeof resource.externalId === 'string' ? resource.externalId : null,
    userName,
    foldName(userName),
    resource.active !== false,
    json,
    texts.displayName,
    texts.employeeNumber,
    texts.emails,
    now,
    eventId,
    // Somebody inactive is a leaver whatever else changed: leavers and returners have a lane of their own.
    resource.active === false ? 'leaver' : cause,
    manager,
  ];
}

function managerReference(resource: ScimResource): string | null {
  const extension = resource[enterpriseUserUrn];
  const manager = isObject(extension) ? extension.manager : undefined;
  return isObject(manager) && typeof manager.value === 'string' ? manager.value : null;
}
