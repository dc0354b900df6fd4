/**
 * Whether PostgreSQL can store a text: no U+0000, no lone surrogate. Any other text is refused with a
 * 400 at the edge; otherwise the database would cause a 500.
 */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000');
}
