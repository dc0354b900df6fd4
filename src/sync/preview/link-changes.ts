import type { EntityManager } from 'typeorm';
import { dbOf } from '../../database/db-of.ts';
import { inPipeline } from '../../database/statement-pipeline.ts';
import { sql } from '../../database/sql.ts';
import { ConflictError, DomainError, NotFoundError } from '../../errors/domain-errors.ts';
import type { MemberEvents } from '../../member-directory/events/member-events.ts';
import { queuePeople } from '../../sync-queue/queue-people.ts';
import { freshLink } from '../decision/fresh-link.ts';
import { isUnknown, type Person } from '../decision/person.ts';
import type { Reason } from '../decision/reason.ts';
import { forgetErased } from '../planning/erased-people.ts';
import { forgetFormer, giveBackMembers } from '../planning/former-links.ts';
import { loadPeople } from '../planning/load-people.ts';
import { queueConflictsAbout } from '../planning/queue-consequences.ts';
import type { SyncPolicy } from '../policy/sync-policy.ts';
import { freeMembers } from '../writing/free-member.ts';
import { releaseHolds } from '../writing/release-holds.ts';
import { settleSuspensions } from '../writing/suspend-held.ts';
import { type LinkRow, upsertLinks } from '../writing/write-rows.ts';

/** Where and when an admin, or the host product, decides about people, and who is told of it. */
export interface DecisionContext {
  policy: SyncPolicy;
  now: Date;
  events: MemberEvents;
}

/** Why people are left out. */
export type Exclusion = Extract<Reason, { code: 'excluded' | 'excluded-by-product' }>;

/**
 * What is decided about people, each by themselves.
 *
 * @property linkOf the person's link as it will be; throws a ConflictError where this cannot be decided about them
 * @property forgetsFormer the person is not the one whose member an admin gave away
 */
export interface LinkAct {
  linkOf: (person: Person) => LinkRow;
  forgetsFormer?: boolean;
  /** That somebody of their name was erased keeps them out no longer. */
  forgetsErased?: boolean;
}

/** Why people were refused, by their ids; everybody else was done. */
export type Refusals = Map<string, DomainError>;

/** Leaves people out. */
export function exclusion(reason: Exclusion): LinkAct {
  return { linkOf: (person) => ({ ...freed(person), state: 'excluded', reason }) };
}

/** Ends an exclusion. */
export const inclusion: LinkAct = {
  linkOf: (person) => {
    if (person.link?.state !== 'excluded') {
      throw new ConflictError('not-excluded', 'This person is not excluded.');
    }
    return freed(person);
  },
  forgetsErased: true,
};

/** Allows again what an admin undid or rejected. */
export const lifting: LinkAct = {
  linkOf: (person) => {
    if (person.link?.state !== 'suppressed') {
      throw new ConflictError('not-suppressed', 'Nothing is suppressed for this person.');
    }
    return freed(person);
  },
};

/** Has the next run look at a conflict again. */
export const retrying: LinkAct = {
  linkOf: ({ link, directoryUserId }) => {
    if (link?.state !== 'conflict') throw new ConflictError('no-conflict', 'This person is no conflict.');
    return { ...link, directoryUserId };
  },
};

/** Says that people are somebody else than those whose members were given away. */
export const separation: LinkAct = {
  linkOf: (person) => {
    if (person.former === null) {
      throw new ConflictError('never-given-away', 'No member of this person was linked to somebody else.');
    }
    return freed(person);
  },
  forgetsFormer: true,
};

/**
 * Waits until nobody else decides about this person. Somebody who decides about many people waits, too, and holds up
 * everybody else: a lock for each of them would be more than PostgreSQL has room for.
 */
export async function lockForOne(manager: EntityManager, workspaceId: string, id: string): Promise<void> {
  await dbOf(manager).run(sql`
    SELECT pg_advisory_xact_lock_shared(hashtextextended('links:' || ${workspaceId}::text, 0)),
      pg_advisory_xact_lock(hashtextextended('link:' || ${workspaceId}::text || ${id}::text, 0))`);
}

/**
 * Waits until nobody else decides about people of the workspace, and until no run or lane is at work on these: those
 * who are queued are locked in the order of ids, as runs do, so that they skip them meanwhile.
 */
export async function lockForMany(
  manager: EntityManager,
  workspaceId: string,
  ids: readonly string[],
): Promise<void> {
  const db = dbOf(manager);
  await db.run(sql`SELECT pg_advisory_xact_lock(hashtextextended('links:' || ${workspaceId}::text, 0))`);
  await db.run(sql`SELECT count(*) FROM (SELECT 1 FROM sync_queue
    WHERE workspace_id = ${workspaceId} AND directory_user_id = ANY (${ids}::uuid[])
    ORDER BY directory_user_id FOR UPDATE) locked`);
}

/**
 * Loads people, and locks their members unless told otherwise. Those who are in neither the directory nor its history are
 * left out.
 */
export async function loadKnown(
  manager: EntityManager,
  { policy, now }: Pick<DecisionContext, 'policy' | 'now'>,
  ids: readonly string[],
  lock = true,
): Promise<Person[]> {
  const workspaceId = policy.workspace.id;
  const loaded = await inPipeline(manager, (db) => loadPeople(db, workspaceId, ids, policy, { lock, now }));
  return loaded.people.filter((person) => !isUnknown(person));
}

/** Decides about people who are loaded and locked: writes their links, and has the next run look at them. */
export async function decideAbout(
  manager: EntityManager,
  { policy, now, events }: DecisionContext,
  people: readonly Person[],
  { linkOf, forgetsFormer = false, forgetsErased = false }: LinkAct,
): Promise<Refusals> {
  const workspaceId = policy.workspace.id;
  const refused: Refusals = new Map();
  const links: LinkRow[] = [];
  const decided = people.filter((person) => {
    try {
      return links.push(linkOf(person)) > 0;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      refused.set(person.directoryUserId, error);
      return false;
    }
  });
  const db = dbOf(manager);
  const held = decided.filter(({ link }) => link?.state === 'held');
  if (held.length > 0) {
    await inPipeline(manager, (pipeline) =>
      releaseHolds(pipeline, workspaceId, held.map(idOf), now, 'excluded-since'),
    );
  }
  if (forgetsFormer) await forgetFormer(db, workspaceId, decided);
  if (forgetsErased)
    await forgetErased(
      db,
      workspaceId,
      decided.filter(({ link }) => link?.reason?.code === 'erased'),
    );
  await upsertLinks(db, workspaceId, links, now);
  const settled = held.map(({ link }) => link?.memberId ?? null);
  await settleSuspensions(db, { workspaceId, now, events }, settled);
  await queueDecided(manager, workspaceId, decided, now);
  return refused;
}

/**
 * Says of people who are loaded and locked which members they are; the next run carries it out. A member may have belonged
 * to a person who is inactive or gone: that link is released, and both know of it.
 *
 * @param memberOf the id of the member, by that of the person
 * @param by the admin who says so
 * @returns NotFoundError, ConflictError `already-linked`, `member-linked`, `member-removed` for those who are refused
 */
export async function linkToMembers(
  manager: EntityManager,
  { policy, now, events }: DecisionContext,
  people: readonly Person[],
  { memberOf, by }: { memberOf: ReadonlyMap<string, string>; by: string },
): Promise<Refusals> {
  const workspaceId = policy.workspace.id;
  const refused: Refusals = new Map();
  const free = people.filter((person) => {
    const refusal = refusalToLink(person);
    if (refusal !== null) refused.set(person.directoryUserId, refusal);
    return refusal === null;
  });
  const wanted = free.map(({ directoryUserId }) => ({
    directoryUserId,
    memberId: memberOf.get(directoryUserId) ?? '',
  }));
  const freedMembers = await freeMembers(manager, { workspaceId, by, now, events }, wanted);
  const links: LinkRow[] = [];
  const disputed: string[] = [];
  const linked = free.filter((person) => {
    const outcome = freedMembers.get(person.directoryUserId);
    if (outcome === undefined || outcome instanceof DomainError) {
      refused.set(person.directoryUserId, outcome ?? new NotFoundError('member'));
      return false;
    }
    const memberId = memberOf.get(person.directoryUserId) ?? null;
    disputed.push(outcome.emailKey);
    return links.push({ ...freed(person), memberId, awaitsAdoption: true }) > 0;
  });
  const db = dbOf(manager);
  await forgetFormer(db, workspaceId, linked);
  const moved = linked.filter(
    ({ link, directoryUserId }) => awaits(link) && link?.memberId !== memberOf.get(directoryUserId),
  );
  disputed.push(...moved.flatMap(({ member }) => member?.emailKey ?? []));
  await upsertLinks(db, workspaceId, links, now);
  await giveBackMembers(db, workspaceId, moved.map(idOf), now, events);
  // Others in conflict over the address cannot have this member any more; they can have the earlier one again.
  await queueConflictsAbout(db, workspaceId, disputed, now);
  await queueDecided(manager, workspaceId, linked, now);
  return refused;
}

/** Why nobody may say which member the person is; null: an admin may. */
export function refusalToLink({ directoryUser, member, link }: Person): DomainError | null {
  if (directoryUser === null) return new NotFoundError('directory user');
  if (member === null || awaits(link) || member.status === 'removed') return null;
  return new ConflictError('already-linked', 'This person is linked to a member already.');
}

/** Whether an admin has said which member the person is, and no run has carried that out. */
function awaits(link: Person['link']): boolean {
  return link?.awaitsAdoption === true;
}

async function queueDecided(
  manager: EntityManager,
  workspaceId: string,
  people: readonly Person[],
  now: Date,
): Promise<void> {
  const due = people.map(({ directoryUserId }) => ({ directoryUserId, dueAt: now }));
  await queuePeople(dbOf(manager), workspaceId, due, 'admin');
}

/** The person's link, free of every earlier decision. */
function freed(person: Person): LinkRow {
  return { directoryUserId: person.directoryUserId, ...freshLink(person, person.link?.memberId ?? null) };
}

function idOf({ directoryUserId }: Person): string {
  return directoryUserId;
}
