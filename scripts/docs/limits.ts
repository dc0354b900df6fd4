import { Constants } from './constants.ts';
import { limitRows } from './limit-rows.ts';
import { table } from './markdown.ts';

/** `{filterTermsMax}`, or `{valuesMax@attribute-mapping}` for a name that several rooms use. */
const placeholder = /\{([\w.]+)(?:@([\w/-]+))?\}/g;

/** The table of limits: words by hand, numbers from the named constants of the source. */
export async function limitsSection(): Promise<string> {
  const constants = new Constants();
  const rows = [];
  for (const [what, limit, beyond] of limitRows) {
    rows.push([what, await filled(limit, constants), await filled(beyond, constants)]);
  }
  return table(['What', 'Limit', 'Beyond it'], rows);
}

async function filled(text: string, constants: Constants): Promise<string> {
  let result = text;
  for (const [mark, name = '', room] of text.matchAll(placeholder)) {
    result = result.replace(mark, amount(name, await constants.value(name, room)));
  }
  return result;
}

/** A number as people write it; the unit is the end of the constant's name. */
export function amount(name: string, value: number): string {
  if (/Ms$/.test(name)) return duration(value);
  if (/Seconds$/.test(name)) return duration(value * 1000);
  if (/Minutes$/.test(name)) return counted(value, 'minute');
  if (/Hours$/.test(name)) return counted(value, 'hour');
  if (/Days$/.test(name)) return counted(value, 'day');
  if (/Bytes$/.test(name)) return size(value);
  if (/Chars$/.test(name)) return `${grouped(value)} characters`;
  return grouped(value);
}

function duration(ms: number): string {
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
    ['second', 1000],
  ] as const;
  const [unit, length] = units.find(([, each]) => ms >= each && ms % each === 0) ?? ['ms', 1];
  if (unit === 'ms') return `${grouped(ms)} ms`;
  return unit === 'day' && ms === length ? '24 hours' : counted(ms / length, unit);
}

function size(bytes: number): string {
  const [unit, length] = bytes % 1_048_576 === 0 ? ['MB', 1_048_576] : ['KB', 1024];
  return bytes % Number(length) === 0
    ? `${grouped(bytes / Number(length))} ${unit}`
    : `${grouped(bytes)} bytes`;
}

const grouped = (value: number) => value.toLocaleString('en');
const counted = (value: number, unit: string) => `${grouped(value)} ${unit}${value === 1 ? '' : 's'}`;
