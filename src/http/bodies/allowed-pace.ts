/**
 * Says of several holders, such as workspaces, how far their work is ahead of the pace at which it may go on. A holder that
 * did nothing for a while has nothing saved.
 */
export class AllowedPace {
  private readonly perSecondMax: number;
  private readonly holdersMax: number;
  /** Until when each holder would be busy at its pace, in ms of the process. */
  private readonly busyUntilMs = new Map<string, number>();

  /**
   * @param perSecondMax how much a holder may do in a second
   * @param holdersMax holders that are remembered before those that are not ahead are forgotten
   */
  constructor(perSecondMax: number, holdersMax: number) {
    this.perSecondMax = perSecondMax;
    this.holdersMax = holdersMax;
  }

  /**
   * Notes work of a holder.
   *
   * @returns for how long the holder would be busy with this and with all before, in ms
   */
  note(holder: string, amount: number): number {
    const now = performance.now();
    const from = Math.max(now, this.busyUntilMs.get(holder) ?? 0);
    const until = from + (amount / this.perSecondMax) * 1000;
    if (until > now) this.busyUntilMs.set(holder, until);
    else this.busyUntilMs.delete(holder);
    if (this.busyUntilMs.size > this.holdersMax) this.forget(now);
    return until - now;
  }

  private forget(now: number): void {
    for (const [holder, until] of this.busyUntilMs) if (until <= now) this.busyUntilMs.delete(holder);
  }
}
