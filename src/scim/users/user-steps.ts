import { json, type NodeSteps, type Parameter, raw, type Sql, sql } from '../../database/sql.ts';
import { because, enqueue, enqueueRegrouped, queueRow } from '../../sync-queue/enqueue.ts';
import { queueArrived, regroupedAt } from '../../sync-queue/queue-regrouped.ts';
import { countDifference, countMore, lessCountedOf } from '../directory/directory-counts.ts';
import { type Arrival, arrivalSteps, groupsThatWaited, joinedBy } from './arrival-steps.ts';
import { groupsOf } from './read-users.ts';
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
} from './user-parts.ts';
import { updatedCause } from './user-values.ts';

/** What creates a user, in steps: see `insertUser`. */
export function insertSteps(values: WrittenValues): NodeSteps {
  const { workspaceId, id, resource, now } = values;
  const dueAt = sql`${now}::timestamptz`;
  const created = sql`FROM directory_user c WHERE c.workspace_id = ${workspaceId} AND c.id = ${id}::uuid`;
  const person = { workspace: raw('c.workspace_id'), person: 'c.id', dueAt };
  return {
    guard: sql`SELECT returner.id, NULL::json, false FROM (${returnerOf(values)}) returner`,
    goesOn: 'without rows',
    steps: [
      sql`INSERT INTO directory_user (${newUserColumns}) SELECT ${newUserValues(values)}`,
      sql`INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
        VALUES (${workspaceId}, ${values.eventId}, ${now}, 'User', ${id}, 'created', ${resource})`,
      enqueue(sql`SELECT ${queueRow({ ...person, cause: createdCause(values) })} ${created}`, 'refresh'),
      queueReports(values),
      countMore('users', workspaceId, 1),
    ],
    answer: sql`SELECT NULL::uuid, ${managerNamedBy(values)}, ${isAwaited(values)} ${created}`,
  };
}

/** Queues whose manager a user is: their members' manager may change. */
function queueReports({ workspaceId, id, externalId, now }: WrittenValues): Sql {
  const report = { workspace: raw('r.workspace_id'), person: 'r.id', cause: because('manager') };
  return enqueue(
    sql`SELECT ${queueRow({ ...report, dueAt: sql`${now}::timestamptz` })} FROM directory_user r
          WHERE r.workspace_id = ${workspaceId} AND r.id <> ${id} AND r.manager_value IN (${id}, ${externalId})`,
    'refresh',
  );
}

/** What replaces a user's resource, in steps: see `updateUser`. */
export function updateSteps(values: WrittenValues, update: UserUpdate): NodeSteps {
  const { workspaceId, id, now } = values;
  const dueAt = sql`${now}::timestamptz`;
  const user = sql`FROM directory_user u WHERE u.workspace_id = ${workspaceId} AND u.id = ${id}`;
  const row = queueRow({
    workspace: raw('u.workspace_id'),
    person: 'u.id',
    cause: updatedCause(workspaceId, values.cause),
    dueAt,
  });
  const groups = update.withGroups ? groupsOf(id, workspaceId) : unknownJson;
  const queue = update.externalIdChanged
    ? arrivalSteps(values, [
        enqueueRegrouped(
          sql`SELECT ${row}, ${regroupedAt(workspaceId, joinedBy(values), dueAt)} ${user}`,
          'person',
        ),
        queueReports(values),
      ])
    : [enqueue(sql`SELECT ${row} ${user}`, 'refresh')];
  return {
    guard: rewriting(values, update),
    goesOn: 'with rows',
    steps: [
      sql`INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
        VALUES (${workspaceId}, ${values.eventId}, ${now}, 'User', ${id}, ${update.kind}, ${json(update.changes)})`,
      ...queue,
    ],
    answer: sql`SELECT u.version, ${groups}, ${managerNamedBy(values)} ${user}`,
  };
}

/** What makes a user a member of the groups that wait for them, in steps: see `receiveAwaited`. */
export function receiveSteps(arrival: Arrival): NodeSteps {
  const { workspaceId, id, now } = arrival;
  return {
    guard: sql`SELECT u.id, NULL::text FROM directory_user u WHERE u.workspace_id = ${workspaceId} AND u.id = ${id}`,
    goesOn: 'with rows',
    steps: arrivalSteps(arrival, [queueArrived(workspaceId, joinedBy(arrival), now)]),
    answer: groupsThatWaited(arrival),
  };
}

/** Who is deleted, if they still have the version; null: whatever the version. */
export interface DeletedUser {
  workspace: Parameter;
  id: string;
  version: Parameter;
  eventId: string;
  now: Parameter;
}

/** What deletes a user, in steps: see `deleteUser`. Groups are locked after the user and before the queue, as there. */
export function deleteSteps({ workspace, id, version, eventId, now }: DeletedUser): NodeSteps {
  const dueAt = sql`${now}::timestamptz`;
  const user = sql`directory_user u WHERE u.workspace_id = ${workspace} AND u.id = ${id}`;
  const places = sql`SELECT m.group_id FROM directory_group_member m
      WHERE m.workspace_id = ${workspace} AND m.user_id = ${id}`;
  const person = { workspace: raw('u.workspace_id'), person: 'u.id', cause: because('leaver'), dueAt };
  const report = { workspace: raw('r.workspace_id'), person: 'r.id', cause: because('manager'), dueAt };
  return {
    guard: sql`SELECT true FROM ${user} AND (${version}::bigint IS NULL OR u.version = ${version}) FOR UPDATE`,
    goesOn: 'with rows',
    steps: [
      sql`INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
        SELECT u.workspace_id, ${eventId}, ${now}, 'User', u.id, 'deleted',
          jsonb_build_array(jsonb_build_object('path', 'userName', 'before', u.user_name, 'after', NULL)) FROM ${user}`,
      sql`UPDATE directory_group g SET version = g.version + 1, modified_at = ${now}
        WHERE g.workspace_id = ${workspace} AND g.id IN (${places})`,
      enqueueRegrouped(
        sql`SELECT ${queueRow(person)}, ${regroupedAt(workspace, places, dueAt)} FROM ${user}`,
        'person',
      ),
      enqueueRegrouped(
        sql`SELECT ${queueRow(report)}, NULL::timestamptz FROM directory_user r
          JOIN directory_user u ON u.workspace_id = ${workspace} AND u.id = ${id}
          WHERE r.workspace_id = ${workspace} AND r.id <> u.id AND r.manager_value IN (u.id::text, u.external_id)`,
        'person',
      ),
      sql`DELETE FROM directory_group_member WHERE workspace_id = ${workspace} AND user_id = ${id}`,
      countDifference('users', workspace, lessCountedOf(user)),
      sql`DELETE FROM directory_user WHERE workspace_id = ${workspace} AND id = ${id}`,
    ],
    answer: sql`SELECT true`,
  };
}
