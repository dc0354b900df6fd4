import { randomBytes } from 'node:crypto';

/**
 * The database refuses to write what was decided about a person.
 *
 * @property reference leads the vendor to the cause in the log
 * @property keepsLink not even the conflict can be written to the link
 */
export interface Refusal {
  reference: string;
  keepsLink: boolean;
}

const referenceLengthBytes = 5;

/** A code that the log has next to the cause, and that is all an admin sees of the cause. */
export function newReference(): string {
  return randomBytes(referenceLengthBytes).toString('hex').toUpperCase();
}

/**
 * Finds the people whose writes the database refuses, by trying: a batch that fails is halved until few enough are left,
 * and then one after the other is made a conflict until the rest can be written.
 */
export class Refusals {
  /** By the id of the directory user. */
  readonly byPerson = new Map<string, Refusal>();
  /** People that nothing at all can be written about: they stay in the queue as they are. */
  readonly leftOut = new Set<string>();
  private group = '';
  private tries = 0;

  /**
   * Makes the next guess. The first one is right for a single person; others are only in the batch to exchange an
   * address with that person.
   *
   * @param people everybody in the batch that failed, beginning with the most likely cause
   */
  blame(people: readonly string[], reference: string): void {
    const group = people.join();
    this.tries = group === this.group ? this.tries + 1 : 0;
    this.group = group;
    for (const id of people) this.byPerson.delete(id);
    const alone = people.length > 1 ? people.length : 0;
    const only = this.tries < alone ? people[this.tries] : undefined;
    const blamed = only === undefined ? people : [only];
    if (this.tries > alone + 1) for (const id of people) this.leftOut.add(id);
    else {
      const keepsLink = this.tries > alone;
      for (const id of blamed) this.byPerson.set(id, { reference, keepsLink });
    }
  }
}
