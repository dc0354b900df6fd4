import type { Logger } from '@nestjs/common';
import { UnavailableError } from '../errors/domain-errors.ts';
import { knownErrorOf } from '../errors/known-error.ts';
import { minutes, seconds } from '../errors/duration.ts';
import type { Clock } from './clock.ts';

const pauseFirstMs = seconds(5);
const pauseMaxMs = minutes(5);
/** How many failing workspaces are remembered; beyond it the longest known is tried again at once. */
const rememberedMax = 10_000;

/**
 * Turns of work that is done for one workspace after another. What fails for one is logged with its id and does not keep
 * the others from theirs; it is tried again after a pause that doubles, so that it does not spin.
 */
export class WorkspaceTurns {
  private readonly logger: Logger;
  private readonly clock: Clock;
  private readonly what: string;
  private readonly failing = new Map<string, { pauseMs: number; until: Date }>();

  /** @param what could not be done: what the log says of a failure */
  constructor(logger: Logger, clock: Clock, what: string) {
    this.logger = logger;
    this.clock = clock;
    this.what = what;
  }

  /** The workspaces that are not to be tried now. */
  pausing(): string[] {
    const now = this.clock.now();
    return [...this.failing].filter(([, { until }]) => until > now).map(([id]) => id);
  }

  /**
   * Does the work of one workspace. That it is its turn is for the caller to know, who asks for `pausing`.
   *
   * @throws UnavailableError's cause alone: when the database is away, no other workspace has a better chance
   */
  async take(workspaceId: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      this.failing.delete(workspaceId);
    } catch (error) {
      if (knownErrorOf(error) instanceof UnavailableError) throw error;
      this.pause(workspaceId);
      this.logger.error({ err: error, workspace: workspaceId }, this.what);
    }
  }

  private pause(workspaceId: string): void {
    const before = this.failing.get(workspaceId);
    const pauseMs = Math.min(before === undefined ? pauseFirstMs : before.pauseMs * 2, pauseMaxMs);
    this.failing.delete(workspaceId);
    this.failing.set(workspaceId, { pauseMs, until: new Date(this.clock.now().getTime() + pauseMs) });
    const [longest] = this.failing.keys();
    if (this.failing.size > rememberedMax && longest !== undefined) this.failing.delete(longest);
  }
}
