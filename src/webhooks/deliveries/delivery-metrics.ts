import { Injectable } from '@nestjs/common';
import { Clock } from '../../database/clock.ts';
import { inLane } from '../../database/lanes/task.ts';
import { sql } from '../../database/sql.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { Metrics } from '../../metrics/metrics.ts';

/** What came of an attempt. `given_up`: it failed, and no other follows. */
export type AttemptOutcome = 'delivered' | 'failed' | 'given_up';

/** Deliveries that are looked at; so the cost has an end, whatever waits. */
const lookedAtMax = 100_000;

/** Attempts to deliver events, and what waits. */
@Injectable()
export class DeliveryMetrics {
  private readonly attempts;

  constructor(metrics: Metrics, db: StatementPool, clock: Clock) {
    this.attempts = metrics.counter('provisioning_webhook_attempts_total', {
      help: 'Attempts to send an event to a webhook, by what came of them.',
      labels: ['outcome'],
    });
    metrics.gauges(
      'webhooks',
      {
        provisioning_webhooks: { help: 'Webhooks by state.', labels: ['state'] },
        provisioning_webhook_waiting: {
          help: `Deliveries that wait, of ${lookedAtMax.toLocaleString('en')} at most.`,
        },
        provisioning_webhook_oldest_seconds: {
          help: 'Age of the oldest delivery that waits, also for its next attempt; 0: none waits.',
        },
      },
      async () => {
        const now = clock.now();
        const [webhooks, waiting] = await inLane('webhooks', () =>
          Promise.all([
            db.run(sql<{ state: string; count: number }>`
              SELECT state, count(*)::integer AS count FROM webhook GROUP BY 1`),
            db.run(sql<{ count: number; oldest: number | null }>`
              SELECT count(*)::integer AS count,
                extract(epoch FROM ${now}::timestamptz - min(created_at))::float8 AS oldest
              FROM (SELECT created_at FROM webhook_delivery WHERE state = 'pending' LIMIT ${lookedAtMax}) d`),
          ]),
        );
        return {
          provisioning_webhooks: webhooks.rows.map(({ state, count }) => ({
            labels: { state },
            value: count,
          })),
          provisioning_webhook_waiting: waiting.rows[0]?.count ?? 0,
          provisioning_webhook_oldest_seconds: Math.max(0, waiting.rows[0]?.oldest ?? 0),
        };
      },
    );
  }

  /** Counts an attempt. */
  attempted(outcome: AttemptOutcome): void {
    this.attempts.inc({ outcome });
  }
}
