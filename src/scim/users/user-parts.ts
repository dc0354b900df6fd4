import { type Parameter, parameter, raw, type Sql, sql } from '../../database/sql.ts';
import type { Cause } from '../../sync-queue/enqueue.ts';
import type { AttributeChange } from '../../scim-core/diff.ts';
import { managerOf } from './read-users.ts';
import { type UserValues, userValues, type UserWrite } from './user-values.ts';

/** A user that was read, and what to write in its place. */
export interface UserUpdate {
  read: { id: string; version: string };
  write: UserWrite;
  /** What the history says. */
  kind: 'updated' | 'restored';
  changes: readonly AttributeChange[];
  userNameChanged: boolean;
  /** Whether references by `externalId` may have to be resolved again. */
  externalIdChanged: boolean;
  withGroups: boolean;
}

/** What the statements that write a user need. Each value has one number, in however many places it stands. */
export type WrittenValues = Readonly<Record<keyof UserValues | 'workspaceId', Parameter>>;

export function writtenValues(
  workspaceId: string,
  id: string,
  write: UserWrite,
  cause: Cause,
): WrittenValues {
  const values = Object.entries({ workspaceId, ...userValues(id, write, cause) });
  return Object.fromEntries(values.map(([name, value]) => [name, parameter(value)])) as WrittenValues;
}

/**
 * Where a new user with these values stays uncreated: somebody inactive returns instead. They are found by `externalId`;
 * `NOT active` would also let an index of everybody inactive be chosen, who may be many.
 */
export const returnerOf = ({ workspaceId, externalId, userNameKey, active }: WrittenValues) =>
  sql`SELECT u.id FROM directory_user u
     WHERE u.workspace_id = ${workspaceId} AND u.external_id = ${externalId} AND u.active IS NOT TRUE
       AND ${active}::boolean
       AND (u.user_name_key = ${userNameKey} OR NOT EXISTS (SELECT 1 FROM directory_user o
         WHERE o.workspace_id = ${workspaceId} AND o.external_id = ${externalId} AND o.id <> u.id))`;

/** A new user comes back when somebody with this `externalId` had a member. */
export const createdCause = ({ workspaceId, externalId, cause }: WrittenValues) =>
  sql`CASE WHEN ${cause} = 'created' AND EXISTS (SELECT 1 FROM sync_link l
  WHERE l.workspace_id = ${workspaceId} AND l.external_id = ${externalId} AND l.member_id IS NOT NULL)
  THEN 'returner' ELSE ${cause} END`;

export const hashOfText = (text: Parameter) => sql`scim_hash(${text})`;

/** The hashes of the texts in an array. */
export const hashesOf = (texts: Parameter) =>
  sql`ARRAY(SELECT scim_hash(t) FROM unnest(${texts}::text[]) AS t)`;

export const unknownJson = sql`NULL::json`;

/** The columns and values of a new user. */
export const newUserColumns = raw(`workspace_id, id, external_id, user_name, user_name_key, active, resource,
       display_name_hash, employee_number_hash, email_hashes, search_text, created_at, modified_at,
       manager_value, counted`);

export function newUserValues(values: WrittenValues): Sql {
  const { workspaceId, id, now } = values;
  return sql`${workspaceId}, ${id}::uuid, ${values.externalId}, ${values.userName}, ${values.userNameKey}, ${values.active},
            ${values.resource}::jsonb, ${hashOfText(values.displayName)}, ${hashOfText(values.employeeNumber)},
            ${hashesOf(values.emails)}, ${values.searchText}, ${now}::timestamptz, ${now}, ${values.manager}, true`;
}

/** Whether groups name a user already who is new. */
export const isAwaited = ({ workspaceId, externalId, id }: WrittenValues) => sql`EXISTS (
     SELECT 1 FROM directory_group_member m
     WHERE m.workspace_id = ${workspaceId} AND m.user_id IS NULL
       AND m.value IN (${externalId}, ${id}::text))`;

/** Nothing is looked up for a user without a manager. */
export function managerNamedBy({ manager, workspaceId }: WrittenValues): Sql {
  return manager.value === null ? unknownJson : managerOf(manager, workspaceId);
}

/** Replaces the resource of a user who still has the version that was read. */
export function rewriting(values: WrittenValues, { read }: UserUpdate): Sql {
  const { workspaceId, id, userName, now } = values;
  return sql`UPDATE directory_user
       SET external_id = ${values.externalId}, user_name = ${userName}, active = ${values.active},
       resource = ${values.resource},
       user_name_key = CASE WHEN user_name = ${userName} THEN user_name_key ELSE ${values.userNameKey} END,
       display_name_hash = ${hashOfText(values.displayName)},
       employee_number_hash = ${hashOfText(values.employeeNumber)}, email_hashes = ${hashesOf(values.emails)},
       search_text = ${values.searchText}, version = version + 1, modified_at = ${now}, manager_value = ${values.manager}
     WHERE workspace_id = ${workspaceId} AND id = ${id} AND version = ${read.version}`;
}
