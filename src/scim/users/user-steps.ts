import { json, type NodeSteps, raw, sql } from '../../database/sql.ts';
import { because, enqueue, queueRow } from '../../sync-queue/enqueue.ts';
import { countMore } from '../directory/directory-counts.ts';
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
  const { workspaceId, id, externalId, resource, now } = values;
  const dueAt = sql`${now}::timestamptz`;
  const created = sql`FROM directory_user c WHERE c.workspace_id = ${workspaceId} AND c.id = ${id}::uuid`;
  const person = { workspace: raw('c.workspace_id'), person: 'c.id', dueAt };
  const report = { workspace: raw('r.workspace_id'), person: 'r.id', dueAt };
  return {
    guard: sql`SELECT returner.id, NULL::json, false FROM (${returnerOf(values)}) returner`,
    goesOn: 'without rows',
    steps: [
      sql`INSERT INTO directory_user (${newUserColumns}) SELECT ${newUserValues(values)}`,
      sql`INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
        VALUES (${workspaceId}, ${values.eventId}, ${now}, 'User', ${id}, 'created', ${resource})`,
      enqueue(sql`SELECT ${queueRow({ ...person, cause: createdCause(values) })} ${created}`, 'refresh'),
      enqueue(
        sql`SELECT ${queueRow({ ...report, cause: because('manager') })} FROM directory_user r
          WHERE r.workspace_id = ${workspaceId} AND r.id <> ${id} AND r.manager_value IN (${id}, ${externalId})`,
        'refresh',
      ),
      countMore('users', workspaceId, 1),
    ],
    answer: sql`SELECT NULL::uuid, ${managerNamedBy(values)}, ${isAwaited(values)} ${created}`,
  };
}

/** What replaces a user's resource, in steps: see `updateUser`; null where groups and reports may have to be looked at, too. */
export function updateSteps(values: WrittenValues, update: UserUpdate): NodeSteps | null {
  if (update.externalIdChanged) return null;
  const { workspaceId, id, now } = values;
  const user = sql`FROM directory_user u WHERE u.workspace_id = ${workspaceId} AND u.id = ${id}`;
  const row = queueRow({
    workspace: raw('u.workspace_id'),
    person: 'u.id',
    cause: updatedCause(workspaceId, values.cause),
    dueAt: sql`${now}::timestamptz`,
  });
  const groups = update.withGroups ? groupsOf(id, workspaceId) : unknownJson;
  return {
    guard: rewriting(values, update),
    goesOn: 'with rows',
    steps: [
      sql`INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
        VALUES (${workspaceId}, ${values.eventId}, ${now}, 'User', ${id}, ${update.kind}, ${json(update.changes)})`,
      enqueue(sql`SELECT ${row} ${user}`, 'refresh'),
    ],
    answer: sql`SELECT u.version, ${groups}, ${managerNamedBy(values)} ${user}`,
  };
}
