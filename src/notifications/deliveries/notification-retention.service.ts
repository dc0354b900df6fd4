import { Injectable } from '@nestjs/common';
import { BackgroundTasks } from '../../background/background-tasks.ts';
import { Clock } from '../../database/clock.ts';
import { inSmallSteps } from '../../database/in-small-steps.ts';
import { sql } from '../../database/sql.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { days, hours } from '../../errors/duration.ts';

const pruneIntervalMs = hours(1);

/** How long it is shown what became of a message. No attempt comes so late. */
export const messagesKeptDays = 30;

/** Messages that one statement deletes at most, so that nobody waits for it. */
const prunedAtOnceMax = 1_000;

/** Deletes old messages with their deliveries, a few at a time. */
@Injectable()
export class NotificationRetentionService {
  constructor(
    private readonly db: StatementPool,
    private readonly clock: Clock,
    tasks: BackgroundTasks,
  ) {
    tasks.every({
      name: 'Pruning messages to admins',
      everyMs: pruneIntervalMs,
      once: (signal) => this.prune(signal),
    });
  }

  /** Deletes what is older than `messagesKeptDays`. */
  async prune(signal?: AbortSignal): Promise<void> {
    const before = new Date(this.clock.now().getTime() - days(messagesKeptDays));
    const pruneSome = async () => {
      const { count } = await this.db.run(
        sql`DELETE FROM notification WHERE (workspace_id, id) IN (
          SELECT workspace_id, id FROM notification WHERE at < ${before} ORDER BY at LIMIT ${prunedAtOnceMax})`,
      );
      return count;
    };
    await inSmallSteps(prunedAtOnceMax, pruneSome, signal);
  }
}
