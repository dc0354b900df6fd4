/** Bytes of bodies that may be in memory at once, as long as their requests are not answered. */
export const bodiesInFlightMaxBytes = 128 * 1024 * 1024;

/** The same of one workspace: two of the largest bodies. */
export const bodiesOfOneInFlightMaxBytes = 32 * 1024 * 1024;

/** Why there is no more room. */
export type BudgetRefusal = 'all' | 'own';

/**
 * Counts the bytes of the bodies that are being read or worked on. What counts is what arrived: who announces much and
 * sends nothing takes nothing from anybody.
 */
export class BodyBudget {
  private readonly ofHolder = new Map<string, number>();
  private total = 0;

  constructor(
    private readonly maxBytes = bodiesInFlightMaxBytes,
    private readonly ofOneMaxBytes = bodiesOfOneInFlightMaxBytes,
  ) {}

  /**
   * Takes room for bytes that arrived.
   *
   * @param holder whose they are, e.g. the id of a workspace
   * @returns null, or which limit they go beyond; then nothing was taken
   */
  take(holder: string, bytes: number): BudgetRefusal | null {
    const own = (this.ofHolder.get(holder) ?? 0) + bytes;
    if (own > this.ofOneMaxBytes) return 'own';
    if (this.total + bytes > this.maxBytes) return 'all';
    this.ofHolder.set(holder, own);
    this.total += bytes;
    return null;
  }

  /** Gives back what was taken. */
  give(holder: string, bytes: number): void {
    const left = (this.ofHolder.get(holder) ?? 0) - bytes;
    if (left > 0) this.ofHolder.set(holder, left);
    else this.ofHolder.delete(holder);
    this.total -= bytes;
  }
}
