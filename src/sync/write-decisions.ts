import { newId } from '../database/ids.ts';
import type { Queryable } from '../database/queryable.ts';
import { addOptions } from '../member-directory/add-options.ts';
import type { ChangeKind, Pending } from './change.ts';
import type { Decision } from './decide.ts';
import type { LinkState, MemberState, Person } from './person.ts';
import { settleHolds } from './holds.ts';
import { queueWaitingFor, writePendingReferences } from './pending-references.ts';
import {
  deleteHandled,
  queueConflictsAbout,
  queuePeople,
  type QueueEntry,
  queueReportsOf,
} from './sync-queue.ts';

/** Where and when decisions are carried out. */
export interface WriteContext {
  workspaceId: string;
  runId: string;
  now: Date;
}

/**
 * Carries out the decisions about a batch, set-based: members, links, changes, queue entries of exactly the versions
 * that were read. Belongs into the transaction that read them.
 *
 * @param people and @param decisions of the same batch, in the same order
 * @param entries the queue entries to delete
 * @returns how many changes of each kind there were
 * @throws the violation of `member_email_key` when somebody took an address meanwhile
 */
export async function writeDecisions(
  db: Queryable,
  context: WriteContext,
  people: readonly Person[],
  decisions: readonly Decision[],
  entries: readonly QueueEntry[],
): Promise<Partial<Pending>> {
  const before = await carryOut(db, context, people, decisions);
  await insertChanges(db, context, before, decisions);
  await deleteHandled(db, context.workspaceId, entries);
  await queueWhatFollows(db, context, before, decisions);
  return countByKind(decisions);
}

/**
 * Writes members, links and memberships, and settles holds that are none any more.
 *
 * @returns the people by the id of their directory user
 */
export async function carryOut(
  db: Queryable,
  { workspaceId, now }: WriteContext,
  people: readonly Person[],
  decisions: readonly Decision[],
): Promise<ReadonlyMap<string, Person>> {
  const before = new Map(people.map((person) => [person.directoryUserId, person]));
  const written = decisions.flatMap(({ kind, member }) => (member === null ? [] : [{ kind, member }]));
  const options = decisions.flatMap(({ member, directoryUserId: id }) =>
    member === null ? [] : (before.get(id)?.mapped?.newOptions ?? []),
  );
  await addOptions(db, workspaceId, options, now);
  await writePendingReferences(db, workspaceId, decisions);
  await writeMembers(db, workspaceId, written, now);
  await writeLinks(db, workspaceId, before, decisions, now);
  await forgetMemberships(db, workspaceId, decisions);
  const settled = decisions.filter(({ directoryUserId: id, kind }) => {
    return before.get(id)?.link?.state === 'held' && kind !== 'held';
  });
  await settleHolds(
    db,
    workspaceId,
    settled.map(({ directoryUserId }) => directoryUserId),
    now,
  );
  return before;
}

/** Queues whom these decisions concern later: ends of grace periods, freed addresses, reports of new members. */
export async function queueWhatFollows(
  db: Queryable,
  { workspaceId, runId, now }: WriteContext,
  before: ReadonlyMap<string, Person>,
  decisions: readonly Decision[],
): Promise<void> {
  await queuePeople(db, workspaceId, waitingForRemoval(decisions, before), 'grace');
  await queueConflictsAbout(db, workspaceId, freedAddresses(decisions, before), now);
  const arrived = newlyLinked(decisions, before);
  await queueReportsOf(db, workspaceId, runId, arrived, now);
  await queueWaitingFor(db, workspaceId, runId, arrived, now);
}

/** How many decisions there are of each kind that changes or keeps back something. */
export function countByKind(decisions: readonly Pick<Decision, 'kind'>[]): Partial<Pending> {
  const counts: Partial<Pending> = {};
  for (const { kind } of decisions) if (kind !== 'nothing') counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

const memberRecord = `(id uuid, email text, "emailKey" text, "firstName" text, "lastName" text, "displayName" text,
  "jobTitle" text, language text, status text, source text, "externalId" text, "provisionedFields" text[],
  properties jsonb, "managerId" uuid, "deactivatedAt" timestamptz, "removalDueAt" timestamptz)`;

/** Writes whole rows of members: those of kind `create` are new, the others exist. */
export async function writeMembers(
  db: Queryable,
  workspaceId: string,
  written: readonly { kind: string; member: MemberState }[],
  now: Date,
): Promise<void> {
  const created = written.filter(({ kind }) => kind === 'create').map(({ member }) => member);
  const changed = written.filter(({ kind }) => kind !== 'create').map(({ member }) => member);
  if (changed.length > 0) {
    const json = JSON.stringify(changed);
    // Two members may exchange their addresses, and the index looks at each row at once: those who get a new
    // address first step aside.
    await db.query(
      `UPDATE member m SET email_key = m.id::text
       FROM jsonb_to_recordset($2::jsonb) AS x${memberRecord}
       WHERE m.workspace_id = $1 AND m.id = x.id AND m.email_key <> x."emailKey" AND m.status <> 'removed'`,
      [workspaceId, json],
    );
    await db.query(
      `UPDATE member m SET email = x.email, email_key = x."emailKey", first_name = x."firstName",
         last_name = x."lastName", display_name = x."displayName", job_title = x."jobTitle", language = x.language,
         status = x.status, external_id = x."externalId", provisioned_fields = x."provisionedFields",
         properties = x.properties, manager_id = x."managerId", deactivated_at = x."deactivatedAt",
         removal_due_at = x."removalDueAt", updated_at = $3
       FROM jsonb_to_recordset($2::jsonb) AS x${memberRecord}
       WHERE m.workspace_id = $1 AND m.id = x.id`,
      [workspaceId, json, now],
    );
  }
  if (created.length > 0) {
    await db.query(
      `INSERT INTO member (workspace_id, id, email, email_key, first_name, last_name, display_name, job_title, language,
         status, source, external_id, provisioned_fields, properties, manager_id, created_at, updated_at)
       SELECT $1, x.id, x.email, x."emailKey", x."firstName", x."lastName", x."displayName", x."jobTitle", x.language,
         x.status, x.source, x."externalId", x."provisionedFields", x.properties, x."managerId", $3, $3
       FROM jsonb_to_recordset($2::jsonb) AS x${memberRecord}`,
      [workspaceId, JSON.stringify(created), now],
    );
  }
}

/** A link as it is written. */
export type LinkRow = LinkState & { directoryUserId: string };

/** Brings the links in line; a returner takes his member over from the directory user that is gone. */
async function writeLinks(
  db: Queryable,
  workspaceId: string,
  before: ReadonlyMap<string, Person>,
  decisions: readonly Decision[],
  now: Date,
): Promise<void> {
  const taken = new Map<string, string>();
  for (const { directoryUserId: id, link } of decisions) {
    if (link?.memberId && before.get(id)?.link?.memberId !== link.memberId) taken.set(link.memberId, id);
  }
  const kept: LinkRow[] = [];
  const dropped: string[] = [];
  for (const { directoryUserId, link } of decisions) {
    const stored = before.get(directoryUserId)?.link ?? null;
    const heir = link?.memberId ? taken.get(link.memberId) : undefined;
    if (link === null || (heir !== undefined && heir !== directoryUserId)) {
      if (stored !== null) dropped.push(directoryUserId);
    } else if (JSON.stringify(link) !== JSON.stringify(stored)) kept.push({ directoryUserId, ...link });
  }
  if (dropped.length + taken.size > 0) {
    await db.query(
      `DELETE FROM sync_link WHERE workspace_id = $1
         AND (directory_user_id = ANY ($2::uuid[]) OR member_id = ANY ($3::uuid[]))`,
      [workspaceId, dropped, [...taken.keys()]],
    );
  }
  await upsertLinks(db, workspaceId, kept, now);
}

/** Writes whole links. */
export async function upsertLinks(
  db: Queryable,
  workspaceId: string,
  links: readonly LinkRow[],
  now: Date,
): Promise<void> {
  if (links.length === 0) return;
  await db.query(
    `INSERT INTO sync_link (workspace_id, directory_user_id, member_id, external_id, state, reason, suppressed_kind,
       name, updated_at)
     SELECT $1, x."directoryUserId", x."memberId", x."externalId", x.state, x.reason, x."suppressedKind", x.name, $3
     FROM jsonb_to_recordset($2::jsonb) AS x("directoryUserId" uuid, "memberId" uuid, "externalId" text, state text,
       reason jsonb, "suppressedKind" text, name text)
     ON CONFLICT (workspace_id, directory_user_id) DO UPDATE SET member_id = excluded.member_id,
       external_id = excluded.external_id, state = excluded.state, reason = excluded.reason,
       suppressed_kind = excluded.suppressed_kind, name = excluded.name, updated_at = excluded.updated_at`,
    [workspaceId, JSON.stringify(links), now],
  );
}

/** What is kept of a change; `kind` is what is done to the member, also while it is held. */
export interface ChangeRow {
  kind: ChangeKind;
  directoryUserId: string;
  memberId: string | null;
  name: string;
  fields: Decision['fields'];
  reason: Decision['reason'];
  state: string;
}

const unrecorded = new Set(['nothing', 'conflict', 'suppressed', 'excluded']);

async function insertChanges(
  db: Queryable,
  context: WriteContext,
  before: ReadonlyMap<string, Person>,
  decisions: readonly Decision[],
): Promise<void> {
  const rows = decisions.flatMap((decision): ChangeRow[] => {
    const { kind, directoryUserId, name, fields, reason } = decision;
    const memberId = decision.member?.id ?? decision.memberId;
    if (unrecorded.has(kind)) return [];
    if (kind !== 'held')
      return [{ kind: kind as ChangeKind, directoryUserId, memberId, name, fields, reason, state: 'made' }];
    // Who is held already waits in the run that held him.
    if (before.get(directoryUserId)?.link?.state === 'held') return [];
    const intended = reason.params.kind as ChangeKind;
    return [{ kind: intended, directoryUserId, memberId, name, fields, reason, state: 'held' }];
  });
  await insertChangeRows(db, context, rows);
}

/** Adds changes to a run, each once per person. */
export async function insertChangeRows(
  db: Queryable,
  { workspaceId, runId, now }: WriteContext,
  rows: readonly ChangeRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await db.query(
    `INSERT INTO sync_change (workspace_id, id, run_id, at, kind, directory_user_id, member_id, name, fields, reason, state)
     SELECT $1, x.id, $2, $3, x.kind, x."directoryUserId", x."memberId", x.name, x.fields, x.reason, x.state
     FROM jsonb_to_recordset($4::jsonb) AS x(id uuid, kind text, "directoryUserId" uuid, "memberId" uuid, name text,
       fields jsonb, reason jsonb, state text)`,
    [workspaceId, runId, now, JSON.stringify(rows.map((row) => ({ id: newId(), ...row })))],
  );
}

/** Who is removed belongs to no group any more. */
async function forgetMemberships(
  db: Queryable,
  workspaceId: string,
  decisions: readonly Decision[],
): Promise<void> {
  const removed = decisions.flatMap(({ member }) => (member?.status === 'removed' ? [member.id] : []));
  if (removed.length === 0) return;
  await db.query('DELETE FROM member_group_member WHERE workspace_id = $1 AND member_id = ANY ($2::uuid[])', [
    workspaceId,
    removed,
  ]);
}

function waitingForRemoval(decisions: readonly Decision[], before: ReadonlyMap<string, Person>) {
  return decisions.flatMap(({ directoryUserId, member }) => {
    const dueAt = (member ?? before.get(directoryUserId)?.member)?.removalDueAt ?? null;
    return dueAt === null ? [] : [{ directoryUserId, dueAt }];
  });
}

function freedAddresses(decisions: readonly Decision[], before: ReadonlyMap<string, Person>): string[] {
  return decisions.flatMap(({ directoryUserId, member }) => {
    const old = before.get(directoryUserId)?.member;
    if (member === null || !old || old.id !== member.id) return [];
    return member.status === 'removed' || member.emailKey !== old.emailKey ? [old.emailKey] : [];
  });
}

function newlyLinked(decisions: readonly Decision[], before: ReadonlyMap<string, Person>): string[] {
  return decisions.flatMap(({ directoryUserId, link }) => {
    const old = before.get(directoryUserId)?.link;
    return link?.memberId && old?.memberId !== link.memberId ? [directoryUserId] : [];
  });
}
