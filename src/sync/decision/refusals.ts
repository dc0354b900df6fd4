import { randomBytes } from 'node:crypto';

/**
 * That the database refuses to write what was decided about a person.
 *
 * @property reference by which the vendor finds the cause in the log
 * @property keepsLink not even the conflict can be noted in the link
 */
export interface Refusal {
  reference: string;
  keepsLink: boolean;
}

const referenceLengthBytes = 5;

/** A code that stands in the log beside the cause, and is all of the cause that an admin is told. */
export function newReference(): string {
  return randomBytes(referenceLengthBytes).toString('hex').toUpperCase();
}

/**
 * Whose writes were refused, found out by trying: a batch that fails is halved until few enough are left, and then one of
 * them after the other is made a conflict until the rest can be written.
 */
export class Refusals {
  /** By the id of the directory user. */
  readonly byPerson = new Map<string, Refusal>();
  /** People about whom nothing at all can be written: they stay in the queue as they are. */
  readonly leftOut = new Set<string>();
  private group = '';
  private tries = 0;

  /**
   * Takes the next guess. The first is right where there is one person; somebody else is there only to exchange an
   * address with that one.
   *
   * @param people everybody in the batch that failed, the one whom it is about first
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
