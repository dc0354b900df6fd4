/**
 * The cost of mapping is counted in units of work, about ten nanoseconds of an ordinary processor each, never in time.
 * The same person with the same rules costs the same in a preview and in a run, on an idle machine and on a busy one, so
 * both give the same result.
 */

/** Work that the rules of one person share, in units: about 5 ms. Ordinary rules need a few thousand. */
export const workPerPersonMaxUnits = 500_000;

/** Work that every rule may do even when others have used up the shared budget, in units: ordinary rules need less. */
export const workPerRuleUnits = 5_000;

/** A rule would do more work than there is left. */
export class TooCostlyError extends Error {
  constructor() {
    super('This rule would do more work than one person may cost.');
  }
}

/** Counts the work that the rules do for one person. */
export class Work {
  /** Work done so far, in units. */
  spentUnits = 0;
  private sharedUnits = workPerPersonMaxUnits;
  private ownUnits = 0;

  /** Begins the next rule, with an allowance of its own. */
  beginRule(): void {
    this.ownUnits = workPerRuleUnits;
  }

  /**
   * Charges for work before it is done.
   *
   * @throws TooCostlyError when there is not that much left: the work must not be done then
   */
  spend(units: number): void {
    if (units <= this.ownUnits) {
      this.ownUnits -= units;
      this.spentUnits += units;
      return;
    }
    const shared = units - this.ownUnits;
    if (shared > this.sharedUnits) throw new TooCostlyError();
    this.sharedUnits -= shared;
    this.ownUnits = 0;
    this.spentUnits += units;
  }
}

/** The cost of looking at one value. */
export const unitsPerValue = 3;

/** The total length of the texts among these values, in UTF-16 units; other values count as short. */
export function lengthOf(values: readonly unknown[]): number {
  let chars = 0;
  for (const value of values) chars += typeof value === 'string' ? value.length : unitsPerValue;
  return chars;
}

/** How much of an element a filter has to read: its texts, and the number of its parts. */
export function sizeOf(element: unknown): number {
  if (typeof element === 'string') return unitsPerValue + element.length;
  if (typeof element !== 'object' || element === null) return unitsPerValue;
  let size = unitsPerValue;
  for (const part of Object.values(element)) size += sizeOf(part);
  return size;
}
