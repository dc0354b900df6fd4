import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../database/clock.ts';
import { BackgroundTasks } from '../background/background-tasks.ts';
import { inSmallSteps } from '../database/in-small-steps.ts';
import { WorkspaceTurns } from '../database/workspace-turns.ts';
import { deleteEntriesBefore } from './log-statements.ts';
import { mayPass } from './write-in-parts.ts';

/** How long the log is kept, with its bodies. */
export const logKeptDays = 30;

const pruneIntervalMs = 3_600_000;
/** Most rows that one statement deletes, so that it holds locks only briefly and keeps the database's own log small. */
const pruneBatchEntriesMax = 5_000;
const dayMs = 86_400_000;

/** Deletes old entries of the log. */
@Injectable()
export class LogRetentionService {
  private readonly logger = new Logger(LogRetentionService.name);
  private readonly turns: WorkspaceTurns;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    tasks: BackgroundTasks,
  ) {
    this.turns = new WorkspaceTurns(this.logger, clock, 'The provisioning log of a workspace was not pruned');
    tasks.every({
      name: 'Pruning the provisioning log',
      everyMs: pruneIntervalMs,
      once: (signal) => this.prune(signal),
    });
  }

  /** Deletes every request that is older than `logKeptDays`. */
  async prune(signal?: AbortSignal): Promise<void> {
    const before = new Date(this.clock.now().getTime() - logKeptDays * dayMs);
    try {
      await this.pruneIn(null, before, signal);
    } catch (error) {
      if (mayPass(error)) throw error;
      await this.pruneEach(before, signal);
    }
  }

  /** If the database refuses to delete the entries of one workspace, those of the others are deleted all the same. */
  private async pruneEach(before: Date, signal?: AbortSignal): Promise<void> {
    const workspaces = await this.dataSource.query<{ id: string }[]>(
      'SELECT id FROM workspace WHERE id <> ALL ($1::uuid[])',
      [this.turns.pausing()],
    );
    for (const { id } of workspaces) await this.turns.take(id, () => this.pruneIn(id, before, signal));
  }

  private pruneIn(workspaceId: string | null, before: Date, signal?: AbortSignal): Promise<void> {
    return inSmallSteps(
      pruneBatchEntriesMax,
      () => deleteEntriesBefore(this.dataSource, before, pruneBatchEntriesMax, workspaceId),
      signal,
    );
  }
}
