import { parseDateTime } from './date-time.ts';
import { type NoteCode, readingNote, type ReadingNote } from './reading-note.ts';
import type { Attribute } from './schema.ts';
import { isStorable } from './storable-text.ts';

/** A value of a simple attribute, or why the sent value is not one. */
export type SimpleValue = { readonly value: string | number | boolean } | { readonly note: ReadingNote };

/**
 * Turns a sent value into the value of a simple attribute (RFC 7643 §2.3). Numbers and booleans become text where text
 * is wanted, because spreadsheets and mappings send employee numbers and postal codes this way. "True" and "False" are
 * booleans.
 * @param where the attribute's path, for the note
 */
export function coerceSimple(attribute: Attribute, value: unknown, where: string): SimpleValue {
  switch (attribute.type) {
    case 'boolean':
      return coerceBoolean(value, where);
    case 'integer':
    case 'decimal':
      return coerceNumber(attribute, value, where);
    case 'string':
    case 'reference':
    case 'binary':
    case 'dateTime':
    case 'complex':
      return coerceText(attribute, value, where);
  }
}

function coerceText(attribute: Attribute, value: unknown, where: string): SimpleValue {
  if (typeof value === 'boolean') return { value: String(value) };
  if (typeof value === 'number') {
    return isExact(value) ? { value: String(value) } : fault(where, 'inexact-number');
  }
  if (typeof value !== 'string') return fault(where, 'not-text');
  if (!isStorable(value)) return fault(where, 'unstorable-text');
  if (attribute.type === 'dateTime' && parseDateTime(value) === null) return fault(where, 'not-a-date');
  return { value };
}

/** Whether JSON's parser has read the number that was meant: of a longer one it loses digits. */
export function isExact(number: number): boolean {
  return Number.isInteger(number) ? Number.isSafeInteger(number) : Number.isFinite(number);
}

/** Entra's default mapping sends "True" and "False". */
function coerceBoolean(value: unknown, where: string): SimpleValue {
  if (typeof value === 'boolean') return { value };
  const folded = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (folded === 'true') return { value: true };
  if (folded === 'false') return { value: false };
  return fault(where, 'not-true-or-false');
}

function coerceNumber(attribute: Attribute, value: unknown, where: string): SimpleValue {
  const isOne = typeof value === 'number' && (attribute.type === 'decimal' || Number.isInteger(value));
  if (!isOne) return fault(where, 'not-a-number');
  return isExact(value) ? { value } : fault(where, 'inexact-number');
}

function fault(where: string, code: NoteCode): SimpleValue {
  return { note: readingNote(where, code) };
}
