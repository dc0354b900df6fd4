import type { Logger } from '@nestjs/common';
import { UnavailableError } from '../errors/domain-errors.ts';
import { knownErrorOf } from '../errors/known-error.ts';
import { minutes, seconds } from '../errors/duration.ts';
import type { Clock } from './clock.ts';

const pauseFirstMs = seconds(5);
const pauseMaxMs = minutes(5);
/** How many failing workspaces are remembered; beyond that, the oldest is forgotten and tried again at once. */
const rememberedMax = 10_000;

/**
 * Work that is done for one workspace after another. When it fails for one, the failure is logged with the id of the
 * workspace and the others go on. That workspace is tried again after a pause, which doubles each time.
 */
export class WorkspaceTurns {
  private readonly logger: Logger;
  private readonly clock: Clock;
  private readonly what: string;
  private readonly failing = new Map<string, { pauseMs: number; until: Date }>();

  /** @param what what the log says when the work fails */
  constructor(logger: Logger, clock: Clock, what: string) {
    this.logger = logger;
    this.clock = clock;
    this.what = what;
  }

  /** The workspaces that must not be tried now. */
  pausing(): string[] {
    const now = this.clock.now();
    return [...this.failing].filter(([, { until }]) => until > now).map(([id]) => id);
  }

  /**
   * Does the work of one workspace. The caller leaves out those that are `pausing`.
   *
   * @throws only when the database is away: no other workspace has a better chance then
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
