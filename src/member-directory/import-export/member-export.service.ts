import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { type Parameter, sql } from '../../database/sql.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import type { Place } from '../../http/paging/page.ts';
import { byteOrderMark, type CsvSeparator, listText, toCsv } from '../fields/csv-cell.ts';
import { memberFields, propertyFieldName } from '../fields/member-field.ts';
import { type ListedMemberRow, readMemberPage } from '../members/member-list.ts';
import { toMember } from '../members/member-row.ts';
import type { MemberListQuery } from '../members/member.dto.ts';
import type { Property } from '../properties/property-row.ts';
import { readDeclaredRoles } from '../roles/declared-roles.ts';
import { propertiesOf } from '../properties/property-statements.ts';
import { InLane, ofThisTask } from '../../database/lanes/task.ts';

/** How many members are read at a time, so that a large workspace is never whole in memory. */
const exportBatchSize = 1_000;

type MemberFilter = Omit<MemberListQuery, 'cursor' | 'limit'>;
type ExportRow = ListedMemberRow & { managerEmail: string | null };

const withManager = {
  columns: sql`boss.email AS "managerEmail"`,
  join: (workspace: Parameter) =>
    sql`LEFT JOIN member boss ON boss.workspace_id = ${workspace} AND boss.id = m.manager_id AND boss.status <> 'removed'`,
};

/** Writes the members of a workspace as a CSV file that the import reads back. */
@Injectable()
export class MemberExportService {
  constructor(private readonly db: StatementPool) {}

  /**
   * The file as a stream of UTF-8 text (RFC 4180): a header row, then the members that the list shows, in its order. The
   * byte order mark at the beginning tells spreadsheets that it is UTF-8.
   *
   * @param filter the query of the list
   */
  @InLane('report')
  async export(workspaceId: string, filter: MemberFilter, separator: CsvSeparator): Promise<Readable> {
    const properties = await propertiesOf(this.db, workspaceId);
    const hasRoles = (await readDeclaredRoles(this.db)).length > 0;
    const read = ofThisTask((place: Place | null) => this.read(workspaceId, filter, place));
    return Readable.from(partsOf({ properties, hasRoles }, separator, read));
  }

  private async read(workspaceId: string, filter: MemberFilter, place: Place | null): Promise<ExportRow[]> {
    const page = { place, limit: exportBatchSize - 1, beside: withManager };
    return readMemberPage<ExportRow>(this.db, workspaceId, filter, page);
  }
}

/** The columns that not every file has. */
interface OwnColumns {
  properties: readonly Property[];
  /** The product has roles. */
  hasRoles: boolean;
}

async function* partsOf(
  own: OwnColumns,
  separator: CsvSeparator,
  read: (place: Place | null) => Promise<ExportRow[]>,
): AsyncGenerator<string> {
  const propertyColumns = own.properties.map((property) => propertyFieldName(property.key));
  const roleColumn = own.hasRoles ? ['role'] : [];
  const header = [
    'id',
    ...memberFields,
    'status',
    'source',
    ...roleColumn,
    'managerEmail',
    ...propertyColumns,
  ];
  yield `${byteOrderMark}${toCsv([header], separator)}`;
  let place: Place | null = null;
  for (;;) {
    const rows = await read(place);
    const cells = rows.map((row) => cellsOf(row, own));
    yield toCsv(cells, separator);
    const last = rows.at(-1);
    if (last === undefined || (rows.length === last.listed && rows.length < exportBatchSize)) return;
    place = { id: last.id, sortValue: last.sort_value };
  }
}

function cellsOf(row: ExportRow, { properties, hasRoles }: OwnColumns): string[] {
  const member = toMember(row);
  const values = properties.map(({ key }) =>
    Object.hasOwn(member.properties, key) ? member.properties[key] : '',
  );
  return [
    member.id,
    ...memberFields.map((field) => member[field] ?? ''),
    member.status,
    member.source,
    ...(hasRoles ? [member.role ?? ''] : []),
    row.managerEmail ?? '',
    ...values.map((value) => (Array.isArray(value) ? listText(value) : String(value ?? ''))),
  ];
}
