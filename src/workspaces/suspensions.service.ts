import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../database/clock.ts';
import { WorkspaceTurns } from '../database/workspace-turns.ts';
import { PassingFaultLog } from '../errors/passing-fault-log.ts';
import { TimedWork } from '../errors/timed-work.ts';
import { WorkspacesService } from './workspaces.service.ts';

/** How often a process looks whose suspension is over. */
const tickIntervalMs = 60_000;

/** Workspaces that one look takes care of; the others are next. */
const workspacesAtATimeMax = 100;

/** Ends suspensions whose time is over: from then on a workspace is as if provisioning had been switched off. */
@Injectable()
export class SuspensionsService implements OnModuleDestroy {
  private readonly logger = new Logger(SuspensionsService.name);
  private readonly turns: WorkspaceTurns;
  private readonly work: TimedWork;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly workspaces: WorkspacesService,
    faults: PassingFaultLog,
  ) {
    this.turns = new WorkspaceTurns(this.logger, clock, 'The suspension of a workspace could not be ended');
    this.work = new TimedWork(faults, this.logger, 'Ending suspensions');
  }

  @Interval('suspensions', tickIntervalMs)
  async onInterval(): Promise<void> {
    await this.work.once(() => this.tick());
  }

  async onModuleDestroy(): Promise<void> {
    await this.work.end();
  }

  /** Ends what is over, each workspace by itself. May run in several processes. */
  async tick(): Promise<void> {
    const over = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM workspace WHERE suspended_until <= $1 AND id <> ALL ($2::uuid[])
       ORDER BY suspended_until LIMIT $3`,
      [this.clock.now(), this.turns.pausing(), workspacesAtATimeMax],
    );
    for (const { id } of over) {
      if (this.work.isEnding) return;
      await this.turns.take(id, () =>
        this.dataSource.transaction((manager) => this.workspaces.endSuspension(manager, id)),
      );
    }
  }
}
