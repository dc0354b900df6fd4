import { type BeforeApplicationShutdown, Logger, type OnModuleInit } from '@nestjs/common';
import { seconds } from '../errors/duration.ts';
import { Clock } from './clock.ts';
import { alignIds } from './ids.ts';
import type { WatchConnection } from './watch-connection.ts';

/** The clocks of a machine. */
export interface MachineTime {
  /** Milliseconds since 1970 by the machine's clock, which people and programs may set. */
  wallMs(): number;
  /** Milliseconds since some moment, which nobody sets. */
  monotonicMs(): number;
}

const thisMachine: MachineTime = { wallMs: () => Date.now(), monotonicMs: () => performance.now() };

/** How often the machine's clocks are looked at, and how often they are compared with the database's. */
const tickMs = seconds(1);
const compareEveryMs = seconds(15);

/** How many questions are asked at once; the quickest answer is the most exact. */
const questionsMax = 3;

/** A machine's clock within this distance of the database's is good enough. */
const agreesWithinMs = 50;

/** On a machine that neither sleeps nor has its clock set, both clocks advance equally between two ticks, and not far. */
const leapMs = 500;
const longTickMs = seconds(5);

/** From this difference on, the log reports that the machine's clock is wrong. */
const skewTellMs = seconds(5);

/** What one question shows about the difference between two clocks: at least `from`, at most `to`. */
interface Difference {
  from: number;
  to: number;
}

/**
 * The database's time, which all processes on one database share, whatever the clocks of their machines show. A process an
 * hour ahead would queue people that no other process sees yet; one that is days ahead would skip nights.
 *
 * The time is the machine's monotonic clock plus a base. The base is compared with the database at the start, then four
 * times a minute, and at once when a clock of the machine leaps. While the machine's own clock agrees, the base is taken
 * from it, so processes on one machine share one time to the millisecond.
 */
export class DatabaseClock extends Clock implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(DatabaseClock.name);
  private readonly watch: WatchConnection;
  private readonly machine: MachineTime;
  private baseMs: number;
  private comparedAtMs = -Infinity;
  private tickedAtMs = 0;
  private wallBaseMs = 0;
  private isSkewed = false;
  private timer: NodeJS.Timeout | undefined;
  private comparing: Promise<void> | null = null;

  constructor(watch: WatchConnection, machine: MachineTime = thisMachine) {
    super();
    this.watch = watch;
    this.machine = machine;
    this.baseMs = this.wallBase();
  }

  now(): Date {
    return new Date(this.baseMs + this.machine.monotonicMs());
  }

  /** Runs before anything asks for the time. @throws what pg throws: without a database there is no time to share */
  async onModuleInit(): Promise<void> {
    await this.compare();
    this.noteTick();
    this.timer = setInterval(() => this.tick(), tickMs);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.comparing;
  }

  /**
   * Compares with the database's clock, and takes the time from there.
   *
   * @throws what pg throws; the time then goes on as it did
   */
  async compare(): Promise<void> {
    const differences: Difference[] = [];
    for (let question = 0; question < questionsMax; question += 1) differences.push(await this.ask());
    // Every answer is right about itself; unless the clock was set in between, they have something in common.
    const from = Math.max(...differences.map((difference) => difference.from));
    const to = Math.min(...differences.map((difference) => difference.to));
    const databaseBase = from <= to ? { from, to } : (differences.at(-1) ?? { from, to });
    const before = this.baseMs;
    const wallBase = this.wallBase();
    this.baseMs = baseWithin(databaseBase, [wallBase, before]);
    alignIds(this.baseMs === wallBase ? 0 : this.baseMs - wallBase);
    this.tell(wallBase - this.baseMs, this.comparedAtMs === -Infinity ? 0 : before - this.baseMs);
    this.comparedAtMs = this.machine.monotonicMs();
  }

  /** What the base would be if the machine's own clock were right. */
  private wallBase(): number {
    return this.machine.wallMs() - this.machine.monotonicMs();
  }

  private async ask(): Promise<Difference> {
    const askedAt = this.machine.monotonicMs();
    const { ms } = await this.watch.look<{ ms: number }>(
      'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms',
    );
    return { from: ms - this.machine.monotonicMs(), to: ms - askedAt };
  }

  private tick(): void {
    const sinceTick = this.machine.monotonicMs() - this.tickedAtMs;
    const hasLeapt = Math.abs(this.wallBase() - this.wallBaseMs) > leapMs || sinceTick > longTickMs;
    this.noteTick();
    if (this.comparing !== null) return;
    if (!hasLeapt && this.tickedAtMs - this.comparedAtMs < compareEveryMs) return;
    // Everything that needs the database reports that it does not answer.
    this.comparing = this.compare()
      .catch(() => undefined)
      .finally(() => (this.comparing = null));
  }

  private noteTick(): void {
    this.tickedAtMs = this.machine.monotonicMs();
    this.wallBaseMs = this.wallBase();
  }

  /**
   * @param machineAheadMs how far the machine's clock is ahead of the database's
   * @param wasAheadMs how far this clock was, until now
   */
  private tell(machineAheadMs: number, wasAheadMs: number): void {
    const isSkewed = Math.abs(machineAheadMs) > skewTellMs;
    if (isSkewed && !this.isSkewed) {
      this.logger.warn(
        { machineAheadMs: Math.round(machineAheadMs) },
        `The clock of this machine is ${secondsOf(machineAheadMs)} of the database's, whose time the service goes by. ` +
          'Its log lines have the wrong time. Have the machine set its clock by NTP.',
      );
    }
    if (!isSkewed && this.isSkewed)
      this.logger.log('The clock of this machine agrees with the database again.');
    if (Math.abs(wasAheadMs) > skewTellMs) {
      this.logger.warn(
        { wasAheadMs: Math.round(wasAheadMs) },
        `This process was ${secondsOf(wasAheadMs)} of the database's time, for ${compareEveryMs / 1000} seconds at most.`,
      );
    }
    this.isSkewed = isSkewed;
  }
}

/** The first that agrees with the database's, or the database's, as exactly as it is known. */
function baseWithin({ from, to }: Difference, candidates: readonly number[]): number {
  const agrees = (base: number) => base >= from - agreesWithinMs && base <= to + agreesWithinMs;
  return candidates.find(agrees) ?? (from + to) / 2;
}

function secondsOf(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000).toLocaleString('en');
  return `${seconds} s ${ms > 0 ? 'ahead' : 'behind'}`;
}
