import { isExact } from './coerce-simple.ts';
import { valueDepthMax } from './limits.ts';
import { readingNote, type ReadingNote } from './reading-note.ts';
import { isObject } from './resource.ts';
import { isStorable } from './storable-text.ts';

/**
 * Why a value that no schema describes cannot be kept as sent: it holds text that cannot be stored or a
 * number of which digits are lost, or is nested too deeply.
 * @param where the attribute's path, for the note
 * @returns null for a value that can be kept
 */
export function faultOfUnknownValue(value: unknown, where: string, depth = 1): ReadingNote | null {
  if (depth > valueDepthMax) return readingNote(where, 'too-deep', { levelsMax: valueDepthMax });
  if (typeof value === 'string') return faultOfText(value, where);
  if (typeof value === 'number') return isExact(value) ? null : readingNote(where, 'inexact-number');
  if (Array.isArray(value)) {
    for (const element of value) {
      const fault = faultOfUnknownValue(element, where, depth + 1);
      if (fault !== null) return fault;
    }
  } else if (isObject(value)) {
    for (const [key, part] of Object.entries(value)) {
      const fault = faultOfText(key, where) ?? faultOfUnknownValue(part, where, depth + 1);
      if (fault !== null) return fault;
    }
  }
  return null;
}

function faultOfText(text: string, where: string): ReadingNote | null {
  return isStorable(text) ? null : readingNote(where, 'unstorable-text');
}
