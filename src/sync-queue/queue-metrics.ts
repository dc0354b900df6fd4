import { Injectable } from '@nestjs/common';
import { Clock } from '../database/clock.ts';
import { inLane } from '../database/lanes/task.ts';
import { sql } from '../database/sql.ts';
import { StatementPool } from '../database/statement-pool.ts';
import { Metrics } from '../metrics/metrics.ts';

/** People who are counted at most; so the cost has an end, whatever waits. */
const countedMax = 100_000;

/** How many people wait for a run, and for the lane of leavers, returners and lost roles. */
@Injectable()
export class QueueMetrics {
  constructor(metrics: Metrics, db: StatementPool, clock: Clock) {
    metrics.gauges(
      'queue',
      {
        provisioning_queued_people: {
          help: `People who wait, by reason; of ${countedMax.toLocaleString('en')} at most. role: they may have lost a role; run: for the next run.`,
          labels: ['reason'],
        },
        provisioning_queued_oldest_seconds: {
          help: 'How long the one who waits longest does, by reason. Where a workspace wants leavers or returners at the next synchronization, they wait for it.',
          labels: ['reason'],
        },
      },
      async () => {
        const now = clock.now();
        const { rows } = await inLane('background', () =>
          db.run(
            sql<{ reason: string; people: number; oldest: number }>`
              SELECT reason, count(*)::integer AS people,
                extract(epoch FROM ${now}::timestamptz - min(due_at))::float8 AS oldest
              FROM (SELECT CASE WHEN reason IN ('leaver', 'returner', 'role') THEN reason ELSE 'run' END AS reason, due_at
                FROM sync_queue WHERE due_at <= ${now} LIMIT ${countedMax}) q GROUP BY 1`,
          ),
        );
        return {
          provisioning_queued_people: rows.map(({ reason, people }) => ({
            labels: { reason },
            value: people,
          })),
          provisioning_queued_oldest_seconds: rows.map(({ reason, oldest }) => ({
            labels: { reason },
            value: oldest,
          })),
        };
      },
    );
  }
}
