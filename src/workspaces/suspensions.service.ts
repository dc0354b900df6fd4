import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../database/clock.ts';
import { WorkspaceTurns } from '../database/workspace-turns.ts';
import { sql } from '../database/sql.ts';
import { dbOf } from '../database/db-of.ts';
import { BackgroundTasks } from '../background/background-tasks.ts';
import { WorkspacesService } from './workspaces.service.ts';

/** How often a process looks whose suspension is over. */
const tickIntervalMs = 60_000;

/** Workspaces that one look takes care of; the others are next. */
const workspacesAtATimeMax = 100;

/** Ends suspensions whose time is over: from then on a workspace is as if provisioning had been switched off. */
@Injectable()
export class SuspensionsService {
  private readonly logger = new Logger(SuspensionsService.name);
  private readonly turns: WorkspaceTurns;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly workspaces: WorkspacesService,
    tasks: BackgroundTasks,
  ) {
    this.turns = new WorkspaceTurns(this.logger, clock, 'The suspension of a workspace could not be ended');
    tasks.every({ name: 'Ending suspensions', everyMs: tickIntervalMs, once: (signal) => this.tick(signal) });
  }

  /** Ends what is over, each workspace by itself. May run in several processes. */
  async tick(signal?: AbortSignal): Promise<void> {
    const { rows: over } = await dbOf(this.dataSource).run(sql<{ id: string }>`
       SELECT id FROM workspace WHERE suspended_until <= ${this.clock.now()}
         AND id <> ALL (${this.turns.pausing()}::uuid[])
       ORDER BY suspended_until LIMIT ${workspacesAtATimeMax}`);
    for (const { id } of over) {
      if (signal?.aborted) return;
      await this.turns.take(id, () =>
        this.dataSource.transaction((manager) => this.workspaces.endSuspension(manager, id)),
      );
    }
  }
}
