import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../database/clock.ts';
import { newId } from '../database/ids.ts';
import { statementsInTurn } from '../database/in-turn.ts';
import { WorkspaceTurns } from '../database/workspace-turns.ts';
import { planForAnyWorkspace } from '../database/plan-for-any-workspace.ts';
import { sqlState } from '../errors/constraint-errors.ts';
import { causeOf, isDataError } from '../errors/data-error.ts';
import { PassingFaultLog } from '../errors/passing-fault-log.ts';
import { nothingPending, type Pending } from './change.ts';
import type { Decision } from './decide.ts';
import { LateBudget, unlimited } from './late-budget.ts';
import type { LoadedPeople } from './load-people.ts';
import { newPlan, planBatch } from './plan.ts';
import { Poller } from './poller.ts';
import { preparePeople } from './prepare-people.ts';
import { newReference, Refusals } from './refusals.ts';
import { type Rulebook, RulebookService } from './rulebook.ts';
import { requestedBySystem } from './run-statements.ts';
import { claimLeavers } from './sync-queue.ts';
import { batchSizePeople } from './synchronize-people.ts';
import { type WriteContext, writeDecisions } from './write-decisions.ts';

/** How often a process looks for people who left. */
const pollIntervalMs = 1000;

/** Workspaces that one look takes care of; the others are next. */
const workspacesAtATimeMax = 100;

/** What the lane of leavers may do to somebody; everything else is left to a run. */
const laneKinds = new Set(['deactivate', 'remove', 'held', 'nothing', 'suppressed', 'excluded']);

/**
 * The lane of the leavers: where a workspace wants it so, whoever is deactivated or deleted in the directory loses
 * access within seconds, through the same decisions as in a run, without waiting for one.
 */
@Injectable()
export class LeaversService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(LeaversService.name);
  private readonly poller: Poller;
  private readonly turns: WorkspaceTurns;
  private stopping = false;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly rulebooks: RulebookService,
    faults: PassingFaultLog,
  ) {
    this.turns = new WorkspaceTurns(this.logger, clock, 'Handling the leavers of a workspace failed');
    this.poller = new Poller(
      'leavers',
      () => this.tick(),
      pollIntervalMs,
      (error) => faults.report(error, 'Handling leavers', this.logger),
    );
  }

  onApplicationBootstrap(): void {
    this.poller.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await this.poller.stop();
  }

  /** Looks at once instead of at the next second. */
  poke(): void {
    this.poller.poke();
  }

  /**
   * Handles everybody who has left, in every workspace that wants it at once, each by itself. May run in several
   * processes.
   */
  async tick(): Promise<void> {
    const rows = await this.dataSource.query<{ workspace_id: string }[]>(
      `SELECT DISTINCT q.workspace_id FROM sync_queue q JOIN workspace w ON w.id = q.workspace_id
       WHERE q.reason = 'leaver' AND q.due_at <= $1 AND w.entitled AND w.activated_at IS NOT NULL
         AND coalesce(w.settings ->> 'leavers', 'immediately') = 'immediately' AND w.id <> ALL ($3::uuid[])
       LIMIT $2`,
      [this.clock.now(), workspacesAtATimeMax, this.turns.pausing()],
    );
    for (const { workspace_id: workspaceId } of rows) {
      await this.turns.take(workspaceId, () => this.handleWorkspace(workspaceId));
    }
  }

  private async handleWorkspace(workspaceId: string): Promise<void> {
    const book = await this.rulebooks.open(workspaceId);
    const refusals = new Refusals();
    let limit = batchSizePeople;
    while (!this.stopping) {
      const claimed: string[] = [];
      try {
        const handled = await this.dataSource.transaction((manager) =>
          this.batch(manager, book, limit, refusals, claimed),
        );
        if (handled < limit) return;
        limit = Math.min(batchSizePeople, limit * 2);
      } catch (error) {
        // Somebody else was quicker: the people still are queued, and the next look finds them.
        if (['40P01', '40001'].includes(sqlState(error) ?? '')) return;
        if (!isDataError(error) || claimed.length === 0) throw error;
        if (claimed.length > 1) limit = Math.floor(claimed.length / 2);
        else this.blame(workspaceId, refusals, claimed, error);
      }
    }
  }

  /** The one person who is left in a batch that fails becomes a conflict, and everybody else leaves. */
  private blame(workspaceId: string, refusals: Refusals, claimed: readonly string[], error: unknown): void {
    const reference = newReference();
    refusals.blame(claimed, reference);
    this.logger.error(
      { reference, workspace: workspaceId, directoryUserIds: claimed, cause: causeOf(error) },
      'What was decided about a leaver cannot be written',
    );
  }

  /**
   * One batch of leavers is one run, made and finished in one transaction.
   *
   * @param claimed gets the ids of the people whom it is about
   * @returns how many people it handled
   */
  private async batch(
    manager: EntityManager,
    book: Rulebook,
    limit: number,
    refusals: Refusals,
    claimed: string[],
  ): Promise<number> {
    const workspaceId = book.workspace.id;
    const now = this.clock.now();
    await planForAnyWorkspace(manager);
    const entries = await claimLeavers(manager, workspaceId, now, limit);
    if (entries.length === 0) return 0;
    claimed.push(...entries.map(({ directoryUserId }) => directoryUserId));
    const context = { workspaceId, runId: newId(), now, dueBy: now, isFirst: false };
    const prepared = await statementsInTurn(manager, (db) =>
      preparePeople(db, context, entries, book, new Set(refusals.leftOut)),
    );
    const decisions = await this.decide(manager, context, prepared.loaded, book, refusals);
    // Who came back before we looked is a joiner: he keeps his place in the queue, under another reason.
    const [mine, others] = [decisions.filter(isOfLane), decisions.filter((decision) => !isOfLane(decision))];
    const ids = new Set(mine.map(({ directoryUserId }) => directoryUserId));
    const counts = await statementsInTurn(manager, (db) =>
      writeDecisions(
        db,
        context,
        prepared.loaded.people.filter(({ directoryUserId }) => ids.has(directoryUserId)),
        mine,
        prepared.entries.filter(({ directoryUserId }) => ids.has(directoryUserId)),
      ),
    );
    await markReturned(manager, workspaceId, [
      ...others.map(({ directoryUserId }) => directoryUserId),
      ...refusals.leftOut,
    ]);
    await recordRun(manager, context, entries.length, { ...nothingPending(), ...counts });
    return entries.length;
  }

  private async decide(
    manager: EntityManager,
    context: WriteContext,
    loaded: LoadedPeople,
    book: Rulebook,
    refusals: Refusals,
  ): Promise<Decision[]> {
    const plan = newPlan(unlimited, refusals.byPerson);
    const budget = new LateBudget(manager, context, book);
    if (budget.isNeededBy(loaded)) await budget.readInto(plan);
    return planBatch(loaded, book, plan, context.now);
  }
}

function isOfLane({ kind, reason }: Decision): boolean {
  return laneKinds.has(kind) || reason.code === 'write-refused';
}

/** They are the next run's business, and not the lane's any more. */
async function markReturned(
  manager: EntityManager,
  workspaceId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await manager.query(
    `UPDATE sync_queue SET reason = 'updated' WHERE workspace_id = $1 AND directory_user_id = ANY ($2::uuid[])`,
    [workspaceId, ids],
  );
}

/** Only leavers about whom something was done or held make a run. */
async function recordRun(
  manager: EntityManager,
  context: { workspaceId: string; runId: string; now: Date },
  total: number,
  counts: Pending,
): Promise<void> {
  await manager.query(
    `INSERT INTO sync_run (workspace_id, id, trigger, state, total, done, counts, requested_by, created_at, started_at,
       finished_at)
     SELECT $1, $2, 'leaver', CASE WHEN bool_or(state = 'held') THEN 'awaiting_approval' ELSE 'succeeded' END,
       $3, $3, $4, $5, $6, $6, $6
     FROM sync_change WHERE workspace_id = $1 AND run_id = $2 HAVING count(*) > 0`,
    [context.workspaceId, context.runId, total, JSON.stringify(counts), requestedBySystem, context.now],
  );
}
