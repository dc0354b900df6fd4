import { foldCase } from './fold.ts';

/**
 * The keys of an object that is being filled, found in any case. If a name has two spellings, the first one is the key.
 * Searching the object for each name instead would take quadratic time.
 */
export class KeysIgnoringCase {
  private readonly byFolded = new Map<string, string>();

  /** @param object whose keys are known from the start */
  constructor(object: Record<string, unknown>) {
    for (const key of Object.keys(object)) this.keyOf(key);
  }

  /** The key for a name. A name that has none yet becomes it. */
  keyOf(name: string): string {
    const folded = foldCase(name);
    const known = this.byFolded.get(folded);
    if (known !== undefined) return known;
    this.byFolded.set(folded, name);
    return name;
  }
}
