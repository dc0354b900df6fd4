import { Readable } from 'node:stream';
import { CsvError, parse as parser } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { Turns } from '../../database/turns.ts';
import { codedFault, type InputFault } from '../../errors/domain-errors.ts';
import { CsvLines } from './csv-lines.ts';

/** What may stand between the cells of a file. */
export const readSeparators = { comma: ',', semicolon: ';', tab: '\t' } as const;
export type ReadSeparator = keyof typeof readSeparators;

/**
 * One row of a file.
 *
 * @property line the line it begins on, from 1
 * @property isTorn its quotes do not match: only the cells that {@link isUnread} does not name are what was meant
 */
export interface CsvRecord {
  line: number;
  cells: string[];
  isTorn: boolean;
}

/**
 * The rows of a file.
 *
 * @property faults places whose quotes do not match
 * @property unread the text of the rows that could not be read whole, or were not because there are too many
 */
export interface CsvRecords {
  records: CsvRecord[];
  faults: InputFault[];
  unread: string;
}

/** Bytes that are parsed at once. */
const pieceSizeBytes = 32 * 1024;

/**
 * Takes a CSV file apart (RFC 4180). Behind a row whose quotes do not match it goes on with the next line, so that one
 * fault hides no other. The process is left to others now and then.
 *
 * @param recordsMax it stops behind so many rows
 */
export async function readRecords(
  text: string,
  separator: ReadSeparator,
  recordsMax: number,
): Promise<CsvRecords> {
  const bytes = Buffer.from(text.replace(/^\ufeff/u, ''));
  const lines = new CsvLines(bytes);
  const turns = new Turns();
  const records: CsvRecord[] = [];
  const faults: InputFault[] = [];
  const torn: string[] = [];
  while (!lines.atEnd && records.length < recordsMax) {
    const error = await readSound(bytes, lines, { separator, turns, records, recordsMax });
    if (error === null) break;
    const line = lines.skipBlank();
    const lineText = lines.next();
    faults.push(faultAt(line, error));
    torn.push(lineText);
    records.push({ line, cells: looseCells(lineText, separator), isTorn: true });
  }
  return { records, faults, unread: [...torn, lines.rest()].join('\n') };
}

/** Whether what a cell of a torn row says is unknown. */
export function isUnread({ cells, isTorn }: CsvRecord, column: number): boolean {
  return isTorn && (cells[column] ?? '"').includes('"');
}

class EnoughRecords extends Error {}

/**
 * Adds records up to the first that is not well-formed.
 *
 * @returns what is wrong with that one; null at the end of the file
 */
async function readSound(
  bytes: Buffer,
  lines: CsvLines,
  {
    separator,
    turns,
    records,
    recordsMax,
  }: { separator: ReadSeparator; turns: Turns; records: CsvRecord[]; recordsMax: number },
): Promise<CsvError | null> {
  const from = lines.place;
  const add = (cells: string[], info: { bytes: number }): null => {
    if (records.length >= recordsMax) throw new EnoughRecords();
    const end = from + info.bytes;
    const line = lines.skipBlank(end);
    lines.goTo(end);
    if (isFilled(line, cells)) records.push({ line, cells, isTorn: false });
    return null;
  };
  const options = { ...optionsFor(separator), on_record: add };
  try {
    // Records are taken as they are found: a stream that fails loses those that nobody has read yet.
    const nothing = Readable.from(piecesOf(bytes.subarray(from), turns)).compose(parser(options));
    for await (const _record of nothing);
    lines.goTo(bytes.length);
    return null;
  } catch (error) {
    if (error instanceof EnoughRecords) return null;
    if (error instanceof CsvError) return error;
    throw error;
  }
}

function optionsFor(separator: ReadSeparator) {
  return {
    delimiter: readSeparators[separator],
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  };
}

async function* piecesOf(bytes: Buffer, turns: Turns): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceSizeBytes) {
    yield bytes.subarray(at, at + pieceSizeBytes);
    await turns.next();
  }
}

/** Whether a record says anything: not a line of separators alone, nor the one that names the separator. */
function isFilled(line: number, cells: readonly string[]): boolean {
  if (line === 1 && /^sep=.?$/iu.test(cells[0] ?? '')) return false;
  return cells.some((cell) => cell !== '');
}

function faultAt(line: number, { code, message }: CsvError): InputFault {
  const isQuote = code.includes('QUOTE');
  return isQuote
    ? codedFault(`line ${line}`, 'bad-quotes', 'has quotation marks that do not match')
    : codedFault(`line ${line}`, 'unreadable-csv', message);
}

/**
 * The cells of a line whose quotes do not match. A quote that never closes leaves open where the cells behind it begin, so
 * they are left out; any other is a part of its cell.
 */
function looseCells(line: string, separator: ReadSeparator): string[] {
  try {
    const options = { ...optionsFor(separator), relax_quotes: true, trim: false, ltrim: true };
    const records: string[][] = parse(line, options);
    const [cells = []] = records;
    return cells.map((cell) => cell.trim());
  } catch {
    const cells = line.split(readSeparators[separator]).map((cell) => cell.trim());
    return cells.slice(0, cells.findIndex((cell) => cell.includes('"')) + 1);
  }
}
