const dateTime = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads an xsd:dateTime (RFC 7643 §2.3.5). Offsets and missing seconds or fractions are fine. A text without
 * offset is UTC. Digits beyond milliseconds are cut off.
 * @returns milliseconds since 1970, or null when the text is not a dateTime
 */
export function parseDateTime(text: string): number | null {
  const match = dateTime.exec(text);
  if (match === null) return null;
  const zone = match[3] ?? 'Z';
  const local = text.slice(0, match[3] === undefined ? text.length : -match[3].length);
  const padded = match[1] === undefined ? `${local}:00` : local;
  const offset = /^[zZ]$/.test(zone) ? 'Z' : zone.replace(/^(...):?(..)$/, '$1:$2');
  const milliseconds = Date.parse(padded.replace(/[t ]/, 'T').replace(/(\.\d{3})\d+$/, '$1') + offset);
  return Number.isNaN(milliseconds) || !isCalendarDate(local) ? null : milliseconds;
}

/** `Date.parse` turns 30 February into 2 March. */
function isCalendarDate(text: string): boolean {
  const [year, month, day] = text.slice(0, 10).split('-').map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, day));
  return year !== undefined && year > 0 && date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
}
