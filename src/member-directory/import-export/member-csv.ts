import { codedFault, BadInputError, type InputFault } from '../../errors/domain-errors.ts';
import { fromCell, listOf } from '../fields/csv-cell.ts';
import { lostCharacter } from '../fields/csv-text.ts';
import { propertyFieldName } from '../fields/member-field.ts';
import { type Column, readHeader } from './csv-columns.ts';
import { type CsvRecord, isUnread, type ReadSeparator, readRecords, readSeparators } from './csv-records.ts';
import type { RawMemberInput } from '../members/member-input.ts';
import type { Property } from '../properties/property-row.ts';
import { propertyTypeOf } from '../properties/property-types/registry.ts';

/** Most rows of one file. */
export const importRowsMax = 10_000;

/** Most faults that one answer names. */
export const importFaultsMax = 100;

/**
 * One row of a file: the line it begins on (from 1), and what it says; what a cell leaves empty it says nothing of.
 *
 * @property unread paths of what it may say where its quotes do not match
 */
export interface MemberCsvRow {
  line: number;
  values: RawMemberInput;
  id: string | null;
  externalId: string | null;
  managerEmail: string | null;
  unread: readonly string[];
}

/**
 * What a file says, and what of it could not be read.
 *
 * @property lacksAddresses no column is known to hold addresses
 * @property unread the text of the rows that are not, or not whole, among `rows`
 */
export interface MemberCsv {
  separator: ReadSeparator;
  rows: MemberCsvRow[];
  faults: InputFault[];
  /** Names of columns whose cells have no effect. */
  ignoredColumns: string[];
  lacksAddresses: boolean;
  unread: string;
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
 * the end of a row. The process is left to others now and then.
 *
 * @returns the rows, as far as the file can be taken apart, and every fault: one hides no other
 * @throws BadInputError `no-header` for a file without any row
 */
export async function readMemberCsv(text: string, reading: CsvReading): Promise<MemberCsv> {
  const separator = separatorOf(text);
  const { records: all, faults, unread } = await readRecords(text, separator, importRowsMax + 2);
  const [header, ...found] = all;
  if (header === undefined) {
    throw new BadInputError([codedFault('line 1', 'no-header', 'is missing: it must name the columns')]);
  }
  const records = found.slice(0, importRowsMax);
  const used = new Set(
    records.flatMap(({ cells }) => cells.flatMap((cell, at) => (cell === '' ? [] : [at]))),
  );
  const { columns, lacksAddresses, ...read } = readHeader(
    header,
    reading.properties,
    (column) => used.has(column),
    reading.updates,
  );
  return {
    separator,
    rows: records.flatMap((record) => readRow(record, columns) ?? []),
    faults: [
      ...(found.length > importRowsMax ? [tooManyRows] : []),
      ...faults,
      ...read.faults,
      ...lostCharacters(header),
      ...records.flatMap((record) => [
        ...(header.isTorn ? [] : countFaults(record, columns.length)),
        ...lostCharacters(record),
      ]),
    ],
    ignoredColumns: read.ignored,
    lacksAddresses,
    unread: [unread, ...found.slice(importRowsMax).flatMap(({ cells }) => cells)].join('\n'),
  };
}

const tooManyRows = codedFault('', 'too-many-rows', `The file must have at most ${importRowsMax} rows.`, {
  rowsMax: importRowsMax,
});

function countFaults({ line, cells, isTorn }: CsvRecord, columns: number): InputFault[] {
  if (isTorn || cells.slice(columns).every((cell) => cell === '')) return [];
  const message = `has ${cells.length} cells, and the header has ${columns}`;
  return [codedFault(`line ${line}`, 'wrong-cell-count', message, { cells: cells.length, columns })];
}

function lostCharacters({ line, cells }: CsvRecord): InputFault[] {
  const lost = cells.findIndex((cell) => cell.includes(lostCharacter));
  if (lost === -1) return [];
  const message = 'holds a character that was lost when the file was read; send the file as it is';
  return [codedFault(`line ${line}, column ${lost + 1}`, 'lost-character', message)];
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

/** @returns null where it is not known who the row means */
function readRow(record: CsvRecord, columns: readonly Column[]): MemberCsvRow | null {
  const { line, cells } = record;
  const properties: Record<string, unknown> = {};
  const unread: string[] = [];
  const row: MemberCsvRow = {
    line,
    values: { properties },
    id: null,
    externalId: null,
    managerEmail: null,
    unread,
  };
  for (const [index, column] of columns.entries()) {
    if (isUnread(record, index)) {
      if (namesTheMember(column)) return null;
      if (column.kind === 'field') unread.push(column.name);
      else if (column.kind === 'property') unread.push(propertyFieldName(column.property.key));
      continue;
    }
    const cell = fromCell(cells[index] ?? '');
    if (cell === '') continue;
    if (column.kind === 'field') row.values[column.name] = cell;
    else if (column.kind === 'property') properties[column.property.key] = cellValue(column.property, cell);
    else if (column.kind !== 'passedOver') row[column.kind] = cell;
  }
  return row;
}

function namesTheMember(column: Column): boolean {
  if (column.kind === 'field') return column.name === 'email';
  return column.kind === 'id' || column.kind === 'externalId';
}

function cellValue(property: Property, cell: string): unknown {
  if (propertyTypeOf(property.type).multiValued) return listOf(cell);
  // An export writes numbers as JavaScript does: very large and very small ones have an exponent.
  return property.type === 'number' && String(Number(cell)) === cell ? Number(cell) : cell;
}
