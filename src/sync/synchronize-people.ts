import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../database/clock.ts';
import { sqlState } from '../errors/constraint-errors.ts';
import { NoRoomForOptionsError } from '../member-directory/add-options.ts';
import { addCounts, pendingOf } from './change.ts';
import type { Decision } from './decide.ts';
import { type LoadedPeople, loadPeople } from './load-people.ts';
import type { Person } from './person.ts';
import { newPlan, planBatch, type PlanMemory } from './plan.ts';
import { lockRemovalBudget, removalBudget } from './removal-guard.ts';
import type { Rulebook } from './rulebook.ts';
import { addProgress, holdLease, type LeasedRun } from './run-lease.ts';
import { claimForRun, claimPeople, type QueueEntry } from './sync-queue.ts';
import { type WriteContext, writeDecisions } from './write-decisions.ts';

/** People in one transaction of a run, and in one step of the preview. */
export const batchSizePeople = 2000;

/** How often people are added to a batch because somebody in it wants the address of one of them. */
export const companionRoundsMax = 8;

/** How often a batch is tried again with fewer people before the failure is the run's. */
const retriesMax = 6;

/** unique_violation, deadlock_detected, serialization_failure, lock_not_available: somebody else was quicker. */
const raceStates = new Set(['23505', '40P01', '40001', '55P03']);

/** Carries out a run over the people who were queued when it was asked for. */
@Injectable()
export class SynchronizePeople {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Goes through the queue in the order of the people's ids, each batch in one transaction. May be called again for
   * a run that was killed: what it had done is no longer queued.
   *
   * @param mayGoOn asked between batches; false leaves the rest to another process
   * @returns whether it came to the end
   * @throws LeaseLostError
   */
  async run(run: LeasedRun, book: Rulebook, mayGoOn: () => boolean): Promise<boolean> {
    let after: string | null = null;
    let limit = batchSizePeople;
    let failures = 0;
    while (mayGoOn()) {
      try {
        const last = await this.batch(run, book, after, limit);
        if (last === null) return true;
        after = last;
        limit = Math.min(batchSizePeople, limit * 2);
        failures = 0;
      } catch (error) {
        if (error instanceof NoRoomForOptionsError) {
          book.refuseOptions(error.options);
          continue;
        }
        failures += 1;
        if (!raceStates.has(sqlState(error) ?? '') || failures > retriesMax) throw error;
        limit = Math.max(1, Math.floor(limit / 10));
      }
    }
    return false;
  }

  /** @returns the last person of the batch in the order of ids, or null when nobody was left */
  private async batch(
    run: LeasedRun,
    book: Rulebook,
    after: string | null,
    limit: number,
  ): Promise<string | null> {
    const now = this.clock.now();
    const written = await this.dataSource.transaction(async (manager) => {
      await holdLease(manager, run, now);
      const { workspaceId, id: runId } = run;
      const entries = await claimForRun(manager, workspaceId, runId, { after, dueBy: run.createdAt, limit });
      const last = entries.at(-1);
      if (last === undefined) return null;
      const context = { workspaceId, runId, now };
      const planned = await planEntries(manager, context, entries, book);
      const counts = pendingOf(run.counts);
      addCounts(
        counts,
        await writeDecisions(manager, context, planned.people, planned.decisions, planned.entries),
      );
      await addProgress(manager, run, planned.entries.length, counts);
      return { last: last.directoryUserId, counts };
    });
    if (written === null) return null;
    // Only what was committed counts: a batch that failed is counted when it succeeds.
    run.counts = written.counts;
    return written.last;
  }
}

/** A batch whose decisions are ready to be written. */
export interface PlannedBatch {
  people: Person[];
  decisions: Decision[];
  entries: QueueEntry[];
}

/**
 * Loads and decides about claimed people, together with those of the same queue whose address one of them wants.
 */
export async function planEntries(
  manager: EntityManager,
  { workspaceId, runId, now }: WriteContext,
  entries: readonly QueueEntry[],
  book: Rulebook,
): Promise<PlannedBatch> {
  const taken = [...entries];
  let loaded = await loadPeople(manager, workspaceId, idsOf(taken), book, { lock: true, now });
  for (let round = 0; round < companionRoundsMax; round += 1) {
    const companions = companionsOf(loaded, new Set(idsOf(taken)));
    const more = companions.length === 0 ? [] : await claimPeople(manager, workspaceId, runId, companions);
    if (more.length === 0) break;
    taken.push(...more);
    loaded = await loadPeople(manager, workspaceId, idsOf(taken), book, { lock: true, now });
  }
  const plan = await planWithBudget(manager, { workspaceId, runId, now }, loaded, book);
  return { people: loaded.people, decisions: planBatch(loaded, book, plan, now), entries: taken };
}

/** People outside the batch who are due and hold an address that somebody inside wants: they are planned together. */
export function companionsOf(loaded: LoadedPeople, inBatch: ReadonlySet<string>): string[] {
  return [...loaded.holders.values()].flatMap(({ directoryUserId, due }) =>
    due && directoryUserId !== null && !inBatch.has(directoryUserId) ? [directoryUserId] : [],
  );
}

/** A plan with the removal budget, locked when somebody in the batch may lose access. */
async function planWithBudget(
  manager: EntityManager,
  { workspaceId, runId, now }: WriteContext,
  loaded: LoadedPeople,
  book: Rulebook,
): Promise<PlanMemory> {
  const unlimited = { used: 0, allowed: Number.POSITIVE_INFINITY };
  const removals = loaded.people.some(
    ({ directoryUser, member }) => directoryUser?.active !== true && member?.status === 'active',
  );
  if (!removals) return newPlan(unlimited);
  await lockRemovalBudget(manager, workspaceId);
  return newPlan(await removalBudget(manager, workspaceId, book.settings.removalGuard, now, runId));
}

function idsOf(entries: readonly QueueEntry[]): string[] {
  return entries.map(({ directoryUserId }) => directoryUserId);
}
