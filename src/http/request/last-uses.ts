import { type Logger } from '@nestjs/common';
import { inLane } from '../../database/lanes/task.ts';
import type { PassingFaultLog } from '../../errors/passing-fault-log.ts';
import { minutes } from '../../errors/duration.ts';

const lastUsedAccuracyMs = minutes(1);

/** What knows when it was last used, as far as it was written. */
export interface Used {
  lastUsedAt: Date | null;
}

/** Writes when credentials were last used: at most once a minute, and not in the way of a request. */
export class LastUses {
  private readonly writes = new Set<Promise<void>>();

  constructor(
    private readonly what: string,
    private readonly faults: PassingFaultLog,
    private readonly logger: Logger,
  ) {}

  /**
   * Notes a use now. The answer to the request neither waits for the write nor fails with it.
   *
   * @param about the ids that a report of a failed write names
   * @param write writes `now`, unless a later moment is stored already
   */
  note(used: Used, now: Date, about: Record<string, string>, write: () => Promise<unknown>): void {
    const sinceUse = used.lastUsedAt === null ? Infinity : now.getTime() - used.lastUsedAt.getTime();
    if (sinceUse < lastUsedAccuracyMs) return;
    used.lastUsedAt = now;
    const written = inLane('background', write)
      .then(
        () => undefined,
        (error: unknown) =>
          this.faults.report(error, `Writing last_used_at of ${this.what}`, this.logger, about),
      )
      .finally(() => this.writes.delete(written));
    this.writes.add(written);
  }

  /** Waits for the writes that are under way. */
  async settled(): Promise<void> {
    await Promise.all(this.writes);
  }
}
