import { Injectable } from '@nestjs/common';
import { Clock } from '../../database/clock.ts';
import { inLane } from '../../database/lanes/task.ts';
import { sql } from '../../database/sql.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { Metrics } from '../../metrics/metrics.ts';
import type { LaneReason } from '../planning/lane-work.ts';
import type { RunTrigger } from '../record/run-states.ts';

const runBucketsSeconds = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600];
const laneBucketsSeconds = [0.25, 0.5, 1, 2, 5, 10, 30, 60, 300];

/** What came of a run that this process has ended. */
export type RunOutcome = 'succeeded' | 'awaiting_approval' | 'failed';

/** Runs and their time, how fast leavers lose access, and who waits for an admin. */
@Injectable()
export class SyncMetrics {
  private readonly durations;
  private readonly latencies;

  constructor(metrics: Metrics, db: StatementPool, clock: Clock) {
    this.durations = metrics.histogram(
      'provisioning_run_seconds',
      {
        help: 'Time from when a run was asked for to its end, waiting included. Its count is the number of runs.',
        labels: ['trigger', 'outcome'],
      },
      runBucketsSeconds,
    );
    this.latencies = metrics.histogram(
      'provisioning_lane_latency_seconds',
      {
        help: 'Time from the request that says that somebody left or came back to the commit that changes their access.',
        labels: ['reason'],
      },
      laneBucketsSeconds,
    );
    metrics.gauges(
      'decisions',
      {
        provisioning_undecided_people: {
          help: 'People who wait for an admin: held removals and conflicts; and those who are left out.',
          labels: ['state'],
        },
        provisioning_undecided_oldest_seconds: {
          help: 'How long the one who waits longest does, by state.',
          labels: ['state'],
        },
        provisioning_open_runs: { help: 'Runs that are queued or running.', labels: ['state'] },
        provisioning_open_run_oldest_seconds: {
          help: 'How long ago the oldest run that has not ended was asked for; 0: there is none.',
        },
      },
      async () => {
        const now = clock.now();
        const [links, runs] = await inLane('background', () =>
          Promise.all([db.run(countLinks(now)), db.run(countRuns(now))]),
        );
        return {
          provisioning_undecided_people: links.rows.map(({ state, people }) => ({
            labels: { state },
            value: people,
          })),
          provisioning_undecided_oldest_seconds: links.rows.map(({ state, oldest }) => ({
            labels: { state },
            value: oldest,
          })),
          provisioning_open_runs: runs.rows.map(({ state, runs: value }) => ({ labels: { state }, value })),
          provisioning_open_run_oldest_seconds: Math.max(0, ...runs.rows.map(({ oldest }) => oldest)),
        };
      },
    );
  }

  /** Counts a run that has ended. @param askedAt when it was asked for */
  ended(trigger: RunTrigger, outcome: RunOutcome, askedAt: Date, now: Date): void {
    this.durations.observe({ trigger, outcome }, secondsBetween(askedAt, now));
  }

  /** Counts somebody the lane has taken care of. @param since when they left or came back */
  handled(reason: LaneReason, since: Date, now: Date): void {
    this.latencies.observe({ reason }, secondsBetween(since, now));
  }
}

function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, to.getTime() - from.getTime()) / 1_000;
}

function countLinks(now: Date) {
  return sql<{ state: string; people: number; oldest: number }>`
    SELECT state, count(*)::integer AS people,
      extract(epoch FROM ${now}::timestamptz - min(updated_at))::float8 AS oldest
    FROM sync_link WHERE state <> 'linked' GROUP BY 1`;
}

function countRuns(now: Date) {
  return sql<{ state: string; runs: number; oldest: number }>`
    SELECT state, count(*)::integer AS runs,
      extract(epoch FROM ${now}::timestamptz - min(created_at))::float8 AS oldest
    FROM sync_run WHERE state IN ('queued', 'running') GROUP BY 1`;
}
