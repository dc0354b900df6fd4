import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { laneTopic } from '../../workspaces/lane-topic.ts';
import { isTakenBack } from '../../database/after-deadlock.ts';
import { CommitNotes } from '../../database/commit-notes.ts';
import { appendRunEvent } from '../record/run-events.ts';
import { dbOf } from '../../database/db-of.ts';
import { causeOfRun } from '../record/run-cause.ts';
import { MemberEvents } from '../../member-directory/events/member-events.ts';
import type { BackgroundTask } from '../../background/background-task.ts';
import { BackgroundTasks } from '../../background/background-tasks.ts';
import { Clock } from '../../database/clock.ts';
import { newId } from '../../database/ids.ts';
import { inPipeline } from '../../database/statement-pipeline.ts';
import { WorkspaceTurns } from '../../database/workspace-turns.ts';
import { useGenericPlans } from '../../database/generic-plan.ts';
import { parameter, sql } from '../../database/sql.ts';
import { sqlState } from '../../errors/failed-query.ts';
import { causeOf, isDataError } from '../../errors/data-error.ts';
import { nothingPending, type Pending } from '../decision/change.ts';
import { LazyRemovalBudget, unlimited } from '../writing/lazy-removal-budget.ts';
import { lockSeatRoom } from '../../member-directory/members/seats.ts';
import { NoRoomForOptionsError } from '../../member-directory/properties/add-options.ts';
import { logHeld } from '../writing/release-holds.ts';
import { type LaneReason, settledByLane, wantedAtOnce } from '../planning/lane-work.ts';
import { withRoleLosses } from '../planning/role-losses.ts';
import { newRoleLedger } from '../planning/role-ledger.ts';
import { type BatchPlan, byDirectoryUser, partOf, planPeople } from '../planning/batch-plan.ts';
import { newPlan, type PlanMemory } from '../planning/plan.ts';
import { type PreparedPeople, preparePeople } from '../writing/prepare-people.ts';
import { newReference, Refusals } from '../decision/refusals.ts';
import { type SyncPolicy, SyncPolicyService } from '../policy/sync-policy.ts';
import { requestedBySystem } from '../record/run-statements.ts';
import { leaveToRun } from '../../sync-queue/handled-people.ts';
import { freeSeats } from '../planning/free-seats.ts';
import { claimForLane } from '../planning/claim-people.ts';
import { batchSizePeople } from '../runs/synchronize-people.ts';
import { applyPlan } from '../writing/apply-plan.ts';
import { LaneQueue } from './lane-queue.ts';
import { SyncMetrics } from './sync-metrics.ts';
import type { WriteContext } from '../writing/write-context.ts';

/** How often a process looks for people who left or came back. */
const pollIntervalMs = 1000;

/** How often it looks while an identity provider switches off one person after another: they then share a batch. */
const pokedEveryMs = 250;

/** Most workspaces that one poll takes care of; the others come next. */
const workspacesAtATimeMax = 100;

/** How often a batch is tried again before something else than concurrent writes must be the cause. */
const retriesMax = 6;

/** unique_violation, lock_not_available: another process won the race, for an address for instance. */
const raceStates = new Set(['23505', '55P03']);

/**
 * The lane of leavers, returners and lost roles. If the workspace wants it, people who are deactivated or deleted in the
 * directory lose access within seconds, people who lose what gave them a role lose that, and people who are active there
 * again have access back within seconds. The decisions are the
 * same as in a run, but nobody waits for one.
 */
@Injectable()
export class LeaversService {
  private readonly logger = new Logger(LeaversService.name);
  private readonly task: BackgroundTask;
  private readonly turns: WorkspaceTurns;
  private readonly queue: LaneQueue;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly policies: SyncPolicyService,
    private readonly metrics: SyncMetrics,
    commits: CommitNotes,
    tasks: BackgroundTasks,
  ) {
    this.turns = new WorkspaceTurns(this.logger, clock, 'Handling the leavers of a workspace failed');
    this.queue = new LaneQueue(dataSource, workspacesAtATimeMax);
    this.task = tasks.every({
      name: 'Handling leavers',
      everyMs: pollIntervalMs,
      asksAllNodes: true,
      pokedEveryMs,
      lane: 'leavers',
      atStart: true,
      once: (signal) => this.look(signal),
    });
    commits.listen(laneTopic, (ids) => {
      this.queue.hear(ids);
      this.task.poke();
    });
  }

  /** Polls at once instead of at the next second. */
  poke(): void {
    this.queue.askAll();
    this.task.poke();
  }

  /**
   * Handles everybody who has left or come back, in every workspace that wants it at once, one workspace after another.
   * May run in several processes.
   */
  tick(signal?: AbortSignal): Promise<void> {
    this.queue.askAll();
    return this.look(signal);
  }

  /** When there may be more workspaces, it is done again: a distributed database would be asked for them much later only. */
  private async look(signal?: AbortSignal): Promise<void> {
    const { ids, mayBeMore } = await this.queue.next(this.clock.now(), this.turns.pausing());
    for (const id of ids) await this.turns.take(id, () => this.handleWorkspace(id, signal));
    if (mayBeMore) this.task.poke();
  }

  private async handleWorkspace(workspaceId: string, signal?: AbortSignal): Promise<void> {
    const policy = await this.policies.open(workspaceId);
    for (const reason of wantedAtOnce(policy.workspace.settings))
      await this.handleAll(policy, reason, signal);
  }

  private async handleAll(policy: SyncPolicy, reason: LaneReason, signal?: AbortSignal): Promise<void> {
    const refusals = new Refusals();
    let limit = batchSizePeople;
    let races = 0;
    while (!signal?.aborted) {
      const claimed: string[] = [];
      try {
        const { handled, since, runId, held } = await this.dataSource.transaction((manager) =>
          this.batch(manager, policy, reason, limit, refusals, claimed),
        );
        const now = this.clock.now();
        for (const at of since) this.metrics.handled(reason, at, now);
        logHeld(this.logger, { workspace: policy.workspace.id, runId }, held);
        if (handled < limit) return;
        limit = Math.min(batchSizePeople, limit * 2);
      } catch (error) {
        if (error instanceof NoRoomForOptionsError) {
          policy.refuseOptions(error.options);
          continue;
        }
        // These people are still queued, and are picked up on the next poll.
        if (isTakenBack(error)) return;
        const state = sqlState(error) ?? '';
        if (raceStates.has(state)) races += 1;
        if (raceStates.has(state) && races <= retriesMax) continue;
        if (!isDataError(error) || claimed.length === 0) throw error;
        if (claimed.length > 1) limit = Math.floor(claimed.length / 2);
        else this.blame(policy.workspace.id, refusals, claimed, error);
      }
    }
  }

  /** The one person left in a failing batch becomes a conflict, so that everybody else is handled. */
  private blame(workspaceId: string, refusals: Refusals, claimed: readonly string[], error: unknown): void {
    const reference = newReference();
    refusals.blame(claimed, reference);
    this.logger.error(
      { reference, workspace: workspaceId, directoryUserIds: claimed, cause: causeOf(error) },
      'The decision about a leaver or returner cannot be written',
    );
  }

  /**
   * One batch is one run, made and finished in one transaction.
   *
   * @param claimed receives the ids of the people it handles
   * @returns how many people it handled, how long those had waited who are done (`since`), and how many removals it began
   *   to hold
   */
  private async batch(
    manager: EntityManager,
    policy: SyncPolicy,
    reason: LaneReason,
    limit: number,
    refusals: Refusals,
    claimed: string[],
  ): Promise<{ handled: number; since: Date[]; runId: string; held: number }> {
    const workspaceId = policy.workspace.id;
    const dueBy = this.clock.now();
    const runId = newId();
    await useGenericPlans(manager);
    // Leavers take no seat, and wait for nobody who does.
    const room = reason === 'returner' ? await lockSeatRoom(dbOf(manager), workspaceId) : null;
    const entries = await claimForLane(dbOf(manager), workspaceId, reason, dueBy, limit);
    if (entries.length === 0) return { handled: 0, since: [], runId, held: 0 };
    // Whatever the identity provider asked until they were claimed lies before what is done about it.
    const now = this.clock.now();
    claimed.push(...entries.map(({ directoryUserId }) => directoryUserId));
    const events = new MemberEvents(causeOfRun(reason, runId));
    const context = { workspaceId, runId, now, dueBy, ofChosen: false, isFirst: false, events };
    const prepared = await inPipeline(manager, (db) =>
      preparePeople(db, context, entries, policy, new Set(refusals.leftOut)),
    );
    const seekers = { workspaceId, dueBy, chosen: null };
    const seats = await freeSeats(dbOf(manager), seekers, policy.settings.seatOrder, room);
    const memory = newPlan(unlimited, refusals.byPerson, seats, newRoleLedger(policy, false, true));
    const planned = await this.plan(manager, context, prepared, policy, memory);
    const whole = reason === 'role' ? withRoleLosses(planned, policy) : planned;
    // The others stay in the queue, under another reason.
    const ids = settledByLane(reason, whole);
    const mine = partOf(whole, ids);
    const others = whole.decisions.filter(({ directoryUserId }) => !ids.has(directoryUserId));
    const counts = await inPipeline(manager, (db) => applyPlan(db, context, mine));
    await leaveToRun(dbOf(manager), workspaceId, [
      ...others.map(({ directoryUserId }) => directoryUserId),
      ...refusals.leftOut,
    ]);
    const done = { people: entries.length, counts: { ...nothingPending(), ...counts }, decided: [...ids] };
    await recordRun(manager, context, reason, done);
    events.append(dbOf(manager), workspaceId, now);
    const since = entries.flatMap(({ directoryUserId, dueAt }) =>
      ids.has(directoryUserId) && dueAt !== undefined ? [dueAt] : [],
    );
    return { handled: entries.length, since, runId, held: newlyHeld(mine) };
  }

  private async plan(
    manager: EntityManager,
    context: WriteContext,
    { loaded, entries }: PreparedPeople,
    policy: SyncPolicy,
    memory: PlanMemory,
  ): Promise<BatchPlan> {
    const budget = new LazyRemovalBudget(dbOf(manager), context, policy, null);
    if (budget.isNeededBy(loaded, memory)) await budget.readInto(memory);
    return planPeople(loaded, policy, memory, context.now, entries);
  }
}

/** People who were held before are not logged again. */
function newlyHeld({ people, decisions }: BatchPlan): number {
  const before = byDirectoryUser(people);
  return decisions.filter(
    ({ kind, directoryUserId: id }) => kind === 'held' && before.get(id)?.link?.state !== 'held',
  ).length;
}

/**
 * Records the run, unless nothing was changed or held.
 *
 * @param done `decided`: the people whose changes it may have. By them the changes are found in an index, also where the
 *   statistics know of one large run alone
 */
async function recordRun(
  manager: EntityManager,
  context: { workspaceId: string; runId: string; now: Date },
  trigger: LaneReason,
  done: { people: number; counts: Pending; decided: readonly string[] },
): Promise<void> {
  const workspace = parameter(context.workspaceId);
  const runId = parameter(context.runId);
  const people = parameter(done.people);
  const at = parameter(context.now);
  const { rows: made } = await dbOf(manager).run(sql`
       INSERT INTO sync_run (workspace_id, id, trigger, state, total, done, counts, requested_by, created_at,
         started_at,
       finished_at)
     SELECT ${workspace}, ${runId}, ${trigger}, CASE WHEN bool_or(state = 'held') THEN 'awaiting_approval'
       ELSE 'succeeded' END,
       ${people}, ${people}, ${JSON.stringify(done.counts)}, ${requestedBySystem}, ${at}, ${at}, ${at}
     FROM sync_change WHERE workspace_id = ${workspace} AND run_id = ${runId}
       AND directory_user_id = ANY (${done.decided}::uuid[]) HAVING count(*) > 0 RETURNING id`);
  if (made.length > 0) {
    const { workspaceId, runId: id, now } = context;
    appendRunEvent(dbOf(manager), { workspaceId, id, trigger }, now);
  }
}
