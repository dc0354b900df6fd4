import { inBackground } from '../../database/background.ts';

/** What the operator sets for the screen is felt by every process after this time: less than a second. */
export const screenSettingsKeptMs = 500;

/**
 * A value of the database that everybody asks for, also who has not signed in: it is read at most every
 * {@link screenSettingsKeptMs}, once for all who wait.
 */
export class BrieflyKnown<T> {
  private known: { value: Promise<T>; until: number } | null = null;

  constructor(private readonly read: () => Promise<T>) {}

  /** @throws what reading it throws */
  get(): Promise<T> {
    const now = performance.now();
    if (this.known !== null && now < this.known.until) return this.known.value;
    // It belongs to nobody who asked: one who goes away must not take it from the others.
    const value = inBackground(this.read);
    const known = { value, until: now + screenSettingsKeptMs };
    this.known = known;
    value.catch(() => {
      if (this.known === known) this.known = null;
    });
    return value;
  }

  /** It has been changed by this process. */
  forget(): void {
    this.known = null;
  }
}
