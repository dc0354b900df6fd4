import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../database/clock.ts';
import { planForAnyWorkspace } from '../database/plan-for-any-workspace.ts';
import { sqlState } from '../errors/constraint-errors.ts';
import { NoRoomForOptionsError } from '../member-directory/add-options.ts';
import { carryOutSteps } from './carry-out-steps.ts';
import { isFirstRun } from './first-run.ts';
import { addCounts, pendingOf } from './change.ts';
import type { Rulebook } from './rulebook.ts';
import { addProgress, holdLease, type LeasedRun } from './run-lease.ts';
import { claimForRun } from './sync-queue.ts';

/** People in one transaction of a run. */
export const batchSizePeople = 2000;

/** What the directory has of them, as JSON. */
const batchSizeMaxBytes = 32 * 1024 * 1024;

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
   * Goes through the queue in the order of the people's ids, each batch in one transaction; and once more from the
   * beginning while that finds anybody: a batch queues those who wait for one of its new members. May be called again
   * for a run that was killed: what it had done is no longer queued.
   *
   * @param mayGoOn asked between batches; false leaves the rest to another process
   * @returns whether it came to the end
   * @throws LeaseLostError
   */
  async run(run: LeasedRun, book: Rulebook, mayGoOn: () => boolean): Promise<boolean> {
    const isFirst = await isFirstRun(this.dataSource, run.workspaceId);
    let after: string | null = null;
    let limit = batchSizePeople;
    let failures = 0;
    while (mayGoOn()) {
      try {
        const last = await this.batch(run, book, isFirst, after, limit);
        if (last === null && after === null) return true;
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
    isFirst: boolean,
    after: string | null,
    limit: number,
  ): Promise<string | null> {
    const now = this.clock.now();
    const written = await this.dataSource.transaction(async (manager) => {
      await planForAnyWorkspace(manager);
      await holdLease(manager, run, now);
      const { workspaceId, id: runId } = run;
      const dueBy = run.createdAt;
      const entries = await claimForRun(manager, workspaceId, runId, {
        after,
        dueBy,
        limit,
        bytesMax: batchSizeMaxBytes,
      });
      const last = entries.at(-1);
      if (last === undefined) return null;
      const context = { workspaceId, runId, now, dueBy, isFirst };
      const done = await carryOutSteps(manager, context, entries, book, {
        keepPlans: after !== null && limit === batchSizePeople,
      });
      const counts = pendingOf(run.counts);
      addCounts(counts, done.counts);
      await addProgress(manager, run, done.people, counts);
      return { last: last.directoryUserId, counts };
    });
    if (written === null) return null;
    // Only what was committed counts: a batch that failed is counted when it succeeds.
    run.counts = written.counts;
    return written.last;
  }
}
