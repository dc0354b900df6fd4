import { Readable } from 'node:stream';
import { CsvError as StreamCsvError, parse as parser } from 'csv-parse';
import { CsvError, parse } from 'csv-parse/sync';
import { Turns } from '../../database/turns.ts';
import { BadInputError, codedFault, type InputFault } from '../../errors/domain-errors.ts';
import { fromCell, listOf } from '../fields/csv-cell.ts';
import { type Column, readHeader } from './csv-columns.ts';
import type { RawMemberInput } from '../members/member-input.ts';
import type { Property } from '../properties/property-row.ts';
import { propertyTypeOf } from '../properties/property-types/registry.ts';

/** Most rows of one file. */
export const importRowsMax = 10_000;

/** Most faults that one answer names. */
export const importFaultsMax = 100;

/** What may stand between the cells of a file. */
export const readSeparators = { comma: ',', semicolon: ';', tab: '\t' } as const;
export type ReadSeparator = keyof typeof readSeparators;

/** One row of a file: the line it begins on (from 1), and what it says; what a cell leaves empty it says nothing of. */
export interface MemberCsvRow {
  line: number;
  values: RawMemberInput;
  id: string | null;
  externalId: string | null;
  managerEmail: string | null;
}

/** What a file says, and what of it could not be read. */
export interface MemberCsv {
  separator: ReadSeparator;
  rows: MemberCsvRow[];
  faults: InputFault[];
  /** Names of columns whose cells have no effect. */
  ignoredColumns: string[];
}

/** How a file is to be read. */
export interface CsvReading {
  properties: readonly Property[];
  /** Whether members may be changed: `id` and `externalId` then find them. */
  updates: boolean;
}

/**
 * Reads a CSV file of members (RFC 4180; also with semicolons or tabs, as spreadsheets of some countries write it, and
 * with `sep=;` before its header). Structure without data is no fault: empty lines and columns, cells that are missing at
 * the end of a row.
 *
 * @returns the rows and every fault, as far as the file can be taken apart
 * @throws BadInputError when the file is no CSV, has no header or too many rows
 */
export function readMemberCsv(text: string, reading: CsvReading): MemberCsv {
  const separator = separatorOf(text);
  return rowsOf(parseRecords(text, separator), separator, reading);
}

/** {@link readMemberCsv} of a file of any size: the process is left to others now and then. */
export async function readLongMemberCsv(text: string, reading: CsvReading): Promise<MemberCsv> {
  const separator = separatorOf(text);
  return rowsOf(await parseInTurns(text, separator), separator, reading);
}

function rowsOf(all: readonly CsvRecord[], separator: ReadSeparator, reading: CsvReading): MemberCsv {
  const [header, ...records] = all;
  if (!header) {
    throw new BadInputError([codedFault('line 1', 'no-header', 'is missing: it must name the columns')]);
  }
  if (records.length > importRowsMax) {
    const message = `The file must have at most ${importRowsMax} rows.`;
    throw new BadInputError([codedFault('', 'too-many-rows', message, { rowsMax: importRowsMax })]);
  }
  const used = new Set(
    records.flatMap(({ cells }) => cells.flatMap((cell, at) => (cell === '' ? [] : [at]))),
  );
  const { columns, faults, ignored } = readHeader(
    header,
    reading.properties,
    (column) => used.has(column),
    reading.updates,
  );
  return {
    separator,
    rows: records.map((record) => readRow(record, columns)),
    faults: [...faults, ...records.flatMap((record) => shapeFaults(record, columns.length))],
    ignoredColumns: ignored,
  };
}

interface CsvRecord {
  line: number;
  cells: string[];
}

/** A record as the parser gives it. */
interface ParsedRecord {
  record: string[];
  info: { lines: number };
}

function optionsFor(separator: ReadSeparator) {
  return {
    bom: true,
    delimiter: readSeparators[separator],
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  };
}

function toRecord({ record, info }: ParsedRecord): CsvRecord {
  return { line: info.lines, cells: record };
}

/** Whether a record says anything: not a line of separators alone, nor the one that names the separator. */
function isFilled({ line, cells }: CsvRecord): boolean {
  if (line === 1 && /^sep=.?$/iu.test(cells[0] ?? '')) return false;
  return cells.some((cell) => cell !== '');
}

function parseRecords(text: string, separator: ReadSeparator): CsvRecord[] {
  try {
    return (parse(text, optionsFor(separator)) as unknown as ParsedRecord[]).map(toRecord).filter(isFilled);
  } catch (error) {
    throw csvFault(error);
  }
}

/** Characters that are parsed at once. */
const pieceLengthChars = 32 * 1024;

/** Beyond the most rows it reads no further. */
async function parseInTurns(text: string, separator: ReadSeparator): Promise<CsvRecord[]> {
  const records: CsvRecord[] = [];
  try {
    for await (const parsed of Readable.from(piecesOf(text)).compose(parser(optionsFor(separator)))) {
      const record = toRecord(parsed as ParsedRecord);
      if (isFilled(record)) records.push(record);
      if (records.length > importRowsMax + 1) break;
    }
  } catch (error) {
    throw csvFault(error);
  }
  return records;
}

async function* piecesOf(text: string): AsyncGenerator<string> {
  const turns = new Turns();
  let at = 0;
  while (at < text.length) {
    let end = at + pieceLengthChars;
    // A character of two units must not be torn apart.
    if (text.codePointAt(end - 1)! > 0xffff) end += 1;
    yield text.slice(at, end);
    at = end;
    await turns.next();
  }
}

/** What is wrong with a file that is no CSV. Errors of the parser's two doors are of two classes. */
function csvFault(error: unknown): unknown {
  const isCsvError = error instanceof CsvError || error instanceof StreamCsvError;
  if (!isCsvError) return error;
  const { code, message, lines } = error as CsvError & { lines?: number };
  const isQuote = code.includes('QUOTE');
  return new BadInputError([
    codedFault(`line ${lines ?? 1}`, isQuote ? 'bad-quotes' : 'unreadable-csv', message),
  ]);
}

/** What U+FFFD stands for was lost when somebody else read the file, in another encoding than it was written. */
const lostCharacter = '\ufffd';

function shapeFaults({ line, cells }: CsvRecord, columns: number): InputFault[] {
  const faults: InputFault[] = [];
  if (cells.slice(columns).some((cell) => cell !== '')) {
    const message = `has ${cells.length} cells, and the header has ${columns}`;
    faults.push(codedFault(`line ${line}`, 'wrong-cell-count', message, { cells: cells.length, columns }));
  }
  const lost = cells.findIndex((cell) => cell.includes(lostCharacter));
  if (lost !== -1) {
    const message = 'holds a character that was lost when the file was read; send the file as it is';
    faults.push(codedFault(`line ${line}, column ${lost + 1}`, 'lost-character', message));
  }
  return faults;
}

const separatorLine = /^\ufeff?"?sep=([,;\t])"?[,;\t]*(?:\r\n?|\n|$)/iu;

/** The separator that a line `sep=;` names, as Excel understands it, or else the one that the header holds most of. */
function separatorOf(text: string): ReadSeparator {
  const names = Object.keys(readSeparators) as ReadSeparator[];
  const [, named] = separatorLine.exec(text) ?? [];
  if (named !== undefined) return names.find((name) => readSeparators[name] === named) ?? 'comma';
  const header = /^[^\r\n]*[^\r\n,;\t\s"\ufeff][^\r\n]*/mu.exec(text)?.[0] ?? '';
  const count = (name: ReadSeparator): number => header.split(readSeparators[name]).length;
  return names.reduce((best, candidate) => (count(candidate) > count(best) ? candidate : best));
}

function readRow({ line, cells }: CsvRecord, columns: readonly Column[]): MemberCsvRow {
  const properties: Record<string, unknown> = {};
  const row: MemberCsvRow = { line, values: { properties }, id: null, externalId: null, managerEmail: null };
  for (const [index, column] of columns.entries()) {
    const cell = fromCell(cells[index] ?? '');
    if (cell === '') continue;
    if (column.kind === 'field') row.values[column.name] = cell;
    else if (column.kind === 'property') properties[column.property.key] = cellValue(column.property, cell);
    else if (column.kind !== 'passedOver') row[column.kind] = cell;
  }
  return row;
}

function cellValue(property: Property, cell: string): unknown {
  if (propertyTypeOf(property.type).multiValued) return listOf(cell);
  // An export writes numbers as JavaScript does: very large and very small ones have an exponent.
  return property.type === 'number' && String(Number(cell)) === cell ? Number(cell) : cell;
}
