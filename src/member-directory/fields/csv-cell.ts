import { stringify } from 'csv-stringify/sync';

/** What stands between the cells of a file: a comma, or what spreadsheets expect where the comma is the decimal sign. */
export const csvSeparators = { comma: ',', semicolon: ';' } as const;
export type CsvSeparator = keyof typeof csvSeparators;

/** What some reader takes for the end of a line. */
const lineEnds = /\r\n|[\r\n\v\f\u0085\u2028\u2029]/gu;

/**
 * Where some reader may see the beginning of a formula: at the beginning of a cell, and behind whatever it may take for
 * the end of one; blanks, quotes and the apostrophes of guards may stand before the sign. Full-width and small signs
 * count, too, for spreadsheets of East Asia.
 */
const begun = String.raw`(?<=(?:^|[,;|\t])(?:[^\S\t]|["“”„‚‘’«»\u200b-\u200f\u2060])*'*)`;
const sign = String.raw`(?=[=+\-@\t＝＋－＠﹦﹢﹣﹫−])`;
const formula = new RegExp(begun + sign, 'gu');
const guard = new RegExp(`${begun}'${sign}`, 'gu');

/**
 * A text as the cell of a CSV file that spreadsheets open: on one line, and with an apostrophe before what they would run
 * as a formula (OWASP, CSV Injection), whichever separator they go by.
 */
export function toCell(text: string): string {
  return text.replace(lineEnds, ' ').replace(formula, "'");
}

/** The text of a cell that `toCell` made, but for its line ends. */
export function fromCell(cell: string): string {
  return cell.replace(guard, '');
}

/** Rows of a CSV file (RFC 4180), every cell in quotes. */
export function toCsv(records: readonly (readonly string[])[], separator: CsvSeparator): string {
  return stringify(
    records.map((record) => record.map(toCell)),
    { quoted: true, delimiter: csvSeparators[separator], record_delimiter: '\r\n' },
  );
}
