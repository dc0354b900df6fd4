import type { Db } from '../../database/db.ts';
import { type ArrayColumns, fewRows } from '../../database/row-arrays.ts';
import { json, lookup, type Parameter, parameter, raw, type Sql, sql } from '../../database/sql.ts';
import { enqueue, queueRow } from '../../sync-queue/enqueue.ts';
import { allOf, countDifference } from '../directory/directory-counts.ts';
import { groupsOf, managerOf } from './read-users.ts';
import { causeOfUpdate, updatedCause, type UserValues, userValues, type UserWrite } from './user-values.ts';
import type { UserUpdate } from './user-parts.ts';
import type { InsertedUser, UpdatedUser } from './write-users.ts';

/** A user who is to be created, under an id of ours. */
export interface NewUser {
  id: string;
  write: UserWrite;
}

/**
 * Creates several users, as `insertUser` does each: one statement, one commit.
 *
 * @param users different `userName`s and `externalId`s: none may decide about another
 * @returns in their order what `insertUser` returns; null for one who was not created, because the `userName` is taken
 */
export async function insertUsers(
  db: Db,
  workspaceId: string,
  users: readonly NewUser[],
): Promise<(InsertedUser | null)[]> {
  const values = inOrderOfIds(users.map(({ id, write }) => userValues(id, write, 'created')));
  const { rows } = await db.run(
    insertStatement(parameter(workspaceId), values).onOneNode(workspaceId, insertedColumns),
  );
  const inserted = new Map(rows.map(({ id, ...row }) => [id, row]));
  return users.map(({ id }) => inserted.get(id) ?? null);
}

/** Two statements that queue the same people, or write them, then wait for each other instead of deadlocking. */
function inOrderOfIds<Values extends { id: string }>(values: readonly Values[]): Values[] {
  return values.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

const userColumns: ArrayColumns<UserValues> = {
  id: { type: 'uuid', of: ({ id }) => id },
  active: { type: 'boolean', of: ({ active }) => String(active) },
  resource: { type: 'jsonb of text', of: ({ resource }) => resource },
  display_name: { type: 'text', of: ({ displayName }) => displayName },
  employee_number: { type: 'text', of: ({ employeeNumber }) => employeeNumber },
  emails: { type: 'text[]', of: ({ emails }) => emails },
  search_text: { type: 'text', of: ({ searchText }) => searchText },
  manager: { type: 'text', of: ({ manager }) => manager },
  cause: { type: 'text', of: ({ cause }) => cause },
  event_id: { type: 'uuid', of: ({ eventId }) => eventId },
  at: { type: 'timestamptz', of: ({ now }) => now.toISOString() },
};

const newUserColumns: ArrayColumns<UserValues> = {
  ...userColumns,
  external_id: { type: 'text', of: ({ externalId }) => externalId },
  user_name: { type: 'text', of: ({ userName }) => userName },
  user_name_key: { type: 'text', of: ({ userNameKey }) => userNameKey },
};

/** The hashes of the texts of a row that is given. */
const hashes = raw(`scim_hash(g.display_name), scim_hash(g.employee_number),
       ARRAY(SELECT scim_hash(t) FROM unnest(g.emails) AS t)`);

/** The manager that a row `written` names, as JSON; for a user without one, nothing is looked up. */
const managerOfWritten = (workspace: Parameter) =>
  sql`CASE WHEN written.manager IS NOT NULL THEN ${managerOf(raw('written.manager'), workspace)} END`;

const insertedColumns = { id: 'uuid', returnerId: 'uuid', manager: 'json', isAwaited: 'boolean' };

function insertStatement(
  workspace: Parameter,
  values: readonly UserValues[],
): Sql<InsertedUser & { id: string }> {
  return sql<InsertedUser & { id: string }>`WITH given AS (
     ${fewRows(newUserColumns, values)}
   ), returner AS (
     SELECT g.id AS new_id, r.id FROM given g, ${lookup(returnerOf(workspace))} r
   ), created AS (
     INSERT INTO directory_user (workspace_id, id, external_id, user_name, user_name_key, active, resource,
       display_name_hash, employee_number_hash, email_hashes, search_text, created_at, modified_at,
       manager_value, counted)
     SELECT ${workspace}, g.id, g.external_id, g.user_name, g.user_name_key, g.active, g.resource,
       ${hashes}, g.search_text, g.at, g.at, g.manager, true
     FROM given g WHERE g.id NOT IN (SELECT new_id FROM returner)
     ON CONFLICT (workspace_id, user_name_key) DO NOTHING
     RETURNING workspace_id, id, external_id
   ), event AS (
     INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
     SELECT ${workspace}, g.event_id, g.at, 'User', g.id, 'created', g.resource
     FROM given g JOIN created c ON c.id = g.id
   ), queued AS (
     ${enqueue(newInQueue(workspace), 'refresh')} RETURNING true
   ), counts AS (
     ${countDifference('users', workspace, allOf('created'), ['queued'])}
   )
   SELECT written.id, NULL::uuid AS "returnerId", ${managerOfWritten(workspace)} AS manager, EXISTS (
     SELECT 1 FROM directory_group_member m
     WHERE m.workspace_id = ${workspace} AND m.user_id IS NULL
       AND m.value IN (written.external_id, written.id::text)) AS "isAwaited"
   FROM given written JOIN created c ON c.id = written.id
   UNION ALL SELECT new_id, id, NULL::json, false FROM returner`.prepared();
}

/** As in `write-users.ts`, for each row that is given. */
const returnerOf = (workspace: Parameter) =>
  sql`SELECT u.id FROM directory_user u
     WHERE u.workspace_id = ${workspace} AND u.external_id = g.external_id AND u.active IS NOT TRUE AND g.active
       AND (u.user_name_key = g.user_name_key OR NOT EXISTS (SELECT 1 FROM directory_user o
         WHERE o.workspace_id = ${workspace} AND o.external_id = g.external_id AND o.id <> u.id))`;

/**
 * The queue rows of those who were created, and of the people whose manager they are. A person may be named twice, and is
 * queued once.
 */
function newInQueue(workspace: Parameter): Sql {
  const hadMember = sql`(SELECT true FROM sync_link l
       WHERE l.workspace_id = ${workspace} AND l.external_id = g.external_id AND l.member_id IS NOT NULL LIMIT 1)`;
  const reports = sql`SELECT r.id FROM directory_user r
       WHERE r.workspace_id = ${workspace} AND r.id <> c.id AND r.manager_value IN (c.id::text, c.external_id)`;
  return sql`SELECT ${queueRow({ workspace, person: 'q.id', cause: raw('q.cause'), dueAt: raw('q.at') })}
     FROM (
       SELECT g.id, CASE WHEN g.cause = 'created' AND ${hadMember} THEN 'returner' ELSE g.cause END AS cause, g.at
       FROM given g JOIN created c ON c.id = g.id
       UNION ALL (SELECT DISTINCT ON (r.id) r.id, 'manager', g.at
       FROM given g JOIN created c ON c.id = g.id, ${lookup(reports)} r ORDER BY r.id, g.at)) q
     ORDER BY q.id`;
}

/**
 * Replaces several users' resources, as `updateUser` does each: one statement, one commit.
 *
 * @param updates different users, whose `userName` and `externalId` stay
 * @returns in their order what `updateUser` returns: null where another write came first
 */
export async function updateUsers(
  db: Db,
  workspaceId: string,
  updates: readonly UserUpdate[],
): Promise<(UpdatedUser | null)[]> {
  const values = inOrderOfIds(updates.map(changedValues));
  const { rows } = await db.run(
    updateStatement(parameter(workspaceId), values).onOneNode(workspaceId, updatedColumns),
  );
  const updated = new Map(rows.map(({ id, ...row }) => [id, row]));
  return updates.map(({ read }) => updated.get(read.id) ?? null);
}

interface ChangedValues extends UserValues, Pick<UserUpdate, 'kind' | 'changes' | 'withGroups'> {
  version: string;
}

function changedValues({ read, write, kind, changes, withGroups }: UserUpdate): ChangedValues {
  const values = userValues(read.id, write, causeOfUpdate(kind));
  return { ...values, version: read.version, kind, changes, withGroups };
}

const changedUserColumns: ArrayColumns<ChangedValues> = {
  ...userColumns,
  version: { type: 'bigint', of: ({ version }) => version },
  kind: { type: 'text', of: ({ kind }) => kind },
  changes: { type: 'jsonb of text', of: ({ changes }) => json(changes) },
  with_groups: { type: 'boolean', of: ({ withGroups }) => String(withGroups) },
};

const updatedColumns = { id: 'uuid', version: 'bigint', manager: 'json', groups: 'json' };

function updateStatement(
  workspace: Parameter,
  values: readonly ChangedValues[],
): Sql<UpdatedUser & { id: string }> {
  const queued = queueRow({
    workspace,
    person: 'u.id',
    cause: updatedCause(workspace, raw('u.cause')),
    dueAt: raw('u.at'),
  });
  return sql<UpdatedUser & { id: string }>`WITH given AS (
     ${fewRows(changedUserColumns, values)}
   ), updated AS (
     UPDATE directory_user u
     SET active = g.active, resource = g.resource,
       (display_name_hash, employee_number_hash, email_hashes) = ROW (${hashes}),
       search_text = g.search_text, version = u.version + 1, modified_at = g.at, manager_value = g.manager
     FROM given g WHERE u.workspace_id = ${workspace} AND u.id = g.id AND u.version = g.version
     RETURNING u.id, u.version, g.at, g.event_id, g.kind, g.changes, g.cause, g.manager, g.with_groups
   ), event AS (
     INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
     SELECT ${workspace}, event_id, at, 'User', id, kind, changes FROM updated
   ), queued AS (
     ${enqueue(sql`SELECT ${queued} FROM updated u ORDER BY u.id`, 'refresh')}
   )
   SELECT written.id, written.version, ${managerOfWritten(workspace)} AS manager,
     CASE WHEN written.with_groups THEN ${groupsOf(raw('written.id'), workspace)} END AS groups
   FROM updated written`.prepared();
}
