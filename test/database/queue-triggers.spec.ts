import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/database/data-source-options.ts';
import { cloneDatabase, closeBeforeDrop } from '../harness/database.ts';

const page = readFileSync(join(import.meta.dirname, '../../src/sync-queue/triggers.md'), 'utf8');

/** The SQL that the page shows: whole blocks, and their lines, with single spaces. */
const shown = new Set(
  [...page.matchAll(/```sql\n([\s\S]*?)```/g)]
    .flatMap(([, sql = '']) => [sql, ...sql.split('\n')])
    .map(inOneLine),
);

function inOneLine(sql: string): string {
  return sql.replaceAll(/\s+/g, ' ').trim();
}

describe('the page about the triggers that queue people', () => {
  let dataSource: DataSource;

  beforeAll(async () => {
    const { url } = await cloneDatabase();
    dataSource = await new DataSource(dataSourceOptions({ url, poolSize: 1 })).initialize();
    closeBeforeDrop(() => dataSource.destroy());
  });

  it('shows every function of theirs as it is in the database', async () => {
    const functions = await dataSource.query<{ name: string; source: string }[]>(
      `SELECT proname AS name, prosrc AS source FROM pg_proc WHERE prosrc LIKE '%INTO sync_queue%'`,
    );
    expect(functions).toHaveLength(2);
    expect(functions.filter(({ source }) => !shown.has(inOneLine(source)))).toEqual([]);
  });

  it('shows every trigger that calls them', async () => {
    const triggers = await dataSource.query<{ definition: string }[]>(
      `SELECT pg_get_triggerdef(t.oid) AS definition FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid
       WHERE NOT t.tgisinternal AND f.prosrc LIKE '%INTO sync_queue%'`,
    );
    expect(triggers.length).toBeGreaterThan(3);
    expect(triggers.filter(({ definition }) => !shown.has(inOneLine(definition)))).toEqual([]);
  });
});
