import { codedFault, type InputFault } from '../../errors/domain-errors.ts';
import { languages } from '../../errors/sentence.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { lostCharacter } from '../fields/csv-text.ts';
import {
  type MemberField,
  memberFields,
  memberTextFields,
  propertyFieldName,
} from '../fields/member-field.ts';
import type { Property } from '../properties/property-row.ts';
import { type CsvRecord, isUnread } from './csv-records.ts';

/** What the cells of a column say. */
export type Column =
  | { kind: 'field'; name: MemberField }
  | { kind: 'property'; property: Property }
  | { kind: 'id' | 'externalId' | 'managerEmail' | 'passedOver' };

/** The columns of a file, as its header names them. */
export interface Columns {
  columns: Column[];
  faults: InputFault[];
  /** Names of columns whose cells have no effect. */
  ignored: string[];
  /** Members have to be named by address, and no column is known to hold them. */
  lacksAddresses: boolean;
}

/** What these columns are called in lists of people, besides the names that the screen has for them. */
const otherNames: Readonly<Record<MemberField | 'managerEmail', readonly string[]>> = {
  email: ['Mail'],
  firstName: ['Given name'],
  lastName: ['Surname', 'Family name', 'Familienname'],
  displayName: ['Full name', 'Vollständiger Name'],
  jobTitle: ['Stellenbezeichnung', 'Berufsbezeichnung'],
  language: ['Preferred language', 'Bevorzugte Sprache'],
  managerEmail: ['Manager’s e-mail', "Manager's e-mail", 'E-Mail der Führungskraft'],
};

/** Columns that an export writes and an import cannot change. */
const roleColumn = 'role';
const readOnlyColumns = ['status', 'source', 'createdAt', 'updatedAt'];

/**
 * Reads a header: member fields and `managerEmail`, also by their names in English and German; `id` and `externalId`; and
 * properties by key, by `properties.<key>` or by name.
 *
 * @param isUsed whether a column holds anything: one without name or cells is only the shape of the file
 * @param updates whether members may be changed: `id` and `externalId` then find them
 */
export function readHeader(
  header: CsvRecord,
  properties: readonly Property[],
  isUsed: (column: number) => boolean,
  updates: boolean,
): Columns {
  const { line } = header;
  const names = header.cells.map((cell) => (header.isTorn ? cell.replaceAll('"', '') : cell));
  const known = knownColumns(properties);
  const faults: InputFault[] = [];
  const ignored: string[] = [];
  const firstPlaces = new Map<Column, number>();
  const columns = names.map((name, index): Column => {
    const column = known.get(foldColumn(name));
    const path = `line ${line}, column ${index + 1}`;
    const first = column && firstPlaces.get(column);
    if (column === undefined) {
      // What is wrong with these names is said already.
      if (isUnread(header, index) || name.includes(lostCharacter)) return passedOver;
      if (name === '' && !isUsed(index)) return passedOver;
      const message = `names no field or property: ${name}`;
      faults.push(codedFault(path, 'unknown-column', message, { name }));
    } else if (first !== undefined) {
      const message = `names the same as column ${first + 1}: ${name}`;
      faults.push(codedFault(path, 'column-twice', message, { name, column: first + 1 }));
      return passedOver;
    } else {
      firstPlaces.set(column, index);
      const finds = column.kind === 'id' || column.kind === 'externalId';
      if (column.kind === 'passedOver' || (finds && !updates)) ignored.push(name);
    }
    return column ?? passedOver;
  });
  const finding = columns.some(({ kind }) => updates && (kind === 'id' || kind === 'externalId'));
  const hasAddresses = columns.some((column) => column.kind === 'field' && column.name === 'email');
  const lacksAddresses = !hasAddresses && (header.isTorn || !finding);
  if (lacksAddresses && !header.isTorn) {
    faults.push(codedFault(`line ${line}`, 'no-email-column', 'must name a column email'));
  }
  return { columns, faults, ignored, lacksAddresses };
}

const passedOver: Column = { kind: 'passedOver' };

function knownColumns(properties: readonly Property[]): Map<string, Column> {
  const known = new Map<string, Column>();
  const fields = memberFields.map((name) => ({ kind: 'field', name }) as const);
  const manager: Column = { kind: 'managerEmail' };
  // A property of one of these names is meant by it.
  known.set(roleColumn, passedOver);
  for (const word of otherNames.managerEmail) known.set(foldColumn(word), manager);
  for (const column of fields) {
    const titles = languages.map((language) => memberTextFields[column.name].title[language]);
    for (const word of [...titles, ...otherNames[column.name]]) known.set(foldColumn(word), column);
  }
  for (const property of properties.toReversed()) {
    const column: Column = { kind: 'property', property };
    for (const name of [property.name, property.key, propertyFieldName(property.key)])
      known.set(foldColumn(name), column);
  }
  for (const column of fields) known.set(foldColumn(column.name), column);
  for (const name of readOnlyColumns) known.set(foldColumn(name), { kind: 'passedOver' });
  for (const kind of ['id', 'externalId'] as const) known.set(foldColumn(kind), { kind });
  known.set(foldColumn(manager.kind), manager);
  return known;
}

/** `First name`, `first_name` and `firstName` name the same column. */
function foldColumn(name: string): string {
  return foldCase(name).replace(/[\s_-]/gu, '');
}
