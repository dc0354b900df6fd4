import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type Actor, AuditService } from '../audit/audit.service.ts';
import { Clock } from '../database/clock.ts';
import type { Db } from '../database/db.ts';
import { dbOf } from '../database/db-of.ts';
import { inLane } from '../database/lanes/task.ts';
import { literal, parameter, raw, type Sql, sql } from '../database/sql.ts';
import { columnName, type Table } from '../database/table/table.ts';
import { BusyError } from '../errors/domain-errors.ts';
import type { TextSink } from '../host-product/streams/checked-stream.service.ts';
import { holdings } from './holdings.ts';
import { findPerson, type KnownPerson, type Named } from './person.ts';

/** Exports that one process answers with at the same time; each holds a connection. */
export const personExportsAtOnceMax = 2;

/** Rows that one statement reads. */
const rowsAtOnceMax = 200;

/** Tells a person everything that is held about them (GDPR, Article 15), a line at a time. */
@Injectable()
export class ExportPersonService {
  private underWay = 0;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {}

  /**
   * Writes the lines of an export: the head, then every row about the person, as of one moment. Hashes of secrets are left
   * out. The audit log says that it was asked for before a line is written.
   *
   * @throws NotFoundError
   * @throws BusyError when the process answers with as many as it may
   */
  async write(workspaceId: string, named: Named, actor: Actor, sink: TextSink): Promise<void> {
    if (this.underWay >= personExportsAtOnceMax)
      throw new BusyError('Too many exports are under way. Try again in a moment.');
    this.underWay += 1;
    try {
      await this.dataSource.transaction(async (manager) => {
        const person = await findPerson(dbOf(manager), workspaceId, named);
        const target = person.memberId ?? person.userIds[0] ?? '';
        const entry = { workspaceId, actor, target, targets: person.userIds };
        await this.audit.record(manager, { ...entry, action: 'person.exported' });
      });
      await inLane('report', () =>
        this.dataSource.transaction('REPEATABLE READ', async (manager) => {
          const db = dbOf(manager);
          await db.run(sql`SET TRANSACTION READ ONLY`);
          const person = await findPerson(db, workspaceId, named);
          await this.writeAll(db, person, sink);
        }),
      );
    } finally {
      this.underWay -= 1;
    }
  }

  private async writeAll(db: Db, person: KnownPerson, sink: TextSink): Promise<void> {
    const { workspaceId, memberId, userIds } = person;
    const at = this.clock.now().toISOString();
    await sink(`${JSON.stringify({ kind: 'head', workspaceId, memberId, directoryUserIds: userIds, at })}\n`);
    for (const { table, own } of holdings)
      if (own !== null) await writeRows(db, person, table, own(person), sink);
    await writeAudit(db, person, sink);
  }
}

/** Writes the rows of a table that are the person's, in the order of their keys. */
async function writeRows(
  db: Db,
  { workspaceId }: KnownPerson,
  table: Table,
  own: Sql,
  sink: TextSink,
): Promise<void> {
  const order = Object.entries(table.columns)
    .filter(([, { options }]) => options.isKey)
    .map(([field]) => columnName(field));
  const secrets = Object.entries(table.columns)
    .filter(([, { type }]) => type === 'bytea')
    .map(([field]) => columnName(field));
  const workspace = parameter(workspaceId);
  for (let offset = 0; ; offset += rowsAtOnceMax) {
    const { rows } = await db.run(sql<{ line: string }>`
      SELECT jsonb_build_object('table', ${table.name}::text, 'row', to_jsonb(t) - ${secrets}::text[])::text AS line
      FROM (SELECT * FROM ${raw(table.name)} WHERE workspace_id = ${workspace} AND (${own})
        ORDER BY ${raw(order.join(', '))} LIMIT ${rowsAtOnceMax} OFFSET ${literal(offset)}) t`);
    if (rows.length > 0) await sink(`${rows.map(({ line }) => line).join('\n')}\n`);
    if (rows.length < rowsAtOnceMax) return;
  }
}

/** What the audit log says about the person, and what they did themselves. */
async function writeAudit(
  db: Db,
  { workspaceId, memberId, userIds, emails }: KnownPerson,
  sink: TextSink,
): Promise<void> {
  const ids = parameter([...userIds, ...(memberId === null ? [] : [memberId])]);
  const workspace = parameter(workspaceId);
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await db.run(sql<{ id: string; line: string }>`
      SELECT a.id, json_build_object('table', 'audit_log', 'row', json_build_object('id', id, 'at', at, 'actor_kind', actor_kind,
        'actor_email', actor_email, 'action', action, 'target', target, 'details', details, 'address', address))::text AS line
      FROM audit_log a WHERE workspace_id = ${workspace} AND id > ${after}::uuid
        AND (target = ANY (${ids}::text[]) OR lower(actor_email) = ANY (${[...emails]}::text[])
          OR id IN (SELECT audit_id FROM audit_log_target WHERE workspace_id = ${workspace} AND target = ANY (${ids}::text[])))
      ORDER BY id LIMIT ${rowsAtOnceMax}`);
    if (rows.length > 0) await sink(`${rows.map(({ line }) => line).join('\n')}\n`);
    if (rows.length < rowsAtOnceMax) return;
    after = rows.at(-1)?.id ?? after;
  }
}
