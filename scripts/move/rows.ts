import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { MovedTable } from './tables.ts';

/** Rows that are on their way at a time: some have a body of a megabyte. */
const rowsAtOnce = 200;
const keysAtOnce = 500;
const uniqueViolation = '23505';

/**
 * Copies the rows of a workspace as the source shows them in its present transaction. A row travels as the text that
 * PostgreSQL itself writes and reads it by, so every type arrives as it was.
 *
 * @returns how many they were
 */
export async function copyRows(
  from: pg.Client,
  to: pg.Client,
  table: MovedTable,
  workspaceId: string,
): Promise<number> {
  const { name, idColumn } = table;
  await from.query(
    `DECLARE moving NO SCROLL CURSOR FOR SELECT t::text AS row FROM ${name} t WHERE ${idColumn} = '${workspaceId}'`,
  );
  let count = 0;
  for (;;) {
    const { rows } = await from.query<{ row: string }>(`FETCH ${rowsAtOnce} FROM moving`);
    if (rows.length === 0) break;
    await insert(
      to,
      table,
      rows.map(({ row }) => row),
    );
    count += rows.length;
  }
  await from.query('CLOSE moving');
  return count;
}

function insert(
  to: pg.Client,
  table: MovedTable,
  rows: readonly string[],
  onConflict = '',
): Promise<unknown> {
  const { name, columns } = table;
  return to.query(
    `INSERT INTO ${name} (${columns.join(', ')})
     SELECT ${columns.map((column) => `(r.t).${column}`).join(', ')}
     FROM (SELECT x::${name} AS t FROM unnest($1::text[]) AS x OFFSET 0) r ${onConflict}`,
    [rows],
  );
}

/**
 * Makes the rows with these keys in the target as they are in the source: those first that are gone, then the others.
 *
 * @throws an error of PostgreSQL (23505) when two rows have changed places in a way that this does not find
 */
export async function bringKeys(
  from: pg.Client,
  to: pg.Client,
  tables: readonly MovedTable[],
  changes: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const found = new Map<MovedTable, string[]>();
  for (const table of tables.toReversed()) {
    const keys = changes.get(table.name) ?? [];
    for (let at = 0; at < keys.length; at += keysAtOnce) {
      const part = `[${keys.slice(at, at + keysAtOnce).join(',')}]`;
      const { rows } = await from.query<{ row: string }>(`SELECT t::text AS row ${withKeys(table, 'JOIN')}`, [
        part,
      ]);
      found.set(table, [...(found.get(table) ?? []), ...rows.map(({ row }) => row)]);
      await deleteMissing(to, table, part, rows);
    }
  }
  for (const table of tables) await upsert(to, table, found.get(table) ?? []);
}

/** The rows with some of the keys `$1`: `k` is a key, `t` its row. */
function withKeys({ name, keyColumns }: MovedTable, join: 'JOIN' | 'LEFT JOIN'): string {
  const same = keyColumns.map((column) => `t.${column} = k.${column}`).join(' AND ');
  return `FROM jsonb_populate_recordset(NULL::${name}, $1::jsonb) k ${join} ${name} t ON ${same}`;
}

async function deleteMissing(
  to: pg.Client,
  table: MovedTable,
  keys: string,
  rows: readonly { row: string }[],
): Promise<void> {
  const { name, keyColumns } = table;
  const of = (alias: string) => keyColumns.map((column) => `${alias}.${column}`).join(', ');
  await to.query(
    `DELETE FROM ${name} t USING jsonb_populate_recordset(NULL::${name}, $1::jsonb) k
     WHERE (${of('t')}) = (${of('k')}) AND NOT EXISTS (
       SELECT FROM (SELECT x::${name} AS r FROM unnest($2::text[]) AS x OFFSET 0) kept
       WHERE (${keyColumns.map((column) => `(kept.r).${column}`).join(', ')}) = (${of('t')}))`,
    [keys, rows.map(({ row }) => row)],
  );
}

async function upsert(to: pg.Client, table: MovedTable, rows: readonly string[]): Promise<void> {
  const { keyColumns, columns } = table;
  const others = columns.filter((column) => !keyColumns.includes(column));
  const sets = others.map((column) => `${column} = excluded.${column}`).join(', ');
  const onConflict = `ON CONFLICT (${keyColumns.join(', ')}) DO ${sets === '' ? 'NOTHING' : `UPDATE SET ${sets}`}`;
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    const part = rows.slice(at, at + rowsAtOnce);
    await to.query('SAVEPOINT part');
    try {
      await insert(to, table, part, onConflict);
    } catch (error) {
      if ((error as { code?: unknown }).code !== uniqueViolation) throw error;
      await to.query('ROLLBACK TO part');
      await oneByOne(to, table, part, onConflict);
    }
    await to.query('RELEASE part');
  }
}

/** A name that one row has given up and another has taken: which of them goes first is found by trying. */
async function oneByOne(to: pg.Client, table: MovedTable, rows: readonly string[], onConflict: string) {
  let left = [...rows];
  while (left.length > 0) {
    const refused: string[] = [];
    let why: unknown = null;
    for (const row of left) {
      await to.query('SAVEPOINT one');
      try {
        await insert(to, table, [row], onConflict);
      } catch (error) {
        if ((error as { code?: unknown }).code !== uniqueViolation) throw error;
        await to.query('ROLLBACK TO one');
        refused.push(row);
        why = error;
      }
      await to.query('RELEASE one');
    }
    if (refused.length === left.length) throw why;
    left = refused;
  }
}

/** How many rows of a workspace there are in a table, and a digest of them in the order of their key. */
export interface TableDigest {
  rows: number;
  digest: string;
}

/** Reads all rows of a table, and makes a digest of them. What the database makes of a row itself counts, too. */
export async function digestOf(
  client: pg.Client,
  table: MovedTable,
  workspaceId: string,
): Promise<TableDigest> {
  const { name, idColumn, keyColumns } = table;
  const { rows } = await client.query<{ count: string; parts: string[] | null }>(
    `SELECT sum(count) AS count, array_agg(part ORDER BY chunk) AS parts FROM (
       SELECT chunk, count(*), encode(sha256(string_agg(hash, ''::bytea ORDER BY place)), 'hex') AS part FROM (
         SELECT sha256(convert_to(t::text, 'UTF8')) AS hash, row_number() OVER w AS place, (row_number() OVER w - 1) / 10000 AS chunk
         FROM ${name} t WHERE ${idColumn} = $1 WINDOW w AS (ORDER BY ${keyColumns.map((c) => `t.${c}`).join(', ')})) hashed
       GROUP BY chunk) parts`,
    [workspaceId],
  );
  const [row] = rows;
  const digest = createHash('sha256')
    .update((row?.parts ?? []).join(''))
    .digest('hex');
  return { rows: Number(row?.count ?? 0), digest };
}
