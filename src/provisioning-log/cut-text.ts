import { cutMark } from './redact.ts';

/**
 * A text of a request in a form that can be stored: without characters that PostgreSQL refuses, and within the limit,
 * the cut mark included.
 */
export function cutText(text: string, lengthMaxChars: number): string {
  const storable = text.replaceAll('\0', '').toWellFormed();
  if (storable.length <= lengthMaxChars) return storable;
  return storable.slice(0, lengthMaxChars - cutMark.length).toWellFormed() + cutMark;
}
