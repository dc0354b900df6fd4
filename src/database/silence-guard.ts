import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { messageOf } from '../config/system-error.ts';
import {
  type FollowedConnection,
  type SilenceLimits,
  type StatementPulse,
  wireOf,
} from './statement-pulse.ts';
import type { WatchConnection } from './watch-connection.ts';

/** What is known about a connection: when it last said something, and since when somebody has waited in vain. */
interface Heard {
  bytes: number;
  saidAtMs: number;
  waitedSinceMs: number | null;
}

/** What the server reports: which sessions work, or null behind a pooler, whose sessions are not ours. */
type AtWork = ReadonlySet<number> | null;

/** An answer that is on its way comes within this part of the time after which a connection is suspect. */
const answerShare = 10;

/**
 * Drops connections that have gone silent, as when a host vanishes: the kernel alone would wait for a quarter of an hour.
 * While somebody waits on a silent connection, the server is asked over another one. When the server does not know of the
 * work, the connection is dead, and so are those that have been silent for as long. When the server does not answer either,
 * all waiting connections are given up after a while. Their statements fail, and the next ones make new connections.
 */
export class SilenceGuard implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SilenceGuard.name);
  private readonly heard = new WeakMap<FollowedConnection, Heard>();
  private readonly pulse: StatementPulse;
  private readonly watch: WatchConnection;
  private readonly limits: SilenceLimits;
  private timer: NodeJS.Timeout | undefined;
  private asking: Promise<void> | null = null;

  constructor(pulse: StatementPulse, watch: WatchConnection, limits: SilenceLimits) {
    this.pulse = pulse;
    this.watch = watch;
    this.limits = limits;
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.listen(), this.limits.suspectAfterMs / 5);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.asking;
  }

  private listen(): void {
    const now = performance.now();
    for (const client of this.pulse.connections) this.note(client, now);
    if (this.asking !== null || this.silentFor(this.limits.suspectAfterMs, now).length === 0) return;
    this.asking = this.ask(now).finally(() => (this.asking = null));
  }

  private note(client: FollowedConnection, now: number): void {
    const bytes = wireOf(client).stream.bytesRead;
    const before = this.heard.get(client);
    const hasSpoken = before === undefined || before.bytes !== bytes;
    const waitedSinceMs = client.isBusy ? (hasSpoken ? now : (before.waitedSinceMs ?? now)) : null;
    this.heard.set(client, { bytes, saidAtMs: hasSpoken ? now : before.saidAtMs, waitedSinceMs });
  }

  /** Connections on which somebody has waited in vain for this long. */
  private silentFor(ms: number, now: number): FollowedConnection[] {
    return [...this.pulse.connections].filter((client) => {
      const waitedSinceMs = this.heard.get(client)?.waitedSinceMs ?? null;
      return waitedSinceMs !== null && now - waitedSinceMs >= ms;
    });
  }

  private async ask(now: number): Promise<void> {
    try {
      const atWork = await this.atWork();
      if (atWork === null) return;
      const suspects = this.silentFor(this.limits.suspectAfterMs, now).filter(
        ({ processID }) => processID !== null && !atWork.has(processID),
      );
      const dead = suspects.length === 0 ? [] : await this.stillSilent(suspects);
      if (dead.length > 0) this.drop([...dead, ...this.idleAsLongAs(dead)]);
    } catch (error) {
      if (messageOf(error) === 'Query read timeout') this.drop(this.silentFor(this.limits.silentMaxMs, now));
    }
  }

  /** A long statement may have ended right before the server was asked: its answer was on its way then. */
  private async stillSilent(suspects: readonly FollowedConnection[]): Promise<FollowedConnection[]> {
    await sleep(this.limits.suspectAfterMs / answerShare);
    const now = performance.now();
    for (const client of suspects) this.note(client, now);
    const silent = new Set(this.silentFor(this.limits.suspectAfterMs, now));
    return suspects.filter((client) => silent.has(client));
  }

  private async atWork(): Promise<AtWork> {
    const { own, pids } = await this.watch.look<{ own: number; pids: number[] | null }>(
      `SELECT pg_backend_pid() AS own, array_agg(pid) AS pids FROM pg_stat_activity
       WHERE datname = current_database() AND state IS DISTINCT FROM 'idle' AND state IS DISTINCT FROM 'idle in transaction'`,
    );
    return own === this.watch.processId ? new Set(pids) : null;
  }

  /** They have been silent since the dead ones fell silent, so their next user would wait as well. */
  private idleAsLongAs(dead: readonly FollowedConnection[]): FollowedConnection[] {
    const sinceMs = Math.max(...dead.map((client) => this.heard.get(client)?.waitedSinceMs ?? 0));
    return [...this.pulse.connections].filter((client) => {
      const heard = this.heard.get(client);
      return !client.isBusy && heard !== undefined && heard.saidAtMs <= sinceMs;
    });
  }

  private drop(clients: readonly FollowedConnection[]): void {
    if (clients.length === 0) return;
    this.logger.warn(`${clients.length} connections to PostgreSQL were silent and have been given up`);
    for (const client of clients) wireOf(client).stream.destroy();
  }
}
