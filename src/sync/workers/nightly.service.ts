import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../database/clock.ts';
import { BackgroundTasks } from '../../background/background-tasks.ts';
import { WorkspaceTurns } from '../../database/workspace-turns.ts';
import { parameter, sql } from '../../database/sql.ts';
import { dbOf } from '../../database/db-of.ts';
import { nextSyncAt, nightOf } from '../../workspaces/next-sync.ts';
import {
  toWorkspace,
  type Workspace,
  workspaceColumns,
  type WorkspaceRow,
} from '../../workspaces/workspace.ts';
import { planNight } from '../../workspaces/plan-night.ts';
import { WorkspacesService } from '../../workspaces/workspaces.service.ts';
import { queueRun, requestedBySystem } from '../record/run-statements.ts';
import { RunWorker } from './run-worker.ts';
import { days } from '../../errors/duration.ts';

/** How often a process looks for workspaces whose night has come. */
const tickIntervalMs = 30_000;

/** No night is further ahead than this, except on the one or two days a year that are longer. */
const dayMs = days(1);

/** Workspaces that are read at a time. */
const dueBatchMax = 100;

/** Starts the nightly synchronization of each active workspace, once a night however many processes run. */
@Injectable()
export class NightlyService {
  private readonly logger = new Logger(NightlyService.name);
  private readonly turns: WorkspaceTurns;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly workspaces: WorkspacesService,
    private readonly worker: RunWorker,
    tasks: BackgroundTasks,
  ) {
    this.turns = new WorkspaceTurns(this.logger, clock, 'The night of a workspace could not begin');
    tasks.every({ name: 'The nightly tick', everyMs: tickIntervalMs, once: (signal) => this.tick(signal) });
  }

  /** Queues a run for every workspace whose time has come. Missed nights are made up for once. */
  async tick(signal?: AbortSignal): Promise<void> {
    await this.bringForward(signal);
    let after: string | null = null;
    do {
      const last = parameter(after);
      const { rows: due } = await dbOf(this.dataSource).run(sql<{ id: string }>`SELECT id FROM workspace
         WHERE entitled AND activated_at IS NOT NULL AND next_sync_at <= ${this.clock.now()}
           AND (${last}::uuid IS NULL OR id > ${last})
           AND id <> ALL (${this.turns.pausing()}::uuid[])
         ORDER BY id LIMIT ${dueBatchMax}`);
      for (const { id } of due) {
        if (signal?.aborted) return;
        await this.turns.take(id, () => this.startNight(id));
      }
      after = due.length < dueBatchMax ? null : (due.at(-1)?.id ?? null);
    } while (after !== null);
  }

  /**
   * A wrong clock may have planned a night for days ahead, and the nights until then would not happen. So anything
   * planned for more than a day ahead is computed again, and is moved if it should come earlier.
   */
  private async bringForward(signal?: AbortSignal): Promise<void> {
    const now = this.clock.now();
    const { rows } = await dbOf(this.dataSource).run(sql<WorkspaceRow>`
       SELECT ${workspaceColumns} FROM workspace WHERE entitled AND activated_at IS NOT NULL
         AND next_sync_at > ${new Date(now.getTime() + dayMs)}
       ORDER BY next_sync_at DESC LIMIT ${dueBatchMax}`);
    for (const { id } of rows.map(toWorkspace).filter((workspace) => isTooLate(workspace, now))) {
      if (signal?.aborted) return;
      await this.turns.take(id, () => this.bringForwardIn(id, now));
    }
  }

  private bringForwardIn(id: string, now: Date): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      const workspace = await this.workspaces.lock(manager, id);
      if (!isTooLate(workspace, now)) return;
      const due = nextSyncAt(workspace.settings, id, now);
      await planNight(dbOf(manager), id, due);
      const planned = workspace.nextSyncAt;
      this.logger.warn({ workspace: id, planned, due }, 'A nightly synchronization was planned too late');
    });
  }

  /**
   * Claims the night, queues the run and plans the next night, in one transaction. Because of the claim a night happens
   * once: a process that comes late finds it taken. While a run is queued or running, the night stays due: that run
   * does not look at people who arrived after it was asked for.
   */
  private async startNight(workspaceId: string): Promise<void> {
    const queued = await this.dataSource.transaction(async (manager) => {
      const workspace = await this.workspaces.lock(manager, workspaceId);
      const now = this.clock.now();
      const due = workspace.nextSyncAt;
      if (due === null || due > now || (await isRunActive(manager, workspaceId))) return false;
      const { rows: claimed } = await dbOf(manager).run(sql`
         INSERT INTO nightly_claim (workspace_id, night, claimed_at)
           VALUES (${workspaceId}, ${nightOf(workspace.settings.timeZone, due)}, ${now})
         ON CONFLICT DO NOTHING RETURNING night`);
      await planNight(dbOf(manager), workspaceId, nextSyncAt(workspace.settings, workspaceId, now));
      if (claimed.length === 0) return false;
      const run = { workspaceId, trigger: 'nightly' as const, requestedBy: requestedBySystem, now };
      const runId = await queueRun(dbOf(manager), run);
      await dbOf(manager).run(
        sql`
             UPDATE nightly_claim SET run_id = ${runId} WHERE workspace_id = ${workspaceId}
               AND night = ${nightOf(workspace.settings.timeZone, due)}`,
      );
      return runId !== null;
    });
    if (queued) this.worker.poke();
  }
}

/** Whether the next night is planned for later than it should be. */
function isTooLate({ id, settings, nextSyncAt: planned }: Workspace, now: Date): boolean {
  return planned !== null && planned > nextSyncAt(settings, id, now);
}

/** Whether a manual or nightly run is queued or running. While the workspace is locked, nobody can ask for one. */
async function isRunActive(manager: EntityManager, workspaceId: string): Promise<boolean> {
  const { rows } = await dbOf(manager).run(sql`SELECT 1 FROM sync_run
     WHERE workspace_id = ${workspaceId} AND state IN ('queued', 'running') AND trigger IN ('manual', 'nightly')`);
  return rows.length > 0;
}
