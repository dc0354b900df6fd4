import { isDeepStrictEqual } from 'node:util';
import type { StatementsInTurn } from '../../database/in-turn.ts';
import type { Queryable } from '../../database/queryable.ts';
import { addOptions } from '../../member-directory/properties/add-options.ts';
import type { ChangeKind, ChangeRow, Pending } from '../decision/change.ts';
import type { Decision } from '../decision/decide.ts';
import { awaitsGroups } from '../decision/decide-groups.ts';
import { type RegroupedMember, writeMemberships } from '../record/group-changes.ts';
import type { Person } from '../decision/person.ts';
import { forgetFormer } from '../planning/former-links.ts';
import { settleHolds } from './holds.ts';
import { queueWaitingFor, writePendingReferences } from './pending-references.ts';
import { deleteHandled } from '../../sync-queue/handled-people.ts';
import { queuePeople } from '../../sync-queue/queue-people.ts';
import type { QueueEntry } from '../planning/claim-people.ts';
import { type Arrived, queueConflictsAbout, queueReportsOf } from '../planning/queue-consequences.ts';
import { insertChangeRows, type LinkRow, upsertLinks, writeMembers } from './write-rows.ts';

/**
 * Where and when decisions are carried out.
 *
 * @property dueBy whoever was due by then is a matter of this run
 * @property isFirst nobody had a member of this workspace's when the run began: whoever gets one by other means meanwhile
 * is queued for the next run
 */
export interface WriteContext {
  workspaceId: string;
  runId: string;
  now: Date;
  dueBy: Date;
  isFirst: boolean;
}

/**
 * Carries out the decisions about a batch, set-based: members, links, changes, queue entries of exactly the versions
 * that were read. Belongs into the transaction that read them.
 *
 * @param people and @param decisions of the same batch, in the same order
 * @param entries the queue entries to delete
 * @returns how many changes of each kind there were
 * @throws the violation of `member_email_key` when somebody took an address meanwhile
 * @throws NoRoomForOptionsError when others filled a property's options meanwhile
 */
export async function writeDecisions(
  db: StatementsInTurn,
  context: WriteContext,
  people: readonly Person[],
  decisions: readonly Decision[],
  entries: readonly QueueEntry[],
): Promise<Partial<Pending>> {
  const before = byDirectoryUser(people);
  await addNewOptions(db, context, before, decisions);
  // None needs another's result: while PostgreSQL works on one, the next is put together.
  await Promise.all([
    carryOut(db, context, before, decisions),
    insertChanges(db, context, before, decisions),
    deleteHandled(db, context.workspaceId, entries),
    queueWhatFollows(db, context, before, decisions),
  ]);
  return countByKind(decisions);
}

/** People by the id of their directory user. */
export function byDirectoryUser(people: readonly Person[]): ReadonlyMap<string, Person> {
  return new Map(people.map((person) => [person.directoryUserId, person]));
}

/**
 * Adds the options that the values of these decisions are to become.
 *
 * @throws NoRoomForOptionsError
 */
export async function addNewOptions(
  db: Queryable,
  { workspaceId, now }: WriteContext,
  before: ReadonlyMap<string, Person>,
  decisions: readonly Decision[],
): Promise<void> {
  const options = decisions.flatMap(({ member, directoryUserId: id }) =>
    member === null ? [] : (before.get(id)?.mapped?.newOptions ?? []),
  );
  await addOptions(db, workspaceId, options, now);
}

/** Writes members, links and memberships, and settles holds that are none any more. */
export async function carryOut(
  db: StatementsInTurn,
  context: WriteContext,
  before: ReadonlyMap<string, Person>,
  decisions: readonly Decision[],
): Promise<void> {
  const { workspaceId, now } = context;
  const written = decisions.flatMap(({ directoryUserId, kind, member }) => {
    if (member === null) return [];
    const old = before.get(directoryUserId)?.member;
    const keepsAddress = old?.id === member.id && old.emailKey === member.emailKey;
    return [{ member, isNew: kind === 'create', keepsAddress }];
  });
  const settled = decisions.filter(({ directoryUserId: id, kind }) => {
    return before.get(id)?.link?.state === 'held' && kind !== 'held';
  });
  await Promise.all([
    writePendingReferences(db, workspaceId, decisions),
    writeMembers(db, workspaceId, written, now),
    writeLinks(db, workspaceId, before, decisions, now),
    writeMemberships(db, context, decisions.flatMap(regrouped)),
    forgetMemberships(db, workspaceId, decisions),
    forgetFormer(db, workspaceId, nowLinked(before, decisions)),
    settleHolds(
      db,
      workspaceId,
      settled.map(({ directoryUserId }) => directoryUserId),
      now,
    ),
  ]);
}

/**
 * Queues people that these decisions concern: at their time the ends of grace periods, for the next run those who are in
 * conflict over an address whose holder changed or are in a group that is not made yet, and still for this one those who
 * name a new member.
 */
export async function queueWhatFollows(
  db: StatementsInTurn,
  { workspaceId, runId, now, dueBy, isFirst }: WriteContext,
  before: ReadonlyMap<string, Person>,
  decisions: readonly Decision[],
): Promise<void> {
  const arrived = newlyLinked(decisions, before);
  await Promise.all([
    queuePeople(db, workspaceId, waitingForRemoval(decisions, before), 'grace'),
    queueConflictsAbout(db, workspaceId, touchedAddresses(decisions, before), now),
    // Whoever names one of them either has no member yet or is settled at the end of the run.
    isFirst ? null : queueReportsOf(db, workspaceId, runId, arrived, dueBy),
    queueWaitingFor(db, workspaceId, runId, arrived, dueBy),
    queuePeople(db, workspaceId, awaitingGroups(decisions, before, now), 'group'),
  ]);
}

/** How many decisions there are of each kind that changes or keeps back something. */
export function countByKind(decisions: readonly Pick<Decision, 'kind'>[]): Partial<Pending> {
  const counts: Partial<Pending> = {};
  for (const { kind } of decisions) if (kind !== 'nothing') counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Brings the links in line; a returner takes his member over from the directory user that is gone. */
async function writeLinks(
  db: StatementsInTurn,
  workspaceId: string,
  before: ReadonlyMap<string, Person>,
  decisions: readonly Decision[],
  now: Date,
): Promise<void> {
  const taken = new Map<string, string>();
  for (const { directoryUserId: id, link, kind } of decisions) {
    // Who is created is new: nobody can be linked to them.
    if (kind !== 'create' && link?.memberId && before.get(id)?.link?.memberId !== link.memberId)
      taken.set(link.memberId, id);
  }
  const kept: LinkRow[] = [];
  const dropped: string[] = [];
  for (const { directoryUserId, link } of decisions) {
    const stored = before.get(directoryUserId)?.link ?? null;
    const heir = link?.memberId ? taken.get(link.memberId) : undefined;
    if (link === null || (heir !== undefined && heir !== directoryUserId)) {
      if (stored !== null) dropped.push(directoryUserId);
    } else if (!isDeepStrictEqual(link, stored)) kept.push({ directoryUserId, ...link });
  }
  const statements: Promise<unknown>[] = [];
  if (dropped.length + taken.size > 0) {
    const drop = db.query(
      `DELETE FROM sync_link WHERE workspace_id = $1
         AND (directory_user_id = ANY ($2::uuid[]) OR member_id = ANY ($3::uuid[]))`,
      [workspaceId, dropped, [...taken.keys()]],
    );
    statements.push(drop);
  }
  await Promise.all([...statements, upsertLinks(db, workspaceId, kept, now)]);
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
    if (reason.code === 'write-refused' && kind === 'conflict')
      return [{ kind, directoryUserId, memberId, name, fields, reason, state: 'kept' }];
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

/** Who is removed belongs to no group any more. */
export async function forgetMemberships(
  db: Queryable,
  workspaceId: string,
  decisions: readonly Pick<Decision, 'member'>[],
): Promise<void> {
  const removed = decisions.flatMap(({ member }) => (member?.status === 'removed' ? [member.id] : []));
  if (removed.length === 0) return;
  await db.query('DELETE FROM member_group_member WHERE workspace_id = $1 AND member_id = ANY ($2::uuid[])', [
    workspaceId,
    removed,
  ]);
}

function regrouped({ directoryUserId, member, link, name, groups }: Decision): RegroupedMember[] {
  const memberId = member?.id ?? link?.memberId;
  return groups === null || !memberId ? [] : [{ directoryUserId, memberId, name, ...groups }];
}

function awaitingGroups(decisions: readonly Decision[], before: ReadonlyMap<string, Person>, dueAt: Date) {
  return decisions.flatMap((decision) => {
    const { directoryUserId } = decision;
    return awaitsGroups(before.get(directoryUserId), decision) ? [{ directoryUserId, dueAt }] : [];
  });
}

function waitingForRemoval(decisions: readonly Decision[], before: ReadonlyMap<string, Person>) {
  return decisions.flatMap(({ directoryUserId, member }) => {
    const dueAt = (member ?? before.get(directoryUserId)?.member)?.removalDueAt ?? null;
    return dueAt === null ? [] : [{ directoryUserId, dueAt }];
  });
}

/**
 * Addresses that are free now, or whose holder may be linked to somebody else now or no more: that depends on whether the
 * holder has left.
 */
function touchedAddresses(decisions: readonly Decision[], before: ReadonlyMap<string, Person>): string[] {
  return decisions.flatMap(({ directoryUserId, kind, member }) => {
    const person = before.get(directoryUserId);
    const old = person?.member;
    if (!old) return [];
    if ((kind === 'held') !== (person?.link?.state === 'held')) return [old.emailKey];
    if (member === null || old.id !== member.id) return [];
    return member.status !== old.status || member.emailKey !== old.emailKey ? [old.emailKey] : [];
  });
}

function nowLinked(before: ReadonlyMap<string, Person>, decisions: readonly Decision[]): Person[] {
  return decisions.flatMap(({ directoryUserId, link }) =>
    link?.memberId ? (before.get(directoryUserId) ?? []) : [],
  );
}

/** Everybody who got a member just now, by each name that a manager reference may have for him. */
export function newlyLinked(decisions: readonly Decision[], before: ReadonlyMap<string, Person>): Arrived[] {
  return decisions.flatMap(({ directoryUserId, link }) => {
    const person = before.get(directoryUserId);
    const memberId = link?.memberId ?? null;
    if (memberId === null || person?.link?.memberId === memberId) return [];
    const references = [directoryUserId, person?.directoryUser?.externalId ?? directoryUserId];
    return [...new Set(references)].map((reference) => ({ reference, memberId }));
  });
}
