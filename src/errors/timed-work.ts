import type { Logger } from '@nestjs/common';
import type { PassingFaultLog } from './passing-fault-log.ts';

/** Work that a timer asks for again and again: once at a time, and never while the process ends, which waits for it. */
export class TimedWork {
  private underWay: Promise<unknown> | null = null;
  private ends = false;

  /** @param name what the log calls it when it fails: `The nightly tick` */
  constructor(
    private readonly faults: PassingFaultLog,
    private readonly logger: Logger,
    private readonly name: string,
  ) {}

  /** Whether the process ends: work of many steps stops before the next one. */
  get isEnding(): boolean {
    return this.ends;
  }

  /** Does the work, unless it is still being done. A failure is told in the log, and the next time comes. */
  async once(work: () => Promise<unknown>): Promise<void> {
    if (this.underWay !== null || this.ends) return;
    this.underWay = work().catch((error: unknown) => this.faults.report(error, this.name, this.logger));
    await this.underWay;
    this.underWay = null;
  }

  /** Begins nothing any more, and waits for what is being done. */
  async end(): Promise<void> {
    this.ends = true;
    await this.underWay;
  }
}
