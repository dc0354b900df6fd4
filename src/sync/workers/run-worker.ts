import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { appendRunEvent } from '../record/run-events.ts';
import { causeOfRun } from '../record/run-cause.ts';
import { MemberEvents } from '../../member-directory/events/member-events.ts';
import type { BackgroundTask } from '../../background/background-task.ts';
import { BackgroundTasks } from '../../background/background-tasks.ts';
import { Clock } from '../../database/clock.ts';
import { askTogether } from '../../database/ask-together.ts';
import { dbOf } from '../../database/db-of.ts';
import { useGenericPlans } from '../../database/generic-plan.ts';
import { inPipeline } from '../../database/statement-pipeline.ts';
import { causeOf } from '../../errors/data-error.ts';
import { PassingFaultLog } from '../../errors/passing-fault-log.ts';
import { inSpan } from '../../tracing/spans.ts';
import { inTrace } from '../../tracing/trace-context.ts';
import { isOutage } from '../../errors/passing-fault.ts';
import { pendingOf } from '../decision/change.ts';
import { groupsChoice, readGroupsChoice } from '../policy/chosen-groups.ts';
import type { NamedGroupChange } from '../record/group-changes.ts';
import { endRun, isAnybodyLate, withheldOf } from '../runs/finish-run.ts';
import { isFirstRun } from '../writing/first-run.ts';
import { logHeld } from '../writing/release-holds.ts';
import { noteLateRefusals, resolveLate } from './late-members.ts';
import { RunQueue } from './run-queue.ts';
import { SyncMetrics } from './sync-metrics.ts';
import { newReference } from '../decision/refusals.ts';
import { seatsTopic } from '../../workspaces/seat-limit.ts';
import { SyncPolicyService } from '../policy/sync-policy.ts';
import { failureOf, RunStoppedError } from '../record/run-failure.ts';
import {
  attemptsMax,
  giveUp,
  holdLease,
  LeaseLostError,
  type LeasedRun,
  noteFailure,
  noteTotal,
  releaseRun,
  type RunOrder,
} from '../record/run-lease.ts';
import { forgetChosen } from '../record/run-statements.ts';
import { addNotes, groupsRefused, peopleLeftOut, type RunNotes } from '../record/run-notes.ts';
import type { Refused } from '../planning/in-halves.ts';
import { areGroupsToMake, deleteGroups, droppedGroups, makeGroups } from '../runs/sync-groups.ts';
import { SynchronizePeople } from '../runs/synchronize-people.ts';
import { UndoRun } from '../undo/undo-run.ts';

/** How often a process looks for runs that nobody works on. */
const pollIntervalMs = 1000;

/** Runs that one process works on at a time, so that a large workspace does not hold up the others. */
const runsAtATimeMax = 2;

/** How long a run waits after a database outage. */
const outagePauseMs = 5_000;

/** Works on runs. Any free process takes the next one, including a run that another process left behind. */
@Injectable()
export class RunWorker {
  private readonly logger = new Logger(RunWorker.name);
  private readonly queue: RunQueue;
  private readonly tasks: BackgroundTask[];

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly policies: SyncPolicyService,
    private readonly people: SynchronizePeople,
    private readonly undo: UndoRun,
    private readonly faults: PassingFaultLog,
    private readonly metrics: SyncMetrics,
    private readonly background: BackgroundTasks,
  ) {
    this.queue = new RunQueue(dataSource);
    this.tasks = Array.from({ length: runsAtATimeMax }, (_, at) =>
      background.every({
        name: `Looking for runs (${at + 1} of ${runsAtATimeMax})`,
        everyMs: pollIntervalMs,
        lane: 'runs',
        atStart: true,
        // Nobody waits for a whole night's runs, and the night's do not wait for ever.
        once: () => this.workOff(at === 0 ? 'asked-for' : 'oldest'),
      }),
    );
  }

  /** Looks for a run at once, because one of this workspace was just queued. */
  poke(workspaceId: string): void {
    this.queue.hear(workspaceId);
    for (const task of this.tasks) task.poke();
  }

  /** Works on every free run. */
  private async workOff(order: RunOrder): Promise<void> {
    while (this.goesOn()) {
      const run = await this.queue.next(this.clock.now(), order);
      if (run === null) return;
      await inTrace(run.traceparent, () => this.traced(run)).catch((error: unknown) => {
        // Its lease lapses and it is tried again; runs of other workspaces need not wait for that.
        this.faults.report(error, 'Noting that a run failed', this.logger, namesOf(run));
      });
    }
  }

  /** A run goes on in the trace of the request that asked for it. */
  private traced(run: LeasedRun): Promise<void> {
    const { workspaceId, id, trigger, attempts } = run;
    const attributes = {
      'provisioning.workspace.id': workspaceId,
      'provisioning.run.id': id,
      'provisioning.run.attempts': attempts,
    };
    return inSpan({ name: `run ${trigger}`, kind: 'consumer', attributes }, () => this.work(run));
  }

  private async work(run: LeasedRun): Promise<void> {
    if (run.attempts > attemptsMax) {
      const now = this.clock.now();
      await this.end(run, now, (manager) => giveUp(manager, run, now));
      return;
    }
    try {
      const finished =
        run.trigger === 'undo' ? await this.undo.run(run, () => this.goesOn()) : await this.synchronize(run);
      const now = this.clock.now();
      if (!finished) await releaseRun(dbOf(this.dataSource), run, now);
      else if (run.trigger === 'undo') this.metrics.ended('undo', 'succeeded', run.createdAt, now);
    } catch (error) {
      if (error instanceof LeaseLostError) return;
      const { reason, reference } = failureOf(error);
      this.faults.report(error, 'A run', this.logger, { reference, ...namesOf(run) });
      const now = this.clock.now();
      // Nobody can work during an outage, so this does not count as an attempt.
      if (isOutage(error))
        await releaseRun(dbOf(this.dataSource), run, new Date(now.getTime() + outagePauseMs));
      else await this.end(run, now, (manager) => noteFailure(manager, run, reason, now));
    }
  }

  /**
   * When the process ends, a run stops after the batch that is under way; another process can take the rest at once.
   */
  private goesOn(): boolean {
    return !this.background.isEnding;
  }

  private async synchronize(run: LeasedRun): Promise<boolean> {
    const policy = await this.policies.open(run.workspaceId);
    if (policy.workspace.state !== 'active') {
      throw new RunStoppedError('run-not-active');
    }
    const groups = groupsChoice(policy.settings.groups);
    const [, isFirst, haveGroupsChanged] = await askTogether(this.dataSource, [
      (db) => noteTotal(db, run),
      (db) => isFirstRun(db, run.workspaceId),
      (db) => areGroupsToMake(db, run, groups),
    ]);
    const refused = haveGroupsChanged ? await this.makeGroups(run) : [];
    if (!(await this.people.run(run, policy, isFirst, () => this.goesOn()))) return false;
    const now = this.clock.now();
    const held = await this.dataSource.transaction(async (manager) => {
      await useGenericPlans(manager);
      const groups = await readGroupsChoice(dbOf(manager), run.workspaceId);
      const [, isLate, dropped, withheld] = await inPipeline(manager, (db) =>
        Promise.all([
          holdLease(db, run, now),
          isAnybodyLate(db, run),
          droppedGroups(db, run, groups),
          withheldOf(db, run),
        ]),
      );
      const events = new MemberEvents(causeOfRun(run.trigger, run.id));
      const notes = await this.finish(manager, run, { refused, isLate, dropped }, now, events);
      // Who cannot be written late becomes a conflict, and is counted then.
      const counted = isLate ? undefined : withheld;
      const count = await endRun(dbOf(manager), run, pendingOf(run.counts), notes, now, counted);
      events.append(dbOf(manager), run.workspaceId, now);
      if (run.ofChosen) await forgetChosen(dbOf(manager), run.workspaceId);
      appendRunEvent(dbOf(manager), run, now);
      // Seats that were free while it ran can be given away now.
      dbOf(manager).tellAtCommit({ topic: seatsTopic, workspaceId: run.workspaceId });
      return count;
    });
    this.metrics.ended(run.trigger, held > 0 ? 'awaiting_approval' : 'succeeded', run.createdAt, now);
    logHeld(this.logger, namesOf(run), held);
    return true;
  }

  /** Notes what becomes of a run that did not succeed, and tells of it when it has failed for good. */
  private async end(
    run: LeasedRun,
    now: Date,
    note: (manager: EntityManager) => Promise<boolean>,
  ): Promise<void> {
    const hasEnded = await this.dataSource.transaction(async (manager) => {
      const isOver = await note(manager);
      if (isOver && run.ofChosen) await forgetChosen(dbOf(manager), run.workspaceId);
      if (isOver) appendRunEvent(dbOf(manager), run, now);
      return isOver;
    });
    if (hasEnded) this.metrics.ended(run.trigger, 'failed', run.createdAt, now);
  }

  /** Makes groups before people join them. @returns the groups that the database refuses */
  private async makeGroups(run: LeasedRun): Promise<Refused<string>[]> {
    const now = this.clock.now();
    const { workspaceId, id: runId, createdAt, ofChosen } = run;
    return this.dataSource.transaction(async (manager) => {
      await useGenericPlans(manager);
      await inPipeline(manager, (db) => holdLease(db, run, now));
      const events = new MemberEvents(causeOfRun(run.trigger, runId));
      const refused = await makeGroups(manager, { workspaceId, runId, now, ofChosen, events }, createdAt);
      events.append(dbOf(manager), workspaceId, now);
      return refused;
    });
  }

  /** Does what is left after everybody was handled. What the database refuses is noted; the rest is done. */
  private async finish(
    manager: EntityManager,
    run: LeasedRun,
    { refused: notMade, isLate, dropped }: LeftToDo,
    now: Date,
    events: MemberEvents,
  ): Promise<RunNotes> {
    const reference = newReference();
    const late = isLate ? await resolveLate(manager, run, now, events) : [];
    const { workspaceId, id: runId, ofChosen } = run;
    const deleted = await deleteGroups(manager, { workspaceId, runId, now, ofChosen, events }, dropped);
    const groups = [...notMade, ...deleted];
    const changes = late.map(({ item }) => item);
    const leftOut = await noteLateRefusals(manager, run, changes, reference, now);
    for (const { error } of [...late, ...groups]) {
      this.logger.error(
        { reference, ...namesOf(run), cause: causeOf(error) },
        'A part of a run cannot be written',
      );
    }
    const more = groups.length > 0 ? [groupsRefused(groups.length, reference)] : [];
    if (leftOut.length > 0) more.push(peopleLeftOut(leftOut.length, reference));
    return addNotes(run.notes, more);
  }
}

/**
 * What is left after everybody was handled.
 *
 * @property refused groups that could not be made
 * @property isLate whether changes wait for somebody who may have got their member since
 * @property dropped groups that are no longer wanted
 */
interface LeftToDo {
  refused: readonly Refused<string>[];
  isLate: boolean;
  dropped: readonly NamedGroupChange[];
}

/** What a log line says about a run: lines of background work name their workspace themselves. */
function namesOf(run: LeasedRun): { workspace: string; runId: string } {
  return { workspace: run.workspaceId, runId: run.id };
}
