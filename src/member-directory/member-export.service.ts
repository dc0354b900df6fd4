import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { listWithin } from '../database/rows-within.ts';
import { pageSizeMaxBytes } from '../scim-core/limits.ts';
import { type CsvSeparator, toCsv } from './csv-cell.ts';
import { listSeparator } from './member-csv.ts';
import { memberFields, propertyFieldName } from './member-field.ts';
import { type MemberRow, memberSelectList, memberSizeBytes, toMember } from './member-row.ts';
import type { Property } from './property-row.ts';
import { propertiesOf } from './property-statements.ts';
import { InLane, ofThisTask } from '../database/lanes/task.ts';

/** How many members are read at a time, so that a large workspace is never in memory whole. */
const exportBatchSize = 1_000;

const byteOrderMark = '\ufeff';

type ExportRow = MemberRow & { manager_email: string | null; listed: number };

/** Writes the members of a workspace as a CSV file that the import reads back. */
@Injectable()
export class MemberExportService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * The file as a stream of UTF-8 text: everyone who is not removed, a header row first (RFC 4180). The one with
   * semicolons is for spreadsheets, which know by a mark at its beginning that it is UTF-8.
   */
  @InLane('report')
  async export(workspaceId: string, separator: CsvSeparator): Promise<Readable> {
    const properties = await propertiesOf(this.dataSource, workspaceId);
    const read = ofThisTask((after: string | null) => this.read(workspaceId, after));
    return Readable.from(partsOf(properties, separator, read));
  }

  private async read(workspaceId: string, after: string | null): Promise<ExportRow[]> {
    return this.dataSource.query<ExportRow[]>(
      listWithin(
        `SELECT ${memberSelectList}, boss.email AS manager_email
         FROM member m LEFT JOIN member boss ON boss.workspace_id = m.workspace_id AND boss.id = m.manager_id
         WHERE m.workspace_id = $1 AND m.status <> 'removed' AND ($2::uuid IS NULL OR m.id > $2)
         ORDER BY m.id LIMIT $3`,
        memberSizeBytes,
        pageSizeMaxBytes,
      ),
      [workspaceId, after, exportBatchSize],
    );
  }
}

async function* partsOf(
  properties: readonly Property[],
  separator: CsvSeparator,
  read: (after: string | null) => Promise<ExportRow[]>,
): AsyncGenerator<string> {
  const propertyColumns = properties.map((property) => propertyFieldName(property.key));
  const header = ['id', ...memberFields, 'status', 'source', 'managerEmail', ...propertyColumns];
  yield `${separator === 'semicolon' ? byteOrderMark : ''}${toCsv([header], separator)}`;
  let after: string | null = null;
  for (;;) {
    const rows = await read(after);
    const cells = rows.map((row) => cellsOf(row, properties));
    yield toCsv(cells, separator);
    if (rows.length === (rows[0]?.listed ?? 0) && rows.length < exportBatchSize) return;
    after = rows.at(-1)?.id ?? null;
  }
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
