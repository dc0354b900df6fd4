/**
 * Whether PostgreSQL can store a text: no U+0000, no lone surrogate. What fails this is refused with a 400
 * at the edge, where it would otherwise be a 500 from the database.
 */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000');
}
