import { Injectable } from '@nestjs/common';
import { Clock } from '../../database/clock.ts';
import { inLane } from '../../database/lanes/task.ts';
import { sql } from '../../database/sql.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { Metrics } from '../../metrics/metrics.ts';
import type { SendError } from '../sending/send-errors.ts';

/** Messages that are looked at; so the cost has an end, whatever waits. */
const lookedAtMax = 100_000;

/** Attempts to send messages to admins, and what waits. */
@Injectable()
export class NotificationMetrics {
  private readonly attempts;

  constructor(metrics: Metrics, db: StatementPool, clock: Clock) {
    this.attempts = metrics.counter('provisioning_message_attempts_total', {
      help: 'Attempts to send a message to an admin, by the kind of channel and what came of them.',
      labels: ['channel', 'outcome'],
    });
    metrics.gauges(
      'messages',
      {
        provisioning_messages_waiting: {
          help: `Messages to admins that wait, of ${lookedAtMax.toLocaleString('en')} at most.`,
        },
        provisioning_message_oldest_seconds: {
          help: 'Age of the oldest message that waits, also for its next attempt; 0: none waits.',
        },
      },
      async () => {
        const { rows } = await inLane('background', () =>
          db.run(sql<{ count: number; oldest: number | null }>`
            SELECT count(*)::integer AS count,
              extract(epoch FROM ${clock.now()}::timestamptz - min(created_at))::float8 AS oldest
            FROM (SELECT created_at FROM notification_delivery WHERE state = 'pending' LIMIT ${lookedAtMax}) d`),
        );
        return {
          provisioning_messages_waiting: rows[0]?.count ?? 0,
          provisioning_message_oldest_seconds: Math.max(0, rows[0]?.oldest ?? 0),
        };
      },
    );
  }

  /** Counts an attempt. @param isLast whether no other follows when it failed */
  attempted(channel: string, error: SendError | null, isLast: boolean): void {
    const outcome = error === null ? 'delivered' : isLast ? 'given_up' : 'failed';
    this.attempts.inc({ channel, outcome });
  }
}
