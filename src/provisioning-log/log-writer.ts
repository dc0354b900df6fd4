import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { BackgroundTasks } from '../background/background-tasks.ts';
import { inBackground } from '../database/background.ts';
import { Config } from '../config/config.ts';
import { Clock } from '../database/clock.ts';
import { HealthDetails } from '../database/health-details.ts';
import { dbOf } from '../database/db-of.ts';
import { isKnownDistributed } from '../database/known-distributed.ts';
import { errorWords } from '../errors/plain-error.ts';
import { LastContacts } from './last-contacts.ts';
import { bareEntry, type LogEntry } from './log-entry.ts';
import { LogQuota } from './log-quota.ts';
import { writeEntries } from './log-statements.ts';
import { WaitingEntries } from './waiting-entries.ts';
import { mayBeWrittenLater, writeInParts } from './write-in-parts.ts';

const flushIntervalMs = 500;
const flushEntriesMax = 500;
/** The number of waiting entries, or the age of the oldest, from which on the log counts as behind. */
const behindEntries = 1_000;
const behindSeconds = 30;
/** A condition that lasts is logged at most this often. */
const sayAgainMs = 60_000;

/** How far the log is behind. Counts are those of this process since it started. */
export interface LogBacklog extends Record<string, number> {
  /** Entries that are not written yet. */
  waiting: number;
  /** For how long the oldest of them has waited. */
  oldestWaitsSeconds: number;
  /** Entries that were dropped because too many waited. */
  lost: number;
  /** Entries that the database refused even one by one. */
  putAside: number;
}

/**
 * Writes the provisioning log and the last contact of each workspace, in batches, so that no request waits for it. An
 * entry that the database refuses does not hold up the others: it is written with its bare facts, or put aside and
 * counted.
 */
@Injectable()
export class LogWriter implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(LogWriter.name);
  private readonly waiting = new WaitingEntries();
  /** The entries whose batch is under way. They are not written yet: a database that is silent keeps them here. */
  private underWay: readonly LogEntry[] = [];
  private readonly contacts: LastContacts;
  private readonly quota: LogQuota;
  private running: Promise<void> = Promise.resolve();
  private next: Promise<void> | null = null;
  private wantsAllContacts = false;
  private putAside = 0;
  private isBehind = false;
  private saidLost = 0;
  private readonly saidAtMs = new Map<string, number>();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly health: HealthDetails,
    tasks: BackgroundTasks,
    { quotas }: Config,
  ) {
    this.quota = new LogQuota(quotas.logMegabytesPerDay);
    this.contacts = new LastContacts(dataSource);
    tasks.every({
      name: 'Writing the provisioning log',
      everyMs: flushIntervalMs,
      once: () => this.flushAndWatch(),
    });
  }

  onModuleInit(): void {
    this.health.register('provisioningLog', () => this.backlog());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.flush();
    if (this.waiting.count > 0) {
      this.logger.error(`The provisioning log could not be written: ${this.waiting.count} entries are lost.`);
    }
  }

  /** Takes an entry. It is in the table within a second. */
  add(entry: LogEntry): void {
    this.waiting.add(entry);
    this.contacts.note(entry);
  }

  /**
   * Writes everything that waits now. Entries that could not be written are logged and tried next time. Never rejects.
   */
  flush(): Promise<void> {
    this.wantsAllContacts = true;
    return this.flushDue();
  }

  /** {@link flush}, but for last contacts that may wait. */
  private flushDue(): Promise<void> {
    // At most one flush is under way and one is next; the next one serves everybody who asks in the meantime.
    this.next ??= inBackground(() => this.flushNext());
    return this.next;
  }

  backlog(): LogBacklog {
    const { count, lost } = this.waiting;
    const oldestAt = this.underWay[0]?.at ?? this.waiting.oldestAt;
    const waitsMs = oldestAt === null ? 0 : Math.max(0, this.clock.now().getTime() - oldestAt.getTime());
    return {
      waiting: this.underWay.length + count,
      oldestWaitsSeconds: Math.round(waitsMs / 1000),
      lost,
      putAside: this.putAside,
    };
  }

  /** Does not wait for the batch: the log must say that it is behind while the database is silent. */
  private flushAndWatch(): void {
    void this.flushDue();
    this.watch();
  }

  private async flushNext(): Promise<void> {
    await this.running;
    this.next = null;
    this.running = this.write();
    await this.running;
  }

  private async write(): Promise<void> {
    const which = this.wantsAllContacts ? 'all' : 'due';
    this.wantsAllContacts = false;
    await this.contacts.write(which, (error) => {
      this.sayNowAndThen('contacts', `The last contact of a workspace was not written: ${errorWords(error)}`);
    });
    // New entries wait for the next time: otherwise a busy hour would write a batch for every few entries.
    for (let left = this.waiting.count; left > 0; left -= flushEntriesMax) {
      const batch = this.waiting.take(Math.min(left, flushEntriesMax));
      this.underWay = batch;
      const unwritten = await this.writeBatch(batch);
      this.underWay = [];
      if (unwritten.length === 0) continue;
      this.waiting.putBack(unwritten);
      return;
    }
  }

  /**
   * In a database that is distributed by workspace, workspace by workspace: each has its rows on one node.
   *
   * @returns what has to wait
   */
  private async writeBatch(batch: readonly LogEntry[]): Promise<readonly LogEntry[]> {
    const parts = isKnownDistributed(this.dataSource)
      ? [...Map.groupBy(batch, ({ workspaceId }) => workspaceId).values()]
      : [batch];
    for (const [at, part] of parts.entries()) {
      const unwritten = await writeInParts(
        part,
        (some) => this.writePart(some),
        (entry, error) => this.writeBare(entry, error),
      );
      if (unwritten.length > 0) return [...unwritten, ...parts.slice(at + 1).flat()];
    }
    return [];
  }

  private async writePart(part: readonly LogEntry[]): Promise<void> {
    try {
      const entries = part.map((entry) => this.quota.within(entry));
      this.quota.note(await writeEntries(dbOf(this.dataSource), entries));
    } catch (error) {
      if (mayBeWrittenLater(error))
        this.sayNowAndThen('waits', `The provisioning log has to wait: ${errorWords(error)}`);
      throw error;
    }
  }

  /** @returns the entry if it has to wait after all, else null */
  private async writeBare(entry: LogEntry, refusal: unknown): Promise<LogEntry | null> {
    const bare = bareEntry(entry);
    try {
      await writeEntries(dbOf(this.dataSource), [bare]);
      const text = 'An entry of the provisioning log was refused, and written with its bare facts';
      this.sayNowAndThen(`bare ${entry.workspaceId}`, `${text}: ${errorWords(refusal)}`, entry.workspaceId);
    } catch (error) {
      if (mayBeWrittenLater(error)) return bare;
      this.putAside += 1;
      const text = 'An entry of the provisioning log was refused, and put aside';
      this.sayNowAndThen(`aside ${entry.workspaceId}`, `${text}: ${errorWords(error)}`, entry.workspaceId);
    }
    return null;
  }

  /** Logs when the log falls behind, when entries are lost, and when it has caught up. */
  private watch(): void {
    const { waiting, oldestWaitsSeconds, lost } = this.backlog();
    const isBehind = waiting >= behindEntries || oldestWaitsSeconds >= behindSeconds;
    const standing = `${waiting} entries wait, the oldest for ${oldestWaitsSeconds} s`;
    if (isBehind && this.sayNowAndThen('behind', `The provisioning log is behind: ${standing}.`)) {
      this.isBehind = true;
    }
    if (
      lost > this.saidLost &&
      this.sayNowAndThen('lost', `${lost} entries of the provisioning log are lost.`)
    ) {
      this.saidLost = lost;
    }
    if (this.isBehind && waiting === 0) {
      this.isBehind = false;
      this.saidAtMs.clear();
      this.logger.log(`The provisioning log has caught up; ${lost} entries were lost.`);
    }
  }

  /** @returns whether it was logged: a condition that lasts must not be logged twice a second */
  private sayNowAndThen(what: string, text: string, workspace?: string): boolean {
    const nowMs = performance.now();
    if (nowMs - (this.saidAtMs.get(what) ?? -Infinity) < sayAgainMs) return false;
    this.saidAtMs.set(what, nowMs);
    this.logger.warn({ ...(workspace !== undefined && { workspace }) }, text);
    return true;
  }
}
