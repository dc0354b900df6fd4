import { foldCase } from './fold.ts';
import { cleanLine } from './visible-text.ts';

/**
 * What somebody typed or pasted into a search, as names are kept and compared: without what cannot be seen, in one case. A
 * sigma is written in another way at the end of a word, which folding does not undo, so that there may be several forms.
 *
 * @returns every form in which a key may hold it; none for a search of nothing
 */
export function searchForms(text: string): string[] {
  const folded = foldCase(cleanLine(text));
  if (folded === '') return [];
  if (!/[σς]/u.test(folded)) return [folded];
  const plain = folded.replaceAll('ς', 'σ');
  return [...new Set([folded, plain, plain.replaceAll(/(?<=\p{L})σ(?!\p{L})/gu, 'ς')])];
}
