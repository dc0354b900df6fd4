import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { causeOfRun } from '../record/run-cause.ts';
import { MemberEvents } from '../../member-directory/events/member-events.ts';
import { Clock } from '../../database/clock.ts';
import { dbOf } from '../../database/db-of.ts';
import { useGenericPlans } from '../../database/generic-plan.ts';
import { inPipeline } from '../../database/statement-pipeline.ts';
import { sql } from '../../database/sql.ts';
import { inSpan } from '../../tracing/spans.ts';
import { sqlState } from '../../errors/failed-query.ts';
import { causeOf, isDataError } from '../../errors/data-error.ts';
import { lockSeatRoom } from '../../member-directory/members/seats.ts';
import { NoRoomForOptionsError } from '../../member-directory/properties/add-options.ts';
import { runInSteps } from '../writing/run-in-steps.ts';
import { addCounts, pendingOf } from '../decision/change.ts';
import { newReference, Refusals } from '../decision/refusals.ts';
import type { SpendingRun } from '../policy/removal-guard.ts';
import type { SyncPolicy } from '../policy/sync-policy.ts';
import { addProgress, holdLease, type LeasedRun } from '../record/run-lease.ts';
import { addNotes, peopleLeftOut } from '../record/run-notes.ts';
import { freeSeats } from '../planning/free-seats.ts';
import { claimForRun, isAnybodyLeft, type RunPeople } from '../planning/claim-people.ts';

/** People in one transaction of a run. */
export const batchSizePeople = 2000;

/** The size of their resources as JSON. */
const batchSizeMaxBytes = 32 * 1024 * 1024;

/** How often a batch is retried with fewer people before its failure no longer counts as a race. */
const retriesMax = 6;

/** How often a run that claims nobody looks whether another lane is done with the people who are left. */
const looksMax = 20;
const lookAgainMs = 100;

/** unique_violation, deadlock_detected, serialization_failure, lock_not_available: another process won the race. */
const raceStates = new Set(['23505', '40P01', '40001', '55P03']);

/** An attempt at a batch: the claimed people, and everybody who was planned with them. */
interface Attempt {
  after: string | null;
  limit: number;
  claimed: string[];
  people: string[];
}

/** What a run has throughout, whatever becomes of its batches. */
interface Throughout {
  policy: SyncPolicy;
  /** Whether it is the first run of the workspace. */
  isFirst: boolean;
  refusals: Refusals;
  spending: SpendingRun;
}

/** Carries out a run over the people who were queued when it was asked for; of chosen people, over those of them. */
@Injectable()
export class SynchronizePeople {
  private readonly logger = new Logger(SynchronizePeople.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Goes through the queue in the order of the people's ids, each batch in one transaction, and starts over as long as
   * that finds anybody: a batch queues the people who wait for one of its new members. May be called again for a run that
   * was killed: what it had done is no longer queued.
   *
   * A batch that fails because of its data is halved until the person is found whose data they are. That person becomes a
   * conflict, and the rest goes on.
   *
   * @param isFirst whether it is the first run of the workspace
   * @param mayGoOn asked between batches; false leaves the rest to another process
   * @returns whether it came to the end
   * @throws LeaseLostError
   */
  async run(run: LeasedRun, policy: SyncPolicy, isFirst: boolean, mayGoOn: () => boolean): Promise<boolean> {
    const refusals = new Refusals();
    const throughout = { policy, isFirst, refusals, spending: { id: run.id, managedBefore: null } };
    let after: string | null = null;
    let limit = batchSizePeople;
    let races = 0;
    let looks = 0;
    while (mayGoOn()) {
      const attempt: Attempt = { after, limit, claimed: [], people: [] };
      try {
        const last = await inSpan({ name: 'run batch' }, async (span) => {
          const end = await this.batch(run, throughout, attempt);
          span?.add({ 'provisioning.people': attempt.claimed.length });
          return end;
        });
        if (last === null && after === null) {
          if (looks >= looksMax || !(await this.isAnybodyLeft(run, refusals))) return true;
          looks += 1;
          await sleep(lookAgainMs);
        } else looks = 0;
        // Nobody stood behind these people. If anybody is left, the batch itself has queued them.
        const isShort = attempt.claimed.length > 0 && attempt.claimed.length < limit;
        if (isShort && !(await this.isAnybodyLeft(run, refusals))) return true;
        after = last;
        limit = Math.min(batchSizePeople, limit * 2);
        races = 0;
      } catch (error) {
        if (error instanceof NoRoomForOptionsError) {
          policy.refuseOptions(error.options);
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

  private isAnybodyLeft(run: LeasedRun, refusals: Refusals): Promise<boolean> {
    return isAnybodyLeft(dbOf(this.dataSource), peopleOf(run), [...refusals.leftOut]);
  }

  /** Only one person, and those planned with them, are left in a batch that fails. */
  private blame(run: LeasedRun, refusals: Refusals, { claimed, people }: Attempt, error: unknown): void {
    const reference = newReference();
    const group = [...new Set([...claimed, ...people])];
    // An empty batch does not fail because of a person.
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
    { policy, isFirst, refusals, spending }: Throughout,
    attempt: Attempt,
  ): Promise<string | null> {
    const { after, limit } = attempt;
    const written = await this.dataSource.transaction(async (manager) => {
      await useGenericPlans(manager);
      const { workspaceId } = run;
      const room = await lockSeatRoom(dbOf(manager), workspaceId);
      const claim = { after, limit, except: [...refusals.leftOut], bytesMax: batchSizeMaxBytes };
      const [, entries] = await inPipeline(manager, (db) =>
        Promise.all([holdLease(db, run, this.clock.now()), claimForRun(db, peopleOf(run), claim)]),
      );
      attempt.claimed = entries.map(({ directoryUserId }) => directoryUserId);
      if (entries.length === 0) return null;
      // Whatever the identity provider asked until they were claimed lies before what is done about it.
      const now = this.clock.now();
      const seats = await freeSeats(dbOf(manager), seatSeekers(run), policy.settings.seatOrder, room);
      const events = new MemberEvents(causeOfRun(run.trigger, run.id));
      const context = { ...peopleOf(run), now, isFirst, events };
      const done = await runInSteps(manager, context, entries, policy, {
        keepPlans: after !== null && limit === batchSizePeople,
        refusals,
        spending,
        seats,
        isReviewed: run.trigger === 'manual',
        onPeople: (ids) => attempt.people.push(...ids),
      });
      const counts = pendingOf(run.counts);
      addCounts(counts, done.counts);
      const notes = addNotes(run.notes, done.notes);
      await addProgress(dbOf(manager), run, done.people, counts, notes);
      events.append(dbOf(manager), workspaceId, now);
      return { last: done.last, counts, notes };
    });
    if (written === null) return null;
    // Only committed work counts: a failed batch is counted when it succeeds.
    run.counts = written.counts;
    run.notes = written.notes;
    return written.last;
  }
}

/** The people who may get a free seat: a run of chosen people gives them to these. */
function seatSeekers({ workspaceId, id: runId, createdAt: dueBy, ofChosen }: LeasedRun) {
  const chosen = ofChosen
    ? sql<{ id: string }>`SELECT directory_user_id FROM sync_run_person
        WHERE workspace_id = ${workspaceId} AND run_id = ${runId}`
    : null;
  return { workspaceId, dueBy, chosen };
}

function peopleOf({ workspaceId, id: runId, createdAt: dueBy, ofChosen }: LeasedRun): RunPeople {
  return { workspaceId, runId, dueBy, ofChosen };
}
