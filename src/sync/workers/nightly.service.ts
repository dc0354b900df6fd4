import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../database/clock.ts';
import { BackgroundTasks } from '../../background/background-tasks.ts';
import { WorkspaceTurns } from '../../database/workspace-turns.ts';
import { parameter, sql } from '../../database/sql.ts';
import { dbOf } from '../../database/db-of.ts';
import { claimOf, nextSyncAt } from '../../workspaces/next-sync.ts';
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

/** How often a process looks for workspaces whose time has come. */
const tickIntervalMs = 30_000;

/** No night is further ahead than this, except on the one or two days a year that are longer. */
const dayMs = days(1);

/** How long claims are kept, in days: far longer than a clock is ever wrong unnoticed. */
const claimsKeptDays = 40;

/** How much longer than usual it may be to the next one where the clocks are changed. */
const hoursStretchMax = 1.5;

/** Workspaces that are read at a time. */
const dueBatchMax = 100;

/**
 * Starts the scheduled synchronization of each active workspace, once a night, or once for each moment of its schedule,
 * however many processes run.
 */
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
   * A wrong clock may have planned the next one for days ahead, and those until then would not happen. So anything planned
   * for more than a day ahead is computed again, and is moved if it should come earlier; and so is what comes every few
   * hours and is planned for much later.
   */
  private async bringForward(signal?: AbortSignal): Promise<void> {
    const now = this.clock.now();
    const { rows } = await dbOf(this.dataSource).run(sql<WorkspaceRow>`
       SELECT ${workspaceColumns} FROM workspace WHERE entitled AND activated_at IS NOT NULL
         AND next_sync_at > ${new Date(now.getTime() + dayMs)}
       UNION ALL
       SELECT ${workspaceColumns} FROM workspace WHERE entitled AND activated_at IS NOT NULL
         AND settings #>> '{schedule,which}' = 'hours' AND next_sync_at > ${now}::timestamptz
           + coalesce((settings #>> '{schedule,everyHours}')::int, 0) * interval '1 hour' * ${hoursStretchMax}::float8
           + interval '15 minutes'
       ORDER BY next_sync_at DESC LIMIT ${dueBatchMax}`);
    for (const { id } of rows.map(toWorkspace).filter((workspace) => isTooLate(workspace, now))) {
      if (signal?.aborted) return;
      await this.turns.take(id, () => this.bringForwardIn(id, now));
    }
  }

  private async bringForwardIn(id: string, now: Date): Promise<void> {
    const moved = await this.dataSource.transaction(async (manager) => {
      const workspace = await this.workspaces.lock(manager, id);
      if (!isTooLate(workspace, now)) return null;
      const due = nextSyncAt(workspace.settings, id, now);
      await planNight(dbOf(manager), id, due);
      return { planned: workspace.nextSyncAt, due };
    });
    if (moved === null) return;
    this.logger.warn({ workspace: id, ...moved }, 'A nightly synchronization was planned too late');
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
      const { night, slot } = claimOf(workspace.settings, due);
      const { rows: claimed } = await dbOf(manager).run(sql`
         WITH old AS (
           DELETE FROM nightly_claim
           WHERE workspace_id = ${workspaceId} AND night < ${night}::date - ${claimsKeptDays}::int)
         INSERT INTO nightly_claim (workspace_id, night, slot, claimed_at)
           VALUES (${workspaceId}, ${night}, ${slot}, ${now})
         ON CONFLICT DO NOTHING RETURNING night`);
      await planNight(dbOf(manager), workspaceId, nextSyncAt(workspace.settings, workspaceId, now));
      if (claimed.length === 0) return false;
      const run = { workspaceId, trigger: 'nightly' as const, requestedBy: requestedBySystem, now };
      const runId = await queueRun(dbOf(manager), run);
      await dbOf(manager).run(
        sql`
             UPDATE nightly_claim SET run_id = ${runId} WHERE workspace_id = ${workspaceId}
               AND night = ${night} AND slot = ${slot}`,
      );
      return runId !== null;
    });
    if (queued) this.worker.poke(workspaceId);
  }
}

/** Whether the next night is planned for later than it should be. */
function isTooLate({ id, settings, nextSyncAt: planned }: Workspace, now: Date): boolean {
  return planned !== null && planned > nextSyncAt(settings, id, now);
}

/**
 * Whether a manual or nightly run, or one that gives away seats, is queued or running. While the workspace is locked, nobody
 * can ask for one.
 */
async function isRunActive(manager: EntityManager, workspaceId: string): Promise<boolean> {
  const { rows } = await dbOf(manager).run(sql`SELECT 1 FROM sync_run
     WHERE workspace_id = ${workspaceId} AND state IN ('queued', 'running') AND trigger IN ('manual', 'nightly', 'seat')`);
  return rows.length > 0;
}
