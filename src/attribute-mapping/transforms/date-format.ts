import type { Wording } from '../../errors/sentence.ts';
import { ruleFault } from '../rule/rule-faults.ts';

/** Reads a day as it is written in one format; null when the text is written otherwise or names no day. */
export type ReadDay = (text: string) => string | null;

const partPatterns = new Map([
  ['YYYY', '(?<year>[0-9]{4})'],
  ['MM', '(?<month>[0-9]{2})'],
  ['DD', '(?<day>[0-9]{2})'],
  ['M', '(?<month>[0-9]{1,2})'],
  ['D', '(?<day>[0-9]{1,2})'],
]);

/**
 * Makes a reader of a format such as `DD.MM.YYYY` or `M/D/YYYY`; a time of day after it is left out.
 *
 * @returns the reader of days as `YYYY-MM-DD`, or what is wrong with the format
 */
export function compileDateFormat(format: string): { read: ReadDay } | { fault: Wording } {
  const parts: string[] = [];
  const pattern = format.trim().replace(/YYYY|MM|DD|M|D|[^]/gu, (piece) => {
    const part = partPatterns.get(piece);
    if (part === undefined) return piece.replace(/[.*+?^${}()|[\]\\/-]/gu, '\\$&');
    parts.push(piece.charAt(0));
    return part;
  });
  if (parts.toSorted().join('') !== 'DMY') {
    return { fault: ruleFault('bad-date-format') };
  }
  // Every part has a bounded length, so that this costs constant time whatever the text.
  const expression = new RegExp(`^${pattern}(?:$|[T ])`, 'u');
  return { read: (text) => readDay(expression, text.trim()) };
}

function readDay(expression: RegExp, text: string): string | null {
  const groups = expression.exec(text)?.groups;
  if (groups === undefined) return null;
  const { year = '', month = '', day = '' } = groups;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const parsed = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(written) ? written : null;
}
