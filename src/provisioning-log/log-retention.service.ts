import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../database/clock.ts';
import { BackgroundTasks } from '../background/background-tasks.ts';
import { isDistributed } from '../database/distributed.ts';
import { inSmallSteps } from '../database/in-small-steps.ts';
import { WorkspaceTurns } from '../database/workspace-turns.ts';
import { sql } from '../database/sql.ts';
import { dbOf } from '../database/db-of.ts';
import { deleteDaysBefore } from './log-quota.ts';
import { deleteEntriesBefore } from './log-statements.ts';
import { mayBeWrittenLater } from './write-in-parts.ts';
import { days, hours } from '../errors/duration.ts';

/** How long the log is kept, with its bodies. */
export const logKeptDays = 30;

const pruneIntervalMs = hours(1);
/** Most rows that one statement deletes, so that it holds locks only briefly and keeps the database's own log small. */
const pruneBatchEntriesMax = 5_000;

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
    const before = new Date(this.clock.now().getTime() - days(logKeptDays));
    await deleteDaysBefore(dbOf(this.dataSource), before);
    // Where rows lie on several nodes, a row is locked in one workspace only.
    if (await isDistributed(this.dataSource)) return this.pruneEach(before, signal);
    try {
      await this.pruneIn(null, before, signal);
    } catch (error) {
      if (mayBeWrittenLater(error)) throw error;
      await this.pruneEach(before, signal);
    }
  }

  /** If the database refuses to delete the entries of one workspace, those of the others are deleted all the same. */
  private async pruneEach(before: Date, signal?: AbortSignal): Promise<void> {
    const { rows: workspaces } = await dbOf(this.dataSource).run(
      sql<{ id: string }>`SELECT id FROM workspace WHERE id <> ALL (${this.turns.pausing()}::uuid[])`,
    );
    for (const { id } of workspaces) await this.turns.take(id, () => this.pruneIn(id, before, signal));
  }

  private pruneIn(workspaceId: string | null, before: Date, signal?: AbortSignal): Promise<void> {
    return inSmallSteps(
      pruneBatchEntriesMax,
      () => deleteEntriesBefore(dbOf(this.dataSource), before, pruneBatchEntriesMax, workspaceId),
      signal,
    );
  }
}
