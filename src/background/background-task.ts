import type { Logger } from '@nestjs/common';
import type { SchedulerRegistry } from '@nestjs/schedule';
import { inBackground } from '../database/background.ts';
import type { LaneName } from '../database/lanes/lane.ts';
import { inLane } from '../database/lanes/task.ts';
import type { PassingFaultLog } from '../errors/passing-fault-log.ts';

/** Work that no request waits for, and that comes again and again. */
export interface BackgroundWork {
  /** Unique in the process; the log goes on with "failed": `Handling leavers`. */
  name: string;
  everyMs: number;
  /** The lane of its statements; `background` when absent. */
  lane?: LaneName;
  /**
   * How soon after its last beginning a poke has the work done again: a steady flow of pokes then shares the work, and
   * a single one is served at once. 0 when absent.
   */
  pokedEveryMs?: number;
  /** Whether it asks for something over all workspaces, so that a distributed database is asked less often: `allNodesEveryMs`. */
  asksAllNodes?: boolean;
  /** Whether the first time comes as soon as the process runs, instead of after `everyMs`. */
  atStart?: boolean;
  /**
   * Does the work one time. May throw: the failure is logged, and the next time comes.
   *
   * @param signal is aborted when the process ends; work of many steps stops before the next one
   */
  once(signal: AbortSignal): unknown;
}

/** What a task needs of its surroundings. */
export interface TaskSurroundings {
  scheduler: SchedulerRegistry;
  faults: PassingFaultLog;
  logger: Logger;
  /** Hears of each time that work failed. */
  failed: (name: string) => void;
  /** Aborted when the process ends. */
  signal: AbortSignal;
}

/** Within how much time the work of one moment is spread. */
const phaseMaxMs = 1_000;

/**
 * Repeats a piece of work, never twice at a time, until the process ends. The timer is one of `@nestjs/schedule`,
 * registered there under the name of the work. Made by `BackgroundTasks`.
 */
export class BackgroundTask {
  private underWay: Promise<void> | null = null;
  private next: (() => void) | null = null;
  private begunAtMs = Number.NEGATIVE_INFINITY;
  private isStarted = false;
  private again = false;
  private restMs = 0;

  constructor(
    private readonly work: BackgroundWork,
    private readonly surroundings: TaskSurroundings,
  ) {}

  /** @param phase how much later than others it is done each time, from 0 to 1: of a second, or of a shorter interval */
  start(phase = 0): void {
    const { work, surroundings } = this;
    if (this.isStarted || surroundings.signal.aborted) return;
    this.isStarted = true;
    const laterMs = Math.floor(phase * Math.min(work.everyMs, phaseMaxMs));
    const begin = () => {
      if (performance.now() - this.begunAtMs >= this.restMs) this.begin();
    };
    const beginLater = () => setTimeout(begin, laterMs).unref();
    const timer = inBackground(() => setInterval(laterMs === 0 ? begin : beginLater, work.everyMs));
    timer.unref();
    surroundings.scheduler.addInterval(work.name, timer);
    if (work.atStart) this.poke();
  }

  /** From now on, the work rests for so long after each time, unless it is poked. */
  restFor(ms: number): void {
    this.restMs = ms;
  }

  /** Has the work done as soon as `pokedEveryMs` allows. If it is under way, it is done once more afterwards. */
  poke(): void {
    if (!this.isStarted || this.surroundings.signal.aborted) return;
    if (this.underWay !== null) {
      this.again = true;
      return;
    }
    // A poke usually comes from a request; the work must not count as part of it.
    this.next ??= inBackground(() =>
      soon(this.begunAtMs + (this.work.pokedEveryMs ?? 0) - performance.now(), () => {
        this.next = null;
        this.begin();
      }),
    );
  }

  /** Stops the timer and waits for the work that is under way. Call it after the signal has been aborted. */
  async end(): Promise<void> {
    const { scheduler } = this.surroundings;
    if (scheduler.doesExist('interval', this.work.name)) scheduler.deleteInterval(this.work.name);
    this.next?.();
    await this.underWay;
  }

  private begin(): void {
    if (this.underWay !== null || this.surroundings.signal.aborted) return;
    this.again = false;
    this.begunAtMs = performance.now();
    this.underWay = this.once().finally(() => {
      this.underWay = null;
      if (this.again) this.poke();
    });
  }

  private async once(): Promise<void> {
    const { name, lane = 'background' } = this.work;
    const { signal, faults, failed, logger } = this.surroundings;
    try {
      await inLane(lane, () => this.work.once(signal));
    } catch (error) {
      failed(name);
      faults.report(error, name, logger);
    }
  }
}

/** Calls after a while, or right after what is being done now; the answer takes it back. */
function soon(ms: number, call: () => void): () => void {
  if (ms <= 0) {
    const immediate = setImmediate(call);
    return () => clearImmediate(immediate);
  }
  const timer = setTimeout(call, ms);
  timer.unref();
  return () => clearTimeout(timer);
}
