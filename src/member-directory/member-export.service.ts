import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { stringify } from 'csv-stringify/sync';
import { DataSource } from 'typeorm';
import { listSeparator } from './member-csv.ts';
import { memberFields, propertyFieldName } from './member-field.ts';
import { type MemberRow, memberSelectList, toMember } from './member-row.ts';
import type { Property } from './property-row.ts';
import { propertiesOf } from './property-statements.ts';
import { InLane, ofThisTask } from '../database/lanes/task.ts';

/** How many members are read at a time, so that a large workspace is never in memory whole. */
const exportBatchSize = 1_000;

type ExportRow = MemberRow & { manager_email: string | null };

/** Writes the members of a workspace as a CSV file that the import reads back. */
@Injectable()
export class MemberExportService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The file as a stream of UTF-8 text: everyone who is not removed, a header row first (RFC 4180). */
  @InLane('report')
  async export(workspaceId: string): Promise<Readable> {
    const properties = await propertiesOf(this.dataSource, workspaceId);
    const read = ofThisTask((after: string | null) => this.read(workspaceId, after));
    return Readable.from(partsOf(properties, read));
  }

  private async read(workspaceId: string, after: string | null): Promise<ExportRow[]> {
    return this.dataSource.query<ExportRow[]>(
      `SELECT ${memberSelectList}, boss.email AS manager_email
       FROM member m LEFT JOIN member boss ON boss.workspace_id = m.workspace_id AND boss.id = m.manager_id
       WHERE m.workspace_id = $1 AND m.status <> 'removed' AND ($2::uuid IS NULL OR m.id > $2)
       ORDER BY m.id LIMIT $3`,
      [workspaceId, after, exportBatchSize],
    );
  }
}

async function* partsOf(
  properties: readonly Property[],
  read: (after: string | null) => Promise<ExportRow[]>,
): AsyncGenerator<string> {
  const propertyColumns = properties.map((property) => propertyFieldName(property.key));
  yield toCsv([['id', ...memberFields, 'status', 'source', 'managerEmail', ...propertyColumns]]);
  let after: string | null = null;
  for (;;) {
    const rows = await read(after);
    yield toCsv(rows.map((row) => cellsOf(row, properties)));
    if (rows.length < exportBatchSize) return;
    after = rows.at(-1)?.id ?? null;
  }
}

/** Spreadsheets run cells that begin with = + - @ as formulas; `escape_formulas` disarms them with an apostrophe. */
function toCsv(records: readonly (readonly string[])[]): string {
  return stringify(
    records.map((record) => [...record]),
    { escape_formulas: true, record_delimiter: '\r\n' },
  );
}

function cellsOf(row: ExportRow, properties: readonly Property[]): string[] {
  const member = toMember(row);
  const values = properties.map(({ key }) =>
    Object.hasOwn(member.properties, key) ? member.properties[key] : '',
  );
  return [
    member.id,
    ...memberFields.map((field) => member[field] ?? ''),
    member.status,
    member.source,
    row.manager_email ?? '',
    ...values.map((value) => (Array.isArray(value) ? value.join(listSeparator) : String(value ?? ''))),
  ];
}
