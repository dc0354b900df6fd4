import type { RedactablePart } from '../audit/chain.ts';
import { type LeftRecord, redactRecords } from '../audit/redact-records.ts';
import type { Db } from '../database/db.ts';
import { list, parameter, raw, type Sql, sql } from '../database/sql.ts';
import type { Column } from '../database/table/column.ts';
import { columnName, type Table } from '../database/table/table.ts';
import { type Holding, holdings, logHoldings } from './holdings.ts';
import type { Redaction } from './traces.ts';

/** How many rows of a table one statement reads to take a person out of them. */
export const sweptAtOnceMax = 500;

/** Tables whose rows need more than another text, see `references.ts`. */
const apart: ReadonlySet<string> = new Set(['member', 'directory_user']);

/** A row that may name the person: its key and its searched columns, by their names in the database. */
type FoundRow = Record<string, unknown>;

/** What was taken out of rows that are about others. */
interface Swept {
  counts: ReadonlyMap<string, number>;
  left: readonly LeftRecord[];
}

/**
 * Takes a person out of rows that are about others.
 *
 * @returns how many rows of each table have changed, and what stays of the records of the audit log among them
 */
export async function sweep(db: Db, workspaceId: string, redaction: Redaction): Promise<Swept> {
  const counts = new Map<string, number>();
  for (const { table, searched } of holdings) {
    if (searched.length === 0 || apart.has(table.name)) continue;
    counts.set(table.name, await sweepTable(db, workspaceId, { table, searched }, redaction));
  }
  const left = await sweepAudit(db, workspaceId, redaction);
  counts.set('audit_log', left.length);
  return { counts, left };
}

/** Takes a person out of the requests that were logged from a moment on. */
export async function sweepLog(
  db: Db,
  workspaceId: string,
  redaction: Redaction,
  since: Date,
): Promise<void> {
  const time = since.getTime().toString(16).padStart(12, '0');
  const first = `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
  for (const { table, searched } of logHoldings)
    await sweepTable(db, workspaceId, { table, searched }, redaction, {
      id: first,
      entry_id: first,
      position: 0,
    });
}

async function sweepTable(
  db: Db,
  workspaceId: string,
  { table, searched }: Pick<Holding, 'table' | 'searched'>,
  redaction: Redaction,
  from: FoundRow | null = null,
): Promise<number> {
  const keys = keysOf(table);
  let changed = 0;
  let after = from;
  for (;;) {
    const rows: FoundRow[] = await findRows(db, workspaceId, { table, searched, keys, after }, redaction);
    for (const row of rows)
      if (await rewrite(db, workspaceId, { table, searched, keys, row }, redaction)) changed += 1;
    if (rows.length < sweptAtOnceMax) return changed;
    after = rows.at(-1) ?? null;
  }
}

/** The columns by which a row is found again. Tables without the workspace in their key have an `id`. */
function keysOf({ columns }: Table): string[] {
  return Object.entries(columns)
    .filter(([name, column]) => column.options.isKey && name !== 'workspaceId')
    .map(([name]) => columnName(name));
}

interface Found {
  table: Table;
  searched: readonly string[];
  keys: readonly string[];
}

/** The next rows that hold a text or id of the person, in the order of their keys. */
async function findRows(
  db: Db,
  workspaceId: string,
  { table, searched, keys, after }: Found & { after: FoundRow | null },
  { candidates }: Redaction,
): Promise<FoundRow[]> {
  const columns = searched.map(columnName);
  const texts = columns.map((column) => `coalesce(${column}::text, '')`).join(` || ' ' || `);
  const isBehind: Sql =
    after === null
      ? sql`true`
      : sql`(${raw(keys.join(', '))}) > (${list(keys.map((key) => sql`${keyText(after[key])}::${typeOf(table, key)}`))})`;
  const { rows } = await db.run(sql<FoundRow>`
    SELECT ${raw([...keys, ...columns].join(', '))} FROM ${raw(table.name)}
    WHERE workspace_id = ${workspaceId} AND ${isBehind} AND ${raw(texts)} ~* ${candidates}
    ORDER BY ${raw(keys.join(', '))} LIMIT ${sweptAtOnceMax} FOR UPDATE`);
  return rows;
}

/** @returns whether there was something of the person in the row */
async function rewrite(
  db: Db,
  workspaceId: string,
  { table, searched, keys, row }: Found & { row: FoundRow },
  redaction: Redaction,
): Promise<boolean> {
  const changes = searched.flatMap((field) => {
    const column = table.columns[field];
    const before = row[columnName(field)];
    const after = column === undefined ? before : redactColumn(column, before, redaction);
    return after === before ? [] : [{ name: columnName(field), column, after }];
  });
  if (changes.length === 0) return false;
  const isKey = keys.map((key) => sql`${raw(key)} = ${keyText(row[key])}::${typeOf(table, key)}`);
  const values = changes.map(({ name, column, after }) => {
    const isJson = column?.type === 'jsonb' || column?.type === 'json';
    return sql`${raw(name)} = ${isJson ? JSON.stringify(after) : String(after)}`;
  });
  await db.run(sql`UPDATE ${raw(table.name)} SET ${list(values)}
    WHERE workspace_id = ${workspaceId} AND ${list(isKey, ' AND ')}`);
  return true;
}

/** Values of a key travel as text; the driver would read a number of 64 bits as text anyway. */
function keyText(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}

function typeOf({ columns }: Table, key: string): Sql {
  const [, column] = Object.entries(columns).find(([field]) => columnName(field) === key) ?? [];
  return raw(column?.type ?? 'text');
}

function redactColumn({ type }: Column, value: unknown, redaction: Redaction): unknown {
  if (value === null || value === undefined) return value;
  if (type === 'text') return typeof value === 'string' ? redaction.text(value) : value;
  return redaction.json(value);
}

/** The audit log keeps digests of what is taken out, so that its chain still holds. */
async function sweepAudit(db: Db, workspaceId: string, redaction: Redaction): Promise<LeftRecord[]> {
  const workspace = parameter(workspaceId);
  return redactRecords(db, workspace, redaction.candidates, (part: RedactablePart, value) =>
    part === 'details' ? redaction.json(value) : redaction.text(String(value)),
  );
}
