import { foldCase } from '../../scim-core/fold.ts';

/** Longest pattern for names of groups, in UTF-16 units. */
export const groupPatternLengthMaxChars = 256;

/** A test for the name of a group, folded; `pieces` is how many pieces of the pattern it may look for in it. */
export interface GroupTest {
  matches: (folded: string) => boolean;
  pieces: number;
}

/**
 * Makes a test for names of groups. `*` stands for any text; everything else matches itself in any case. Each piece of
 * the pattern costs time linear in the name.
 */
export function compileGroupPattern(pattern: string): GroupTest {
  const pieces = foldCase(pattern.trim()).split('*');
  const first = pieces[0] ?? '';
  if (pieces.length === 1) return { matches: (folded) => folded === first, pieces: 1 };
  const last = pieces.at(-1) ?? '';
  const middle = pieces.slice(1, -1).filter((piece) => piece !== '');
  const matches = (text: string): boolean => {
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const piece of middle) {
      const found = text.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return text.length - last.length >= at;
  };
  return { matches, pieces: pieces.length };
}

/** The same pattern as PostgreSQL's LIKE reads it, for names folded by `scim_fold`. */
export function groupPatternToLike(pattern: string): string {
  return foldCase(pattern)
    .replace(/[\\%_]/gu, '\\$&')
    .replaceAll('*', '%');
}
