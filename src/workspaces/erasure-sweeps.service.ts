import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { BackgroundTasks } from '../background/background-tasks.ts';
import { Clock } from '../database/clock.ts';
import { dbOf } from '../database/db-of.ts';
import { sql } from '../database/sql.ts';
import { WorkspaceTurns } from '../database/workspace-turns.ts';
import { seconds } from '../errors/duration.ts';
import { deleteRowsOf } from './erasures.service.ts';
import { nextSweepAt } from './next-sweep.ts';

/** How often a process looks whether a sweep is due. */
const lookEveryMs = seconds(30);

/** Workspaces that one look takes care of; the others are next. */
const workspacesAtATimeMax = 100;

interface DueSweep {
  id: string;
  workspaceId: string;
  at: Date;
}

/**
 * Looks several times after the erasure of a workspace whether something was still written into it. A request that was
 * under way may have waited for a lock or a connection, or have hundreds of operations; it is not known by its rows, since no
 * write locks its workspace ([why](../../docs/decisions/0089-a-workspace-is-swept-after-its-erasure.md)).
 */
@Injectable()
export class ErasureSweeps {
  private readonly logger = new Logger(ErasureSweeps.name);
  private readonly turns: WorkspaceTurns;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    tasks: BackgroundTasks,
  ) {
    this.turns = new WorkspaceTurns(this.logger, clock, 'An erased workspace was not swept');
    tasks.every({
      name: 'Sweeping erased workspaces',
      everyMs: lookEveryMs,
      once: (signal) => this.tick(signal),
    });
  }

  /** Sweeps what is due, each workspace by itself. May run in several processes. */
  async tick(signal?: AbortSignal): Promise<void> {
    const { rows: due } = await dbOf(this.dataSource).run(sql<DueSweep>`
      SELECT id, erased_workspace AS "workspaceId", at FROM workspace_erasure WHERE sweep_at <= ${this.clock.now()}
        AND erased_workspace <> ALL (${this.turns.pausing()}::uuid[])
      ORDER BY sweep_at LIMIT ${workspacesAtATimeMax}`);
    for (const sweep of due) {
      if (signal?.aborted) return;
      await this.turns.take(sweep.workspaceId, () => this.sweep(sweep));
    }
  }

  private async sweep({ id, workspaceId, at }: DueSweep): Promise<void> {
    const now = this.clock.now();
    const rows = await this.dataSource
      .transaction(async (manager) => {
        const { count: claimed } = await dbOf(manager).run(sql`
          UPDATE workspace_erasure SET sweep_at = ${nextSweepAt(at, now)} WHERE id = ${id} AND sweep_at <= ${now}`);
        return claimed === 0 || (await isThere(manager, workspaceId))
          ? {}
          : this.delete(manager, workspaceId);
      })
      .catch((error: unknown) => {
        if (error instanceof ThereAgainError) return {};
        throw error;
      });
    if (Object.keys(rows).length > 0)
      this.logger.log({ workspace: workspaceId, rows }, 'What was written during an erasure was erased, too');
  }

  /**
   * @returns how many rows there were, by table
   * @throws ThereAgainError when the workspace has come meanwhile, all of it by one commit
   */
  private async delete(manager: EntityManager, workspaceId: string): Promise<Record<string, number>> {
    const deleted = await deleteRowsOf(dbOf(manager), workspaceId);
    if (await isThere(manager, workspaceId)) throw new ThereAgainError();
    return Object.fromEntries([...deleted].filter(([, count]) => count > 0));
  }
}

/** What was deleted may be what has come: it is taken back, and the next look leaves the workspace alone. */
class ThereAgainError extends Error {
  constructor() {
    super('The workspace is there again.');
  }
}

/** A workspace keeps its id when it moves: it may have come back from another database, or from a backup. */
async function isThere(manager: EntityManager, workspaceId: string): Promise<boolean> {
  const { count } = await dbOf(manager).run(
    sql`SELECT FROM workspace WHERE id = ${workspaceId} FOR KEY SHARE`,
  );
  return count > 0;
}
