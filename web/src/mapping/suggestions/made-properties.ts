import type { Rule } from '../../api/shapes.ts';

/** A property that was made because a suggestion was accepted. */
export interface MadeProperty {
  id: string;
  key: string;
  name: string;
}

/** Those that none of these rules fills. */
export function unfilled(made: readonly MadeProperty[], rules: readonly Rule[]): MadeProperty[] {
  const filled = new Set(rules.map(({ target }) => target.property));
  return made.filter(({ key }) => !filled.has(key));
}

/** Their names, for a sentence. */
export function namesOf(made: readonly MadeProperty[]): string {
  return made.map(({ name }) => `“${name}”`).join(', ');
}
