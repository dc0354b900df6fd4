import { Injectable } from '@nestjs/common';
import { Clock } from '../database/clock.ts';
import { inLane } from '../database/lanes/task.ts';
import { sql } from '../database/sql.ts';
import { StatementPool } from '../database/statement-pool.ts';
import { Metrics } from '../metrics/metrics.ts';

/** Workspaces that are looked at; so the cost has an end, whatever waits. */
const lookedAtMax = 1_000;

/** How far the feed over all workspaces is behind what has happened. */
@Injectable()
export class EventMetrics {
  constructor(metrics: Metrics, db: StatementPool, clock: Clock) {
    metrics.gauges(
      'events',
      {
        provisioning_feed_lag_seconds: {
          help: 'Age of the oldest event that is not yet in the feed over all workspaces; 0: all are.',
        },
      },
      async () => {
        const { rows } = await inLane('background', () =>
          db.run(
            sql<{
              lag: number | null;
            }>`SELECT extract(epoch FROM ${clock.now()}::timestamptz - min(e.at))::float8 AS lag
              FROM (SELECT workspace_id, published FROM event_head WHERE sequence > published LIMIT ${lookedAtMax}) h
              JOIN event e ON e.workspace_id = h.workspace_id AND e.sequence = h.published + 1`,
          ),
        );
        return { provisioning_feed_lag_seconds: Math.max(0, rows[0]?.lag ?? 0) };
      },
    );
  }
}
