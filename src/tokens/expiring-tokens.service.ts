import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { BackgroundTasks } from '../background/background-tasks.ts';
import { Clock } from '../database/clock.ts';
import { dbOf } from '../database/db-of.ts';
import { parameter, sql } from '../database/sql.ts';
import { WorkspaceTurns } from '../database/workspace-turns.ts';
import { days, hours } from '../errors/duration.ts';
import { appendTokenEvents } from './token-events.ts';

const lookIntervalMs = hours(1);

/** How many days before its end a token is told of, each once. */
export const expiryToldDays = [30, 7, 1] as const;

/** Tells the host product of API tokens that are about to expire, so that nobody is surprised by it. */
@Injectable()
export class ExpiringTokensService {
  private readonly turns: WorkspaceTurns;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    tasks: BackgroundTasks,
  ) {
    const logger = new Logger(ExpiringTokensService.name);
    this.turns = new WorkspaceTurns(logger, clock, 'The expiring tokens of a workspace were not told of');
    tasks.every({
      name: 'Looking for expiring tokens',
      everyMs: lookIntervalMs,
      atStart: true,
      once: (signal) => this.tell(signal),
    });
  }

  /** Appends `token.expiring` for each token that has come within another of the `expiryToldDays`. */
  async tell(signal?: AbortSignal): Promise<void> {
    const now = this.clock.now();
    for (const before of [...expiryToldDays].reverse()) {
      const { rows } = await dbOf(this.dataSource).run(
        sql<{ id: string }>`SELECT DISTINCT workspace_id AS id FROM api_token
          WHERE revoked_at IS NULL AND expires_at > ${now} AND expires_at <= ${new Date(now.getTime() + days(before))}
            AND (expiry_told_days IS NULL OR expiry_told_days > ${before})
            AND workspace_id <> ALL (${this.turns.pausing()}::uuid[])`,
      );
      for (const { id } of rows) {
        if (signal?.aborted) return;
        await this.turns.take(id, () => this.tellOf(id, before, now));
      }
    }
  }

  private async tellOf(workspaceId: string, before: number, at: Date): Promise<void> {
    const now = parameter(at);
    const told = parameter(before);
    await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const { rows } = await db.run(
        sql<{ id: string }>`UPDATE api_token SET expiry_told_days = ${told}
          WHERE workspace_id = ${workspaceId} AND revoked_at IS NULL AND expires_at > ${now}
            AND expires_at <= ${new Date(at.getTime() + days(before))}
            AND (expiry_told_days IS NULL OR expiry_told_days > ${told})
          RETURNING id`,
      );
      const cause = {
        by: 'operator',
        runId: null,
        reason: { code: 'token-expiring', params: { days: before } },
      } as const;
      appendTokenEvents(
        db,
        workspaceId,
        'token.expiring',
        rows.map(({ id }) => id),
        cause,
        at,
      );
    });
  }
}
