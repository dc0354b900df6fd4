import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../database/clock.ts';
import { planForAnyWorkspace } from '../database/plan-for-any-workspace.ts';
import { pendingOf } from './change.ts';
import { endRun, resolveLateManagers } from './finish-run.ts';
import { resolveLateReferences } from './pending-references.ts';
import { Poller } from './poller.ts';
import { RulebookService } from './rulebook.ts';
import { ProvisioningEndedError } from './run-errors.ts';
import {
  attemptsMax,
  claimRun,
  giveUp,
  holdLease,
  LeaseLostError,
  type LeasedRun,
  noteFailure,
  releaseRun,
} from './run-lease.ts';
import { syncGroups } from './sync-groups.ts';
import { SynchronizePeople } from './synchronize-people.ts';
import { UndoRun } from './undo-run.ts';

/** How often a process looks for runs that nobody works on. */
const pollIntervalMs = 1000;

/** Runs that one process works on at a time, so that a large workspace does not stop the others. */
const runsAtATimeMax = 2;

/** Works on runs: whichever process is free takes the next, also one that another process left behind. */
@Injectable()
export class RunWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(RunWorker.name);
  private readonly owner = randomUUID();
  private readonly pollers: Poller[];
  private stopping = false;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly rulebooks: RulebookService,
    private readonly people: SynchronizePeople,
    private readonly undo: UndoRun,
  ) {
    const onError = (error: unknown) => this.logger.error({ err: error }, 'Looking for runs failed');
    this.pollers = Array.from(
      { length: runsAtATimeMax },
      () => new Poller(() => this.workOff(), pollIntervalMs, onError),
    );
  }

  onApplicationBootstrap(): void {
    for (const poller of this.pollers) poller.start();
  }

  /** Ends after the batch that is under way; the rest of the run is free at once for another process. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.pollers.map((poller) => poller.stop()));
  }

  /** Looks for a run at once: one was just queued. */
  poke(): void {
    for (const poller of this.pollers) poller.poke();
  }

  /** Works on every run that is free. */
  private async workOff(): Promise<void> {
    while (!this.stopping) {
      const run = await claimRun(this.dataSource, this.owner, this.clock.now());
      if (run === null) return;
      await this.work(run).catch((error: unknown) => {
        // Its lease lapses, and it is tried again; runs of other workspaces need not wait for that.
        this.logger.error({ err: error, ...namesOf(run) }, 'That a run failed could not be noted');
      });
    }
  }

  private async work(run: LeasedRun): Promise<void> {
    if (run.attempts > attemptsMax) {
      await giveUp(this.dataSource, run, this.clock.now());
      return;
    }
    try {
      const finished = run.trigger === 'undo' ? await this.takeBack(run) : await this.synchronize(run);
      if (!finished) await releaseRun(this.dataSource, run, this.clock.now());
    } catch (error) {
      if (error instanceof LeaseLostError) return;
      this.logger.error({ err: error, ...namesOf(run) }, 'A run failed');
      await noteFailure(this.dataSource, run, error, this.clock.now());
    }
  }

  private takeBack(run: LeasedRun): Promise<boolean> {
    return this.undo.run(run, () => !this.stopping);
  }

  private async synchronize(run: LeasedRun): Promise<boolean> {
    const book = await this.rulebooks.open(run.workspaceId);
    if (book.workspace.state !== 'active') {
      throw new ProvisioningEndedError();
    }
    await this.noteTotal(run);
    if (!(await this.people.run(run, book, () => !this.stopping))) return false;
    const now = this.clock.now();
    await this.dataSource.transaction(async (manager) => {
      await planForAnyWorkspace(manager);
      await holdLease(manager, run, now);
      await resolveLateManagers(manager, run, now);
      await resolveLateReferences(manager, run, now);
      await syncGroups(manager, run.workspaceId, run.id, now);
      await endRun(manager, run, pendingOf(run.counts), now);
    });
    return true;
  }

  /** How many people there are to look at, once at the start: a resumed run keeps what it said. */
  private async noteTotal(run: LeasedRun): Promise<void> {
    await this.dataSource.query(
      `UPDATE sync_run SET total = (SELECT count(*) FROM sync_queue WHERE workspace_id = $1 AND due_at <= $3)
       WHERE workspace_id = $1 AND id = $2 AND total = 0 AND done = 0`,
      [run.workspaceId, run.id, run.createdAt],
    );
  }
}

function namesOf(run: LeasedRun): { workspace: string; runId: string } {
  return { workspace: run.workspaceId, runId: run.id };
}
