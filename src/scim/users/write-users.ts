import type { Db } from '../../database/db.ts';
import { json, type Parameter, parameter, type Sql, sql } from '../../database/sql.ts';
import { because, enqueue, enqueueRegrouped, queueRow } from '../../sync-queue/enqueue.ts';
import { queueArrived, regroupedAt } from '../../sync-queue/queue-regrouped.ts';
import { allOf, countDifference, lessCountedOf } from '../directory/directory-counts.ts';
import { arrivalOf, reportsOf } from '../directory/directory-sql.ts';
import { groupsOf, type UserRow } from './read-users.ts';
import { deleteSteps, insertSteps, receiveSteps, updateSteps } from './user-steps.ts';
import {
  createdCause,
  isAwaited,
  managerNamedBy,
  newUserColumns,
  newUserValues,
  returnerOf,
  rewriting,
  unknownJson,
  type UserUpdate,
  type WrittenValues,
  writtenValues,
} from './user-parts.ts';
import { causeOfUpdate, updatedCause, type UserWrite } from './user-values.ts';

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
  db: Db,
  workspaceId: string,
  id: string,
  write: UserWrite,
): Promise<InsertedUser> {
  const values = writtenValues(workspaceId, id, write, 'created');
  const { rows } = await db.run(
    insertStatement(values).onOneNode(workspaceId, insertedColumns, () => insertSteps(values)),
  );
  return rows[0] ?? { manager: null, isAwaited: false, returnerId: null };
}

export interface InsertedUser extends Pick<UserRow, 'manager'> {
  isAwaited: boolean;
  returnerId: string | null;
}

const insertedColumns = { returnerId: 'uuid', manager: 'json', isAwaited: 'boolean' };

function insertStatement(values: WrittenValues): Sql<InsertedUser> {
  const { workspaceId, resource, now } = values;
  const dueAt = sql`${now}::timestamptz`;
  const rows = sql`SELECT ${queueRow({ workspace: workspaceId, person: 'id', cause: createdCause(values), dueAt })} FROM created
     UNION ALL ${reportsOf('created', workspaceId, dueAt)}`;
  return sql<InsertedUser>`WITH returner AS (
     ${returnerOf(values)}
   ), created AS (
     INSERT INTO directory_user (${newUserColumns}) SELECT ${newUserValues(values)}
     WHERE NOT EXISTS (SELECT 1 FROM returner)
     RETURNING id, external_id
   ), event AS (
     INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
     SELECT ${workspaceId}, ${values.eventId}, ${now}, 'User', id, 'created', ${resource}::jsonb FROM created
   ), queued AS (
     ${enqueue(rows, 'refresh')} RETURNING true
   ), counts AS (
     ${countDifference('users', workspaceId, allOf('created'), ['queued'])}
   )
   SELECT (SELECT id FROM returner) AS "returnerId", ${managerNamedBy(values)} AS manager, ${isAwaited(values)} AS "isAwaited"`.prepared();
}

/**
 * Makes a user who has just been created a member of the groups that named them before. Should the process end before
 * this, `LateReferencesService` does it. They are queued for that.
 *
 * @returns these groups
 */
export async function receiveAwaited(
  db: Db,
  workspaceId: string,
  id: string,
  now: Date,
): Promise<{ value: string; display: string }[]> {
  const [workspace, person, at] = [parameter(workspaceId), parameter(id), parameter(now)];
  const { rows } = await db.run(
    sql<{ value: string; display: string }>`WITH arrival AS (
       SELECT id, external_id FROM directory_user WHERE workspace_id = ${workspace} AND id = ${person}
     ), ${arrivalOf('arrival', workspace, at)}, queued AS (
       ${queueArrived(workspace, 'arrived', at)}
     )
     SELECT id AS value, display_name AS display FROM resolved ORDER BY id`.onOneNode(
      workspaceId,
      { value: 'uuid', display: 'text' },
      () => receiveSteps({ workspaceId: workspace, id: person, now: at }),
    ),
  );
  return rows;
}

/**
 * Replaces a user's resource if it still has the version that was read, with history entry and place in the queue. Groups
 * that name a new `externalId` already get them as a member.
 *
 * @returns the derived values, or null when another write came first
 * @throws the violation of `directory_user_user_name_key`
 */
export async function updateUser(
  db: Db,
  workspaceId: string,
  update: UserUpdate,
): Promise<UpdatedUser | null> {
  const values = writtenValues(workspaceId, update.read.id, update.write, causeOfUpdate(update.kind));
  const { rows } = await db.run(
    updateStatement(values, update).onOneNode(workspaceId, updatedColumns, () => updateSteps(values, update)),
  );
  return rows[0] ?? null;
}

export type UpdatedUser = Pick<UserRow, 'version' | 'manager' | 'groups'>;

const updatedColumns = { version: 'bigint', groups: 'json', manager: 'json' };

function updateStatement(values: WrittenValues, update: UserUpdate): Sql<UpdatedUser> {
  const { workspaceId, id, now } = values;
  const { externalIdChanged } = update;
  const dueAt = sql`${now}::timestamptz`;
  const row = queueRow({
    workspace: workspaceId,
    person: 'id',
    cause: updatedCause(workspaceId, values.cause),
    dueAt,
  });
  const queued = externalIdChanged
    ? sql`${arrivalOf('updated', workspaceId, now)}, queued AS (
     ${enqueueRegrouped(
       sql`SELECT ${row}, ${regroupedAt(workspaceId, 'arrived', dueAt)} FROM updated
       UNION ALL ${reportsOf('updated', workspaceId, dueAt, sql`, NULL::timestamptz`)}`,
       'person',
     )}
   )`
    : sql`queued AS (
     ${enqueue(sql`SELECT ${row} FROM updated`, 'refresh')}
   )`;
  const groups = update.withGroups ? groupsAfter(id, workspaceId, externalIdChanged) : unknownJson;
  return sql<UpdatedUser>`WITH updated AS (
     ${rewriting(values, update)}
     RETURNING id, external_id, version
   ), event AS (
     INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
     SELECT ${workspaceId}, ${values.eventId}, ${now}, 'User', id, ${update.kind}, ${json(update.changes)}
       FROM updated
   ), ${queued}
   SELECT version, ${groups} AS groups, ${managerNamedBy(values)} AS manager FROM updated`.prepared();
}

/** The groups of a user after the statement, as JSON: a part of it does not see what another part writes. */
function groupsAfter(id: Parameter, workspaceId: Parameter, externalIdChanged: boolean): Sql {
  if (!externalIdChanged) return groupsOf(id, workspaceId);
  return sql`(SELECT coalesce(json_agg(json_build_object('value', all_groups.id, 'display', display_name)), '[]') FROM (
     SELECT g.id, g.display_name FROM directory_group_member gm
     JOIN directory_group g ON g.workspace_id = ${workspaceId} AND g.id = gm.group_id
     WHERE gm.workspace_id = ${workspaceId} AND gm.user_id = ${id}
     UNION SELECT id, display_name FROM resolved) all_groups)`;
}

/**
 * Deletes a user with their memberships; the names become free, link and history stay (RFC 7644 §3.6).
 *
 * @param version delete only if the user still has this version; null: whatever the version
 * @returns false when there is no such user (at this version)
 */
export async function deleteUser(
  db: Db,
  workspaceId: string,
  id: string,
  version: string | null,
  event: { id: string; at: Date },
): Promise<boolean> {
  const workspace = parameter(workspaceId);
  const wanted = parameter(version);
  const now = parameter(event.at);
  const dueAt = sql`${now}::timestamptz`;
  const row = queueRow({ workspace, person: 'id', cause: because('leaver'), dueAt });
  const rows = sql`SELECT ${row}, ${regroupedAt(workspace, 'memberships', dueAt)} FROM gone
       UNION ALL ${reportsOf('gone', workspace, dueAt, sql`, NULL::timestamptz`)}`;
  const { count } = await db.run(
    sql<{ gone: boolean }>`WITH gone AS (
       DELETE FROM directory_user
       WHERE workspace_id = ${workspace} AND id = ${id} AND (${wanted}::bigint IS NULL OR version = ${wanted})
       RETURNING id, external_id, user_name, counted
     ), memberships AS (
       DELETE FROM directory_group_member m USING gone
       WHERE m.workspace_id = ${workspace} AND m.user_id = gone.id RETURNING m.group_id
     ), groups AS (
       UPDATE directory_group g SET version = g.version + 1, modified_at = ${now}
       WHERE g.workspace_id = ${workspace} AND g.id IN (SELECT group_id FROM memberships) RETURNING true
     ), event AS (
       INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
       SELECT ${workspace}, ${event.id}, ${now}, 'User', id, 'deleted',
              jsonb_build_array(jsonb_build_object('path', 'userName', 'before', user_name, 'after', NULL))
                FROM gone
     ), queued AS (
       ${enqueueRegrouped(rows, 'person')} RETURNING true
     ), counts AS (
       ${countDifference('users', workspace, lessCountedOf('gone'), ['groups', 'queued'])}
     )
     SELECT true AS gone FROM gone`
      .prepared()
      .onOneNode(workspaceId, { gone: 'boolean' }, () =>
        deleteSteps({ workspace, id, version: wanted, eventId: event.id, now }),
      ),
  );
  return count > 0;
}
