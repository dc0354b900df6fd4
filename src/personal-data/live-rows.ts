import type { Db } from '../database/db.ts';
import { list, parameter, raw, sql } from '../database/sql.ts';
import type { NewEvent } from '../events/event.ts';
import type { MemberEvents } from '../member-directory/events/member-events.ts';
import { forEachMemberField, memberFields } from '../member-directory/fields/member-field.ts';
import { searchTextOf } from '../scim-core/resource-search.ts';
import { isObject, type ScimResource } from '../scim-core/resource.ts';
import { enterpriseUserUrn } from '../scim-core/urns.ts';
import { because, enqueue, queueRow } from '../sync-queue/enqueue.ts';
import type { KnownPerson } from './person.ts';
import { erasedMark, type Redaction } from './traces.ts';

/** What happens to live rows in a transaction, and when. */
export interface LiveContext {
  person: KnownPerson;
  now: Date;
  events: MemberEvents;
}

/**
 * Deletes the person's directory users and their memberships, as their deletion over SCIM would, without a word in the
 * history.
 *
 * @returns `countedUsers`: those that `directory_count` still holds. The caller takes them out at the end of the
 *   transaction (`countFewerUsers`)
 */
export async function deleteDirectoryUsers(db: Db, { person, now }: LiveContext): Promise<DeletedUsers> {
  const workspace = parameter(person.workspaceId);
  const ids = parameter([...person.userIds]);
  const names = parameter([...person.userIds, ...person.externalIds]);
  const { rows } = await db.run(sql<DeletedUsers>`WITH gone AS (
      DELETE FROM directory_user WHERE workspace_id = ${workspace} AND id = ANY (${ids}::uuid[]) RETURNING id, counted
    ), memberships AS (
      DELETE FROM directory_group_member WHERE workspace_id = ${workspace}
        AND (user_id = ANY (${ids}::uuid[]) OR (user_id IS NULL AND type IS DISTINCT FROM 'Group' AND value = ANY (${names}::text[])))
      RETURNING group_id
    ), groups AS (
      UPDATE directory_group SET version = version + 1, modified_at = ${now}
      WHERE workspace_id = ${workspace} AND id IN (SELECT group_id FROM memberships)
    )
    SELECT (SELECT count(*)::int FROM gone) AS users, (SELECT count(*)::int FROM memberships) AS memberships,
      (SELECT count(*)::int FROM gone WHERE counted) AS "countedUsers"`);
  return rows[0] ?? { users: 0, memberships: 0, countedUsers: 0 };
}

/** What was deleted of a person in the directory. */
export interface DeletedUsers {
  users: number;
  memberships: number;
  countedUsers: number;
}

/**
 * Takes the person out of the users of the directory that name them: as a manager, or by a text. These users are
 * synchronized again.
 */
export async function redactDirectoryUsers(
  db: Db,
  { person, now }: LiveContext,
  redaction: Redaction,
): Promise<number> {
  const workspace = parameter(person.workspaceId);
  const names = [...person.userIds, ...person.externalIds];
  const { rows } = await db.run(sql<{ id: string; manager: string | null; resource: ScimResource }>`
    SELECT id, manager_value AS manager, resource FROM directory_user WHERE workspace_id = ${workspace}
      AND id <> ALL (${[...person.userIds]}::uuid[])
      AND (manager_value = ANY (${names}::text[]) OR resource::text ~* ${redaction.candidates})
    ORDER BY id FOR UPDATE`);
  let count = 0;
  for (const { id, manager, resource } of rows) {
    const isReport = manager !== null && names.includes(manager);
    const made = redaction.json(isReport ? withoutManager(resource) : resource) as ScimResource;
    if (made === resource) continue;
    count += 1;
    const row = { workspace, person: 'id', cause: because('manager'), dueAt: now };
    await db.run(sql`WITH updated AS (
        UPDATE directory_user SET resource = ${JSON.stringify(made)}, search_text = ${searchTextOf(made)},
          manager_value = ${isReport ? null : manager}, version = version + 1, modified_at = ${now}
        WHERE workspace_id = ${workspace} AND id = ${id} RETURNING id
      ) ${enqueue(sql`SELECT ${queueRow(row)} FROM updated`, 'refresh')}`);
  }
  return count;
}

function withoutManager(resource: ScimResource): ScimResource {
  const extension = resource[enterpriseUserUrn];
  if (!isObject(extension)) return resource;
  const { manager: _manager, ...rest } = extension;
  return { ...resource, [enterpriseUserUrn]: rest };
}

/** Takes the person out of other members: as their manager, as the person that a property names, or by a text. */
export async function redactMembers(
  db: Db,
  { person, now, events }: LiveContext,
  redaction: Redaction,
): Promise<number> {
  const workspace = parameter(person.workspaceId);
  const { rows } = await db.run(sql<MemberTexts>`
    SELECT id, manager_id AS "managerId", display_name AS "displayName", job_title AS "jobTitle", properties, suspension
    FROM member WHERE workspace_id = ${workspace} AND id IS DISTINCT FROM ${person.memberId}::uuid
      AND (manager_id = ${person.memberId}::uuid
        OR concat_ws(' ', display_name, job_title, properties::text, suspension::text) ~* ${redaction.candidates})
    ORDER BY id FOR UPDATE`);
  let count = 0;
  for (const before of rows) {
    const after = redactMember(before, person.memberId, redaction);
    if (JSON.stringify(after) === JSON.stringify(before)) continue;
    count += 1;
    await db.run(sql`UPDATE member SET manager_id = ${after.managerId}::uuid, display_name = ${after.displayName},
        job_title = ${after.jobTitle}, properties = ${JSON.stringify(after.properties)},
        suspension = ${after.suspension === null ? null : JSON.stringify(after.suspension)}, version = version + 1, updated_at = ${now}
      WHERE workspace_id = ${workspace} AND id = ${before.id}`);
    const isReport = after.managerId !== before.managerId;
    const changes = isReport ? [{ field: 'managerId', before: before.managerId, after: null }] : [];
    events.member('member.updated', before.id, changes);
  }
  return count;
}

interface MemberTexts {
  id: string;
  managerId: string | null;
  displayName: string | null;
  jobTitle: string | null;
  properties: Record<string, unknown>;
  suspension: object | null;
}

function redactMember(before: MemberTexts, memberId: string | null, redaction: Redaction): MemberTexts {
  const text = (value: string | null) => (value === null ? null : redaction.text(value));
  const properties = Object.entries(before.properties).filter(
    ([, value]) => memberId === null || value !== memberId,
  );
  return {
    ...before,
    managerId: memberId !== null && before.managerId === memberId ? null : before.managerId,
    displayName: text(before.displayName),
    jobTitle: text(before.jobTitle),
    properties: redaction.json(Object.fromEntries(properties)) as Record<string, unknown>,
    suspension: redaction.json(before.suspension) as object | null,
  };
}

/** Deletes the member and their memberships. @returns the events that tell the host product, without the person */
export async function deleteMember(
  db: Db,
  { person: { workspaceId, memberId } }: LiveContext,
): Promise<{ members: number; memberships: number; events: NewEvent[]; vendorId: string | null }> {
  if (memberId === null) return { members: 0, memberships: 0, events: [], vendorId: null };
  const workspace = parameter(workspaceId);
  const { rows: left } = await db.run(sql<{ id: string; name: string }>`WITH gone AS (
      DELETE FROM member_group_member WHERE workspace_id = ${workspace} AND member_id = ${memberId} RETURNING group_id
    ) SELECT g.id, g.name FROM gone JOIN member_group g ON g.workspace_id = ${workspace} AND g.id = gone.group_id ORDER BY g.id`);
  const { rows } =
    await db.run(sql<GoneMember>`DELETE FROM member WHERE workspace_id = ${workspace} AND id = ${memberId}
    RETURNING version + 1 AS version, status, source, vendor_id AS "vendorId", created_at AS "createdAt", updated_at AS "updatedAt"`);
  const [gone] = rows;
  if (gone === undefined) return { members: 0, memberships: left.length, events: [], vendorId: null };
  const events = [...left.map((group) => leftEvent(group, memberId)), removedEvent(memberId, gone)];
  return { members: 1, memberships: left.length, events, vendorId: gone.vendorId };
}

interface GoneMember {
  version: string;
  status: string;
  source: string;
  vendorId: string | null;
  createdAt: Date;
  updatedAt: Date;
}

const cause = { by: 'operator', runId: null, reason: { code: 'erased', params: {} } } as const;

function leftEvent({ id, name }: { id: string; name: string }, memberId: string): NewEvent {
  return {
    type: 'group.member_removed',
    subject: { kind: 'group', id, externalId: null, version: null },
    cause,
    changes: [],
    data: { id, name, member: { id: memberId, externalId: null, email: erasedMark } },
  };
}

/** What is left of the texts of a member. */
const erasedTexts = forEachMemberField((field) => (field === 'email' ? erasedMark : null));

/** Also where the member was removed before: who follows the members learns that what they know of them is to go. */
function removedEvent(id: string, { version, status, source, createdAt, updatedAt }: GoneMember): NewEvent {
  return {
    type: 'member.removed',
    subject: { kind: 'member', id, externalId: null, version },
    cause,
    changes: [{ field: 'status', before: status, after: 'removed' }],
    data: {
      ...{ id, externalId: null, version: Number(version) },
      ...forEachMemberField((field) => erasedTexts[field]),
      ...{ status: 'removed', access: 'ended', source },
      ...{ provisionedFields: [], properties: {}, managerId: null, role: null, roleBecause: [] },
      ...{ heldSince: null, idp: null, groups: [] },
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    },
  };
}

/**
 * Takes the person out of the events about them. The events stay, so that the feed has no gap: with what happened, when, and
 * to which id, and without any value.
 */
export async function redactOwnEvents(
  db: Db,
  { person: { workspaceId, memberId } }: LiveContext,
): Promise<number> {
  if (memberId === null) return 0;
  const workspace = parameter(workspaceId);
  // JSON is put together in a part that reads: a database that is distributed by workspace refuses that in one that writes.
  const { count } = await db.run(sql`WITH erased AS MATERIALIZED (
      SELECT e.sequence, json_build_object('by', e.cause -> 'by', 'runId', e.cause -> 'runId', 'reason', CASE
        WHEN json_typeof(e.cause -> 'reason') = 'object'
        THEN json_build_object('code', e.cause #> '{reason,code}', 'params', '{}'::json) END) AS cause,
      (SELECT coalesce(json_agg(CASE WHEN c ->> 'field' IN ('status', 'access') THEN c
        ELSE json_build_object('field', c -> 'field', 'before', NULL, 'after', NULL) END), '[]')
        FROM json_array_elements(e.changes) c) AS changes,
      json_build_object('id', e.data -> 'id', 'externalId', NULL, 'version', e.data -> 'version',
        ${list(memberFields.map((field) => sql`${raw(`'${field}'`)}, ${erasedTexts[field]}::text`))}, 'status', e.data -> 'status', 'access', e.data -> 'access', 'source', e.data -> 'source',
        'provisionedFields', '[]'::json, 'properties', '{}'::json, 'managerId', NULL, 'role', NULL,
        'roleBecause', '[]'::json, 'heldSince', e.data -> 'heldSince',
        'idp', NULL, 'groups', '[]'::json, 'createdAt', e.data -> 'createdAt', 'updatedAt', e.data -> 'updatedAt') AS data
      FROM event e WHERE e.workspace_id = ${workspace} AND e.subject_kind = 'member' AND e.subject_id = ${memberId}
    )
    UPDATE event e SET subject_external_id = NULL, cause = x.cause, changes = x.changes, data = x.data
    FROM erased x WHERE e.workspace_id = ${workspace} AND e.sequence = x.sequence`);
  return count;
}
