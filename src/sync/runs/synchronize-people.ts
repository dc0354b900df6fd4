import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../../database/clock.ts';
import { planForAnyWorkspace } from '../../database/plan-for-any-workspace.ts';
import { sqlState } from '../../errors/failed-query.ts';
import { causeOf, isDataError } from '../../errors/data-error.ts';
import { NoRoomForOptionsError } from '../../member-directory/properties/add-options.ts';
import { carryOutSteps } from '../writing/carry-out-steps.ts';
import { isFirstRun } from '../writing/first-run.ts';
import { addCounts, pendingOf } from '../decision/change.ts';
import { newReference, Refusals } from '../decision/refusals.ts';
import type { Rulebook } from '../policy/rulebook.ts';
import { addProgress, holdLease, type LeasedRun } from '../record/run-lease.ts';
import { addNotes, peopleLeftOut } from '../record/run-notes.ts';
import { claimForRun } from '../planning/claim-people.ts';

/** People in one transaction of a run. */
export const batchSizePeople = 2000;

/** What the directory has of them, as JSON. */
const batchSizeMaxBytes = 32 * 1024 * 1024;

/** How often a batch is tried again with fewer people before it is no longer said to be a race. */
const retriesMax = 6;

/** unique_violation, deadlock_detected, serialization_failure, lock_not_available: somebody else was quicker. */
const raceStates = new Set(['23505', '40P01', '40001', '55P03']);

/** A batch as it is tried: who was claimed, and everybody who was decided about with them. */
interface Attempt {
  after: string | null;
  limit: number;
  claimed: string[];
  people: string[];
}

/** Carries out a run over the people who were queued when it was asked for. */
@Injectable()
export class SynchronizePeople {
  private readonly logger = new Logger(SynchronizePeople.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Goes through the queue in the order of the people's ids, each batch in one transaction; and once more from the
   * beginning while that finds anybody: a batch queues those who wait for one of its new members. May be called again
   * for a run that was killed: what it had done is no longer queued.
   *
   * A batch that fails because of the data in it is halved until the person is found whose they are; that one becomes a
   * conflict, and the rest goes on.
   *
   * @param mayGoOn asked between batches; false leaves the rest to another process
   * @returns whether it came to the end
   * @throws LeaseLostError
   */
  async run(run: LeasedRun, book: Rulebook, mayGoOn: () => boolean): Promise<boolean> {
    const isFirst = await isFirstRun(this.dataSource, run.workspaceId);
    const refusals = new Refusals();
    let after: string | null = null;
    let limit = batchSizePeople;
    let races = 0;
    while (mayGoOn()) {
      const attempt: Attempt = { after, limit, claimed: [], people: [] };
      try {
        const last = await this.batch(run, book, isFirst, attempt, refusals);
        if (last === null && after === null) return true;
        after = last;
        limit = Math.min(batchSizePeople, limit * 2);
        races = 0;
      } catch (error) {
        if (error instanceof NoRoomForOptionsError) {
          book.refuseOptions(error.options);
          continue;
        }
        const isRace = raceStates.has(sqlState(error) ?? '');
        if (isRace) races += 1;
        if (isRace && races <= retriesMax) {
          limit = Math.max(1, Math.floor(limit / 10));
        } else if (!isDataError(error)) throw error;
        else if (attempt.claimed.length > 1) limit = Math.floor(attempt.claimed.length / 2);
        else this.blame(run, refusals, attempt, error);
      }
    }
    return false;
  }

  /** Nobody but one person, and who came along, is left in a batch that fails. */
  private blame(run: LeasedRun, refusals: Refusals, { claimed, people }: Attempt, error: unknown): void {
    const reference = newReference();
    const group = [...new Set([...claimed, ...people])];
    // Without anybody in it, the batch does not fail because of a person.
    if (group.length === 0) throw error;
    refusals.blame(group, reference);
    const { id: runId, workspaceId } = run;
    this.logger.error(
      { reference, runId, workspace: workspaceId, directoryUserIds: group, cause: causeOf(error) },
      'What was decided about a person cannot be written',
    );
    const left = group.filter((id) => refusals.leftOut.has(id)).length;
    if (left > 0) run.notes = addNotes(run.notes, [peopleLeftOut(left, reference)]);
  }

  /** @returns the last person of the batch in the order of ids, or null when nobody was left */
  private async batch(
    run: LeasedRun,
    book: Rulebook,
    isFirst: boolean,
    attempt: Attempt,
    refusals: Refusals,
  ): Promise<string | null> {
    const now = this.clock.now();
    const { after, limit } = attempt;
    const written = await this.dataSource.transaction(async (manager) => {
      await planForAnyWorkspace(manager);
      await holdLease(manager, run, now);
      const { workspaceId, id: runId } = run;
      const dueBy = run.createdAt;
      const entries = await claimForRun(manager, workspaceId, runId, {
        after,
        dueBy,
        limit,
        except: [...refusals.leftOut],
        bytesMax: batchSizeMaxBytes,
      });
      attempt.claimed = entries.map(({ directoryUserId }) => directoryUserId);
      if (entries.length === 0) return null;
      const context = { workspaceId, runId, now, dueBy, isFirst };
      const done = await carryOutSteps(manager, context, entries, book, {
        keepPlans: after !== null && limit === batchSizePeople,
        refusals,
        onPeople: (ids) => attempt.people.push(...ids),
      });
      const counts = pendingOf(run.counts);
      addCounts(counts, done.counts);
      const notes = addNotes(run.notes, done.notes);
      await addProgress(manager, run, done.people, counts, notes);
      return { last: done.last, counts, notes };
    });
    if (written === null) return null;
    // Only what was committed counts: a batch that failed is counted when it succeeds.
    run.counts = written.counts;
    run.notes = written.notes;
    return written.last;
  }
}
