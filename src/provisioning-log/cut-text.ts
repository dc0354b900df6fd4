import { cutMark } from './redact.ts';

/**
 * A text of a request as it may be stored: without what PostgreSQL refuses, and not longer than the limit, the mark
 * that says so included.
 */
export function cutText(text: string, lengthMaxChars: number): string {
  const storable = text.replaceAll('\0', '').toWellFormed();
  if (storable.length <= lengthMaxChars) return storable;
  return storable.slice(0, lengthMaxChars - cutMark.length).toWellFormed() + cutMark;
}
