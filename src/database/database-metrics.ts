import { Injectable } from '@nestjs/common';
import { Metrics } from '../metrics/metrics.ts';
import { HealthDetails } from './health-details.ts';
import { StatementPool } from './statement-pool.ts';

/** How busy the connections to PostgreSQL are, and the numbers of parts that may fall behind. */
@Injectable()
export class DatabaseMetrics {
  constructor(metrics: Metrics, pool: StatementPool, details: HealthDetails) {
    metrics.gauges(
      'process',
      {
        provisioning_database_connections: {
          help: 'Connections to PostgreSQL by pool and state; waited_for: how many statements wait for one.',
          labels: ['pool', 'state'],
          ofProcess: true,
        },
        provisioning_part_backlog: {
          help: 'What waits in a part of this process, as /health/ready has it.',
          labels: ['part', 'what'],
          ofProcess: true,
        },
      },
      () =>
        Promise.resolve({
          provisioning_database_connections: pool
            .load()
            .map(({ count, ...labels }) => ({ labels, value: count })),
          provisioning_part_backlog: Object.entries(details.read()).flatMap(([part, numbers]) =>
            Object.entries(numbers).map(([what, value]) => ({ labels: { part, what }, value })),
          ),
        }),
    );
  }
}
