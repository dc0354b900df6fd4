import { patchComparisonsMax } from '../limits.ts';
import { isObject } from '../resource.ts';
import { ScimError } from '../scim-error.ts';

const charactersPerComparison = 64;

/** Counts the cost of searching through a resource's values, so that no PATCH takes seconds. */
export class PatchBudget {
  private left = patchComparisonsMax;

  /**
   * Pays for looking at every element `times` times.
   * @throws ScimError 413 when the whole PATCH searches too much
   */
  spend(elements: readonly unknown[], times: number): void {
    let cost = elements.length;
    for (const element of elements) cost += Math.floor(sizeOf(element) / charactersPerComparison);
    this.left -= cost * times;
    if (this.left < 0) {
      throw ScimError.payloadTooLarge(
        'The PATCH searches through too many values: send it in several requests.',
      );
    }
  }
}

/** Characters in an element's own texts. */
function sizeOf(element: unknown): number {
  if (typeof element === 'string') return element.length;
  if (!isObject(element)) return 0;
  let size = 0;
  for (const key of Object.keys(element)) {
    const value = element[key];
    if (typeof value === 'string') size += value.length;
  }
  return size;
}
