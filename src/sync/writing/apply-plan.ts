import { isDeepStrictEqual } from 'node:util';
import { settleSuspensions } from './suspend-held.ts';
import type { StatementPipeline } from '../../database/statement-pipeline.ts';
import type { Db } from '../../database/db.ts';
import { sql } from '../../database/sql.ts';
import { typeOfChange } from '../../member-directory/events/member-events.ts';
import { endMemberships } from '../../member-directory/members/end-memberships.ts';
import { addOptions } from '../../member-directory/properties/add-options.ts';
import type { Pending } from '../decision/change.ts';
import { awaitsGroups, groupsField } from '../decision/decide-groups.ts';
import type { Decision } from '../decision/decision.ts';
import type { LinkState, Person } from '../decision/person.ts';
import { type BatchPlan, byDirectoryUser, countByKind, newlyLinked } from '../planning/batch-plan.ts';
import { forgetFormer } from '../planning/former-links.ts';
import { type RegroupedMember, writeMemberships } from '../record/group-changes.ts';
import { insertChanges, noteApproved } from './note-changes.ts';
import { queueWaitingFor, writePendingReferences } from './pending-references.ts';
import { deleteHandled } from '../../sync-queue/handled-people.ts';
import { queuePeople } from '../../sync-queue/queue-people.ts';
import { queueConflictsAbout, queueReportsOf } from '../planning/queue-consequences.ts';
import { releaseHolds } from './release-holds.ts';
import { startInTurns } from './start-in-turns.ts';
import type { WriteContext } from './write-context.ts';
import { type LinkRow, upsertLinks, writeMembers } from './write-rows.ts';

/**
 * How decisions are noted: as changes of a run that handles queue entries, or as approvals of changes that a run holds.
 */
export type NotedAs = 'run' | 'approval';

/**
 * Applies a plan, set-based: members, links, changes, queue entries of exactly the versions that were read. Belongs in
 * the transaction that read them.
 *
 * @returns how many changes of each kind there were
 * @throws the violation of `member_email_key` when somebody took an address meanwhile
 * @throws NoRoomForOptionsError when others filled a property's options meanwhile
 */
export async function applyPlan(
  db: StatementPipeline,
  context: WriteContext,
  { people, decisions, entries }: BatchPlan,
  notedAs: NotedAs = 'run',
): Promise<Partial<Pending>> {
  const before = byDirectoryUser(people);
  await addNewOptions(db, context, before, decisions);
  noteMembers(context, before, decisions);
  // None needs another's result: while PostgreSQL works on one, this process prepares the next. They are sent in this order:
  // who follows is found in what was written.
  await startInTurns(db, [
    ...writesOf(db, context, before, decisions),
    () =>
      notedAs === 'run'
        ? insertChanges(db, context, before, decisions)
        : noteApproved(db, context, decisions),
    async () => (notedAs === 'run' ? deleteHandled(db, context.workspaceId, entries) : undefined),
    () => queueWhatFollows(db, context, before, decisions),
  ]);
  await settleSuspensions(db, context, newlyOrNoLongerHeld(before, decisions));
  return countByKind(decisions);
}

/** The members whose removal began to be held, or is not held any more. */
function newlyOrNoLongerHeld(
  before: ReadonlyMap<string, Person>,
  decisions: readonly Decision[],
): (string | null)[] {
  return decisions.flatMap(({ directoryUserId, link }) => {
    const old = before.get(directoryUserId)?.link ?? null;
    if ((old?.state === 'held') === (link?.state === 'held')) return [];
    return [old?.memberId ?? link?.memberId ?? null];
  });
}

/**
 * Adds the options that the values of these decisions are to become.
 *
 * @throws NoRoomForOptionsError
 */
async function addNewOptions(
  db: Db,
  { workspaceId, now }: WriteContext,
  before: ReadonlyMap<string, Person>,
  decisions: readonly Decision[],
): Promise<void> {
  const options = decisions.flatMap(({ member, directoryUserId: id }) =>
    member === null ? [] : (before.get(id)?.mapped?.newOptions ?? []),
  );
  await addOptions(db, workspaceId, options, now);
}

/** What writes members, links and memberships, and releases holds that have ended. */
function writesOf(
  db: StatementPipeline,
  context: WriteContext,
  before: ReadonlyMap<string, Person>,
  decisions: readonly Decision[],
): (() => Promise<void>)[] {
  const { workspaceId, now } = context;
  const written = decisions.flatMap(({ directoryUserId, kind, member }) => {
    if (member === null) return [];
    const old = before.get(directoryUserId)?.member;
    const keepsAddress = old?.id === member.id && old.emailKey === member.emailKey;
    return [{ member, isNew: kind === 'create', keepsAddress }];
  });
  const released = decisions.filter(({ directoryUserId: id, link }) => {
    return before.get(id)?.link?.state === 'held' && link?.state !== 'held';
  });
  const releasedIds = released.map(({ directoryUserId }) => directoryUserId);
  return [
    () => writePendingReferences(db, workspaceId, decisions),
    () => writeMembers(db, workspaceId, written, now),
    () => writeLinks(db, workspaceId, before, decisions, now),
    () => writeMemberships(db, context, decisions.flatMap(regrouped)),
    () => forgetMemberships(db, context, decisions),
    () => forgetFormer(db, workspaceId, nowLinked(before, decisions)),
    () => releaseHolds(db, workspaceId, releasedIds, now),
  ];
}

/** Notes what happens to members, for the host product. */
function noteMembers(
  { events }: WriteContext,
  before: ReadonlyMap<string, Person>,
  decisions: readonly Decision[],
): void {
  for (const { directoryUserId, kind, member, fields, reason } of decisions) {
    if (member === null) continue;
    const old = before.get(directoryUserId)?.member;
    if (kind === 'create') events.member('member.created', member.id, [], reason);
    else {
      const changes = fields.filter(({ field }) => field !== groupsField);
      events.member(typeOfChange(old?.status ?? member.status, member.status), member.id, changes, reason);
    }
  }
}

/**
 * Queues the people that these decisions concern. Leavers are queued for the end of their grace period; people in conflict
 * over an address whose holder changed, in a group that does not exist yet, or whose role waits, for the next run; and
 * people who refer to a new member still for this one.
 */
async function queueWhatFollows(
  db: StatementPipeline,
  { workspaceId, runId, now, dueBy, isFirst }: WriteContext,
  before: ReadonlyMap<string, Person>,
  decisions: readonly Decision[],
): Promise<void> {
  const arrived = newlyLinked(decisions, before);
  await Promise.all([
    queuePeople(db, workspaceId, waitingForRemoval(decisions, before), 'grace'),
    queueConflictsAbout(db, workspaceId, touchedAddresses(decisions, before, isFirst), now),
    // In a first run, people who refer to them have no member yet, or are filled in at the end of the run.
    isFirst ? null : queueReportsOf(db, workspaceId, runId, arrived, dueBy),
    queueWaitingFor(db, workspaceId, runId, arrived, dueBy),
    queuePeople(db, workspaceId, awaitingGroups(decisions, before, now), 'group'),
    queuePeople(db, workspaceId, awaitingRoles(decisions, nextAfter(now, dueBy)), 'role-waits'),
  ]);
}

/** Updates the links; a returner takes the member over from the directory user that is gone. */
async function writeLinks(
  db: StatementPipeline,
  workspaceId: string,
  before: ReadonlyMap<string, Person>,
  decisions: readonly Decision[],
  now: Date,
): Promise<void> {
  const taken = new Map<string, string>();
  for (const { directoryUserId: id, link, kind } of decisions) {
    // A created member is new: nobody can be linked to it.
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
    const drop = db.run(sql`DELETE FROM sync_link WHERE workspace_id = ${workspaceId}
         AND (directory_user_id = ANY (${dropped}::uuid[]) OR member_id = ANY (${[...taken.keys()]}::uuid[]))`);
    statements.push(drop);
  }
  await Promise.all([...statements, upsertLinks(db, workspaceId, kept, now)]);
}

/** Removed members no longer belong to any group. */
export async function forgetMemberships(
  db: Db,
  { workspaceId, events }: Pick<WriteContext, 'workspaceId' | 'events'>,
  decisions: readonly Pick<Decision, 'member'>[],
): Promise<void> {
  const removed = decisions.flatMap(({ member }) => (member?.status === 'removed' ? [member.id] : []));
  await endMemberships(db, workspaceId, removed, events);
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

/** Later than what the run under way is about: it has looked at them already. */
function nextAfter(now: Date, dueBy: Date): Date {
  return now > dueBy ? now : new Date(dueBy.getTime() + 1);
}

function awaitingRoles(decisions: readonly Decision[], dueAt: Date) {
  return decisions.flatMap(({ directoryUserId, awaitsRole }) =>
    awaitsRole ? [{ directoryUserId, dueAt }] : [],
  );
}

function waitingForRemoval(decisions: readonly Decision[], before: ReadonlyMap<string, Person>) {
  return decisions.flatMap(({ directoryUserId, member }) => {
    const dueAt = (member ?? before.get(directoryUserId)?.member)?.removalDueAt ?? null;
    return dueAt === null ? [] : [{ directoryUserId, dueAt }];
  });
}

/**
 * Addresses about which a conflict may read differently now: they are free, their holder is another one, has a directory
 * user now, or has left or come back. Of who is withheld it is not known here what became of their directory user.
 */
function touchedAddresses(
  decisions: readonly Decision[],
  before: ReadonlyMap<string, Person>,
  isFirst: boolean,
): string[] {
  return decisions.flatMap(({ directoryUserId, kind, link, member }) => {
    // Nobody had a member, so that nobody waits for somebody new.
    if (isFirst && kind === 'create') return [];
    const person = before.get(directoryUserId);
    const old = person?.member;
    const isLinkedNow = (link?.memberId ?? null) !== (person?.link?.memberId ?? null);
    const moves = member !== null && (member.status !== old?.status || member.emailKey !== old.emailKey);
    const adopts = member !== null && person?.link?.awaitsAdoption === true;
    if (!moves && !isLinkedNow && !adopts && !isWithheld(person?.link) && !isWithheld(link)) return [];
    return [old?.emailKey ?? [], member?.emailKey ?? []].flat();
  });
}

/** Conflicts are none of these: two of them about each other's addresses would queue each other for ever. */
function isWithheld(link: LinkState | null | undefined): boolean {
  return link?.state === 'held' || link?.state === 'suppressed' || link?.state === 'excluded';
}

function nowLinked(before: ReadonlyMap<string, Person>, decisions: readonly Decision[]): Person[] {
  return decisions.flatMap(({ directoryUserId, link }) =>
    link?.memberId ? (before.get(directoryUserId) ?? []) : [],
  );
}
