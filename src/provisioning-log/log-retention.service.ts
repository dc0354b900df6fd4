import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../database/clock.ts';
import { PassingFaultLog } from '../errors/passing-fault-log.ts';
import { deleteEntriesBefore } from './log-statements.ts';

/** How long the log is kept, with its bodies. */
export const logKeptDays = 30;

const pruneIntervalMs = 3_600_000;
/** What one statement deletes at most, so that it neither holds locks for long nor swells the database's own log. */
const pruneBatchEntriesMax = 5_000;
const dayMs = 86_400_000;

/** Deletes what the log has kept long enough. */
@Injectable()
export class LogRetentionService implements OnModuleDestroy {
  private readonly logger = new Logger(LogRetentionService.name);
  private pruning: Promise<void> | null = null;
  private isEnding = false;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly faults: PassingFaultLog,
  ) {}

  @Interval('provisioning-log-retention', pruneIntervalMs)
  async onInterval(): Promise<void> {
    if (this.pruning !== null) return;
    this.pruning = this.prune().catch((error: unknown) => {
      this.faults.report(error, 'Pruning the provisioning log', this.logger);
    });
    await this.pruning;
    this.pruning = null;
  }

  async onModuleDestroy(): Promise<void> {
    this.isEnding = true;
    await this.pruning;
  }

  /** Deletes every request that is older than `logKeptDays`. */
  async prune(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - logKeptDays * dayMs);
    let deleted = pruneBatchEntriesMax;
    while (deleted === pruneBatchEntriesMax && !this.isEnding) {
      deleted = await deleteEntriesBefore(this.dataSource, before, pruneBatchEntriesMax);
    }
  }
}
