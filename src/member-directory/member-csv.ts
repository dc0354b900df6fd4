import { Readable } from 'node:stream';
import { CsvError as StreamCsvError, parse as parser } from 'csv-parse';
import { CsvError, parse } from 'csv-parse/sync';
import { Turns } from '../database/turns.ts';
import { BadInputError, codedFault, type InputFault } from '../errors/domain-errors.ts';
import { foldCase } from '../scim-core/fold.ts';
import { fromCell } from './csv-cell.ts';
import { memberFields, propertyFieldName } from './member-field.ts';
import type { Property } from './property-row.ts';
import type { RawMemberInput } from './member-input.ts';
import { propertyTypeOf } from './property-types/registry.ts';

/** Most rows of one file. */
export const importRowsMax = 10_000;

/** Most faults that one answer names. */
export const importFaultsMax = 100;

/** Between the values of a multi-select property within one cell. */
export const listSeparator = ';';

/** One row of a file: the line it begins on (from 1), and what it says. */
export interface MemberCsvRow {
  line: number;
  values: RawMemberInput;
  managerEmail: string | null;
}

/** Columns that an export writes and an import passes over. */
const readOnlyColumns = ['id', 'status', 'source', 'createdAt', 'updatedAt'];

type Column =
  | { kind: 'field'; name: (typeof memberFields)[number] }
  | { kind: 'managerEmail' }
  | { kind: 'property'; property: Property }
  | { kind: 'passedOver' };

/**
 * Reads a CSV file of members (RFC 4180; also with semicolons or tabs, as spreadsheets of some countries write it).
 * The header names member fields, `managerEmail`, and properties by key, by `properties.<key>` or by name.
 *
 * @throws BadInputError when the file is no CSV, has too many rows or a row of another length, lacks the column `email`, or has an unknown column
 */
export function readMemberCsv(text: string, properties: readonly Property[]): MemberCsvRow[] {
  return rowsOf(parseRecords(text), properties);
}

/** {@link readMemberCsv} of a file of any size: the process is left to others now and then. */
export async function readLongMemberCsv(
  text: string,
  properties: readonly Property[],
): Promise<MemberCsvRow[]> {
  return rowsOf(await parseInTurns(text), properties);
}

function rowsOf(all: readonly CsvRecord[], properties: readonly Property[]): MemberCsvRow[] {
  const [header, ...records] = all;
  if (!header) {
    throw new BadInputError([codedFault('line 1', 'no-header', 'is missing: it must name the columns')]);
  }
  if (records.length > importRowsMax) {
    const message = `The file must have at most ${importRowsMax} rows.`;
    throw new BadInputError([codedFault('', 'too-many-rows', message, { rowsMax: importRowsMax })]);
  }
  refuseUneven(header, records);
  const columns = readHeader(header.cells, properties);
  return records.map(({ line, cells }) => readRow(line, cells, columns));
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

function optionsFor(text: string) {
  return {
    bom: true,
    delimiter: delimiterOf(text),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  };
}

function toRecord({ record, info }: ParsedRecord): CsvRecord {
  return { line: info.lines, cells: record };
}

function parseRecords(text: string): CsvRecord[] {
  try {
    return (parse(text, optionsFor(text)) as unknown as ParsedRecord[]).map(toRecord);
  } catch (error) {
    throw csvFault(error);
  }
}

/** Characters that are parsed at once. */
const pieceLengthChars = 32 * 1024;

/** Beyond the most rows it reads no further. */
async function parseInTurns(text: string): Promise<CsvRecord[]> {
  const records: CsvRecord[] = [];
  try {
    for await (const parsed of Readable.from(piecesOf(text)).compose(parser(optionsFor(text)))) {
      records.push(toRecord(parsed as ParsedRecord));
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

/** Every row must have a cell for each column, or its cells might stand under the wrong ones. */
function refuseUneven(header: CsvRecord, records: readonly CsvRecord[]): void {
  const columns = header.cells.length;
  const uneven = records.filter((record) => record.cells.length !== columns);
  if (uneven.length === 0) return;
  throw new BadInputError(
    uneven.slice(0, importFaultsMax).map(({ line, cells }) => {
      const message = `has ${cells.length} cells, and the header has ${columns}`;
      return codedFault(`line ${line}`, 'wrong-cell-count', message, { cells: cells.length, columns });
    }),
  );
}

/** The separator that the header line holds most of. */
function delimiterOf(text: string): string {
  const end = text.search(/[\r\n]/u);
  const header = end === -1 ? text : text.slice(0, end);
  const count = (separator: string): number => header.split(separator).length;
  return [';', '\t'].reduce((best, candidate) => (count(candidate) > count(best) ? candidate : best), ',');
}

function readHeader(names: readonly string[], properties: readonly Property[]): Column[] {
  const known = new Map<string, Column>();
  for (const property of properties.toReversed()) {
    const column: Column = { kind: 'property', property };
    for (const name of [property.name, property.key, propertyFieldName(property.key)])
      known.set(fold(name), column);
  }
  for (const name of memberFields) known.set(fold(name), { kind: 'field', name });
  for (const name of readOnlyColumns) known.set(fold(name), { kind: 'passedOver' });
  known.set(fold('managerEmail'), { kind: 'managerEmail' });
  const faults: InputFault[] = [];
  const columns = names.map((name, index): Column => {
    const column = known.get(fold(name));
    if (!column) {
      const message = `names no field or property: ${name}`;
      faults.push(codedFault(`line 1, column ${index + 1}`, 'unknown-column', message, { name }));
    }
    return column ?? { kind: 'passedOver' };
  });
  if (!columns.some((column) => column.kind === 'field' && column.name === 'email')) {
    faults.push(codedFault('line 1', 'no-email-column', 'must name a column email'));
  }
  if (faults.length > 0) throw new BadInputError(faults);
  return columns;
}

/** `First name`, `first_name` and `firstName` name the same column. */
function fold(name: string): string {
  return foldCase(name).replace(/[\s_-]/gu, '');
}

function readRow(line: number, cells: readonly string[], columns: readonly Column[]): MemberCsvRow {
  const properties: Record<string, unknown> = {};
  const row: MemberCsvRow = { line, values: { email: '', properties }, managerEmail: null };
  for (const [index, column] of columns.entries()) {
    const cell = fromCell(cells[index] ?? '');
    if (cell === '') continue;
    if (column.kind === 'field') row.values[column.name] = cell;
    else if (column.kind === 'managerEmail') row.managerEmail = cell;
    else if (column.kind === 'property') properties[column.property.key] = cellValue(column.property, cell);
  }
  return row;
}

function cellValue(property: Property, cell: string): unknown {
  return propertyTypeOf(property.type).multiValued
    ? cell.split(listSeparator).map((part) => part.trim())
    : cell;
}
