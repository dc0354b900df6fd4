import { Injectable } from '@nestjs/common';
import { Clock } from '../database/clock.ts';
import { inLane } from '../database/lanes/task.ts';
import { sql } from '../database/sql.ts';
import { StatementPool } from '../database/statement-pool.ts';
import { hours } from '../errors/duration.ts';
import { Metrics } from '../metrics/metrics.ts';

/** Most identity providers call every hour, even when nothing changes. */
const silentAfterMs = hours(24);

interface Row {
  active: number;
  suspended: number;
  inactive: number;
  not_entitled: number;
  silent: number;
  overdue: number | null;
}

/** How many workspaces there are, and of how many the identity provider is silent. */
@Injectable()
export class WorkspaceMetrics {
  constructor(metrics: Metrics, db: StatementPool, clock: Clock) {
    metrics.gauges(
      'workspaces',
      {
        provisioning_workspaces: { help: 'Workspaces by state.', labels: ['state'] },
        provisioning_silent_identity_providers: {
          help: 'Active workspaces whose identity provider has called before, but not in the last 24 hours.',
        },
        provisioning_night_overdue_seconds: {
          help: 'How long the night that should have begun first is overdue; 0: none is.',
        },
      },
      async () => {
        const [row] = (await inLane('background', () => db.run(count(clock.now())))).rows;
        if (row === undefined) return {};
        const { silent, overdue, ...states } = row;
        return {
          provisioning_workspaces: Object.entries(states).map(([state, value]) => ({
            labels: { state },
            value,
          })),
          provisioning_silent_identity_providers: silent,
          provisioning_night_overdue_seconds: overdue ?? 0,
        };
      },
    );
  }
}

function count(now: Date) {
  const silentSince = new Date(now.getTime() - silentAfterMs);
  const isActive = sql`entitled AND activated_at IS NOT NULL`;
  return sql<Row>`SELECT
      count(*) FILTER (WHERE ${isActive})::integer AS active,
      count(*) FILTER (WHERE NOT entitled AND suspended_until IS NOT NULL)::integer AS suspended,
      count(*) FILTER (WHERE entitled AND activated_at IS NULL)::integer AS inactive,
      count(*) FILTER (WHERE NOT entitled AND suspended_until IS NULL)::integer AS not_entitled,
      count(*) FILTER (WHERE ${isActive} AND last_contact_at < ${silentSince})::integer AS silent,
      (SELECT greatest(0, extract(epoch FROM ${now}::timestamptz - min(next_sync_at)))::float8 FROM workspace
        WHERE ${isActive} AND automatic_sync = 'on' AND next_sync_at <= ${now}) AS overdue
    FROM workspace`;
}
