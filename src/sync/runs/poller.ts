import { inBackground } from '../../database/background.ts';
import type { LaneName } from '../../database/lanes/lane.ts';
import { inLane } from '../../database/lanes/task.ts';

/** Repeats a piece of work with a pause in between, never twice at a time, until it is stopped. */
export class Poller {
  private readonly lane: LaneName;
  private readonly work: () => Promise<void>;
  private readonly intervalMs: number;
  private readonly onError: (error: unknown) => void;
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = true;

  /**
   * @param lane where the work asks its statements, also when a request had it begin
   * @param intervalMs pause between two times
   * @param onError told when the work throws; it is repeated all the same
   */
  constructor(
    lane: LaneName,
    work: () => Promise<void>,
    intervalMs: number,
    onError: (error: unknown) => void,
  ) {
    this.lane = lane;
    this.work = work;
    this.intervalMs = intervalMs;
    this.onError = onError;
  }

  start(): void {
    this.stopped = false;
    this.schedule(0);
  }

  /** Does the work at once; when it is being done, once more afterwards. */
  poke(): void {
    if (this.stopped) return;
    if (this.running !== null) this.again = true;
    else this.schedule(0);
  }

  /** Stops, and waits for work that is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    await this.running;
  }

  private schedule(delayMs: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    // A poke comes from a request as a rule, whose workspace the work must not be taken for.
    this.timer = inBackground(() =>
      setTimeout(() => {
        this.timer = null;
        this.running = this.once();
      }, delayMs),
    );
    this.timer.unref();
  }

  private async once(): Promise<void> {
    this.again = false;
    try {
      await inLane(this.lane, this.work);
    } catch (error) {
      this.onError(error);
    }
    this.running = null;
    if (!this.stopped) this.schedule(this.again ? 0 : this.intervalMs);
  }
}
