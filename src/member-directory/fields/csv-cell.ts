import { stringify } from 'csv-stringify/sync';
import type { Language } from '../../errors/sentence.ts';

/** What stands between the cells of a file: a comma, or what spreadsheets expect where the comma is the decimal sign. */
export const csvSeparators = { comma: ',', semicolon: ';' } as const;
export type CsvSeparator = keyof typeof csvSeparators;

/** What spreadsheets of a language put between cells: a semicolon where the comma is the decimal sign. */
export function separatorFor(language: Language): CsvSeparator {
  return language === 'de' ? 'semicolon' : 'comma';
}

/** Stands at the beginning of a file and tells spreadsheets that it is UTF-8. */
export const byteOrderMark = '\ufeff';

/** Between the values of one cell. */
const listSeparator = ';';

/**
 * Where some reader may see the beginning of a formula: at the beginning of a cell, and behind whatever it may take for
 * the end of one, or of a line; blanks, quotes and the apostrophes of guards may stand before the sign. Full-width and small
 * signs count, too, for spreadsheets of East Asia.
 */
const begun = String.raw`(?<=(?:^|[,;|\t\r\n\v\f\u0085\u2028\u2029])(?:[^\S\t]|["“”„‚‘’«»\u200b-\u200f\u2060])*'*)`;
const sign = String.raw`(?=[=+\-@\t＝＋－＠﹦﹢﹣﹫−])`;
const formula = new RegExp(begun + sign, 'gu');
const guard = new RegExp(`${begun}'${sign}`, 'gu');

/**
 * A text as the cell of a CSV file that spreadsheets open: with an apostrophe before what they would run as a formula
 * (OWASP, CSV Injection), whichever separator they go by. Its line ends stay; the quotes around the cell hold them.
 */
export function toCell(text: string): string {
  return text.replace(formula, "'");
}

/** The text of a cell that `toCell` made. */
export function fromCell(cell: string): string {
  return cell.replace(guard, '');
}

/**
 * Several values as the text of one cell, with semicolons between. A value that holds a semicolon or a quote stands in
 * quotes, its own doubled, as a cell does in its file.
 */
export function listText(values: readonly string[]): string {
  const isPlain = (value: string) => value !== '' && value === value.trim() && !/[;"]/u.test(value);
  return values
    .map((value) => (isPlain(value) ? value : `"${value.replaceAll('"', '""')}"`))
    .join(listSeparator);
}

/** The values of a text that `listText` made, or somebody by hand: a quote that does not close is one like any other. */
export function listOf(text: string): string[] {
  const parts = text.matchAll(/(?<=^|;)(?:\s*"((?:[^"]|"")*)"\s*(?=;|$)|([^;]*))/gu);
  return [...parts].map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain.trim());
}

/** Rows of a CSV file (RFC 4180), every cell in quotes. */
export function toCsv(records: readonly (readonly string[])[], separator: CsvSeparator): string {
  return stringify(
    records.map((record) => record.map(toCell)),
    { quoted: true, delimiter: csvSeparators[separator], record_delimiter: '\r\n' },
  );
}
