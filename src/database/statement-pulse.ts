/** For so long nothing may come back from the database before the process counts as stuck. */
export const pulseLostAfterMs = 60_000;

/**
 * When a statement or a connection last came to an end, be it with an error, and whether one has been given up since
 * because nothing came. A server that refuses is away, which no restart of this process mends; one that never answers
 * may be this process's own fault.
 */
export class StatementPulse {
  private readonly lostAfterMs: number;
  private readonly now: () => number;
  private beatAtMs: number;
  private missedSinceBeat = 0;

  constructor(lostAfterMs = pulseLostAfterMs, now: () => number = () => performance.now()) {
    this.lostAfterMs = lostAfterMs;
    this.now = now;
    this.beatAtMs = now();
  }

  /** Something came back. */
  beat(): void {
    this.beatAtMs = this.now();
    this.missedSinceBeat = 0;
  }

  /** Something was waited for, and did not come in time. */
  miss(): void {
    this.missedSinceBeat += 1;
  }

  /** Whether statements wait in vain. */
  isLost(): boolean {
    return this.missedSinceBeat > 0 && this.now() - this.beatAtMs > this.lostAfterMs;
  }
}
