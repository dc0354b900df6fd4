import { Injectable } from '@nestjs/common';
import { BackgroundTasks } from '../../background/background-tasks.ts';
import { Config } from '../../config/config.ts';
import { Clock } from '../../database/clock.ts';
import { inSmallSteps } from '../../database/in-small-steps.ts';
import { sql } from '../../database/sql.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { days, hours } from '../../errors/duration.ts';

const pruneIntervalMs = hours(1);

/** How long a delivery that was made or given up is shown; none longer than its event is kept. */
export const deliveriesKeptDays = 30;

/** Deliveries that one statement deletes at most, so that nobody waits for it. */
const prunedAtOnceMax = 2_000;

/** Deletes old deliveries, a few at a time. */
@Injectable()
export class DeliveryRetentionService {
  constructor(
    private readonly db: StatementPool,
    private readonly clock: Clock,
    private readonly config: Config,
    tasks: BackgroundTasks,
  ) {
    tasks.every({
      name: 'Pruning deliveries of events',
      everyMs: pruneIntervalMs,
      once: (signal) => this.prune(signal),
    });
  }

  /** Deletes what is over for `deliveriesKeptDays`, and what is older than events are kept. */
  async prune(signal?: AbortSignal): Promise<void> {
    const now = this.clock.now().getTime();
    const overBefore = new Date(now - days(deliveriesKeptDays));
    const anyBefore = new Date(now - days(this.config.eventsKeptDays));
    const pruneSome = async () => {
      const { count } = await this.db.run(
        sql`DELETE FROM webhook_delivery WHERE id = ANY (ARRAY(
          SELECT id FROM webhook_delivery
          WHERE created_at < ${anyBefore} OR (created_at < ${overBefore} AND state <> 'pending')
          ORDER BY created_at LIMIT ${prunedAtOnceMax}))`,
      );
      return count;
    };
    await inSmallSteps(prunedAtOnceMax, pruneSome, signal);
  }
}
