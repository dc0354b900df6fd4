import type { Pending } from '../decision/change.ts';
import type { Decision } from '../decision/decision.ts';
import type { Person } from '../decision/person.ts';
import type { SyncPolicy } from '../policy/sync-policy.ts';
import type { LoadedPeople } from './load-people.ts';
import { planBatch, type PlanMemory } from './plan.ts';
import type { QueueEntry } from './claim-people.ts';
import type { Arrived } from './queue-consequences.ts';

/**
 * What is to be done about some people. Pure data, to be applied or only shown.
 *
 * @property people as they were loaded
 * @property decisions one per person, in the same order
 * @property entries the queue entries that this handles
 */
export interface BatchPlan {
  people: readonly Person[];
  decisions: readonly Decision[];
  entries: readonly QueueEntry[];
}

/**
 * Plans what to do about loaded people: the one way for runs, leavers, approvals and the preview.
 *
 * @param memory what earlier batches of the same plan did; this one is added to it
 */
export function planPeople(
  loaded: LoadedPeople,
  policy: SyncPolicy,
  memory: PlanMemory,
  now: Date,
  entries: readonly QueueEntry[] = [],
): BatchPlan {
  return { people: loaded.people, decisions: planBatch(loaded, policy, memory, now), entries };
}

/** The part of a plan that is about people with these ids. */
export function partOf(plan: BatchPlan, ids: ReadonlySet<string>): BatchPlan {
  const isIn = ({ directoryUserId }: { directoryUserId: string }) => ids.has(directoryUserId);
  return {
    people: plan.people.filter(isIn),
    decisions: plan.decisions.filter(isIn),
    entries: plan.entries.filter(isIn),
  };
}

/** People by the id of their directory user. */
export function byDirectoryUser(people: readonly Person[]): ReadonlyMap<string, Person> {
  return new Map(people.map((person) => [person.directoryUserId, person]));
}

/** How many decisions there are of each kind that changes or keeps back something. */
export function countByKind(decisions: readonly Pick<Decision, 'kind'>[]): Partial<Pending> {
  const counts: Partial<Pending> = {};
  for (const { kind } of decisions) if (kind !== 'nothing') counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Everybody who got a member just now, by each name that a reference may have for them. */
export function newlyLinked(decisions: readonly Decision[], before: ReadonlyMap<string, Person>): Arrived[] {
  return decisions.flatMap(({ directoryUserId, link }) => {
    const person = before.get(directoryUserId);
    const memberId = link?.memberId ?? null;
    if (memberId === null || person?.link?.memberId === memberId) return [];
    const references = [directoryUserId, person?.directoryUser?.externalId ?? directoryUserId];
    return [...new Set(references)].map((reference) => ({ reference, memberId }));
  });
}
