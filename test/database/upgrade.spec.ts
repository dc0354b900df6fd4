import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/database/data-source-options.ts';
import { lockWaitSeconds } from '../../src/database/migrate.ts';
import { migrationsInOrder } from '../../src/database/migrations/in-order.ts';
import { prepareDatabase } from '../../src/database/prepare-database.ts';
import { compileCache } from '../harness/compile-cache.ts';
import { closeBeforeDrop, cloneDatabase } from '../harness/database.ts';
import { pg } from '../harness/one-query-at-a-time.ts';
import { spawnService } from '../harness/process.ts';

jest.setTimeout(120_000);

const root = join(import.meta.dirname, '../..');
const newest = migrationsInOrder.at(-1)?.name ?? '';

/** A database that lacks the newest migrations. */
async function givenOldDatabase(lacking = 1): Promise<string> {
  const { url } = await cloneDatabase();
  const dataSource = await new DataSource(dataSourceOptions({ url, poolSize: 2 })).initialize();
  for (let at = 0; at < lacking; at += 1) await dataSource.undoLastMigration();
  await dataSource.destroy();
  return url;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  closeBeforeDrop(() => client.end());
  return client;
}

describe('a migration', () => {
  it('lets others pass while a table is in use, and runs when it is free', async () => {
    const names = migrationsInOrder.map(({ name }) => name);
    // The newest that runs in a transaction is the first.
    const lacking = names.slice(names.indexOf('ErasureSweeps1936000000000'));
    const url = await givenOldDatabase(lacking.length);
    const [holder, passer] = [await connect(url), await connect(url)];
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE migrations IN SHARE MODE');
    const said: string[] = [];
    const migrated = prepareDatabase(url, { onRetry: (line) => said.push(line) });
    // Waits in line behind the migration, which waits for the lock: as every request would.
    const waited = await longestWait(passer, () => said.length > 0);
    expect(waited).toBeLessThan((lockWaitSeconds + 2) * 1_000);
    expect(said).toEqual(['A migration waits for a table that somebody uses, and lets others pass']);
    await holder.query('COMMIT');
    expect(await migrated).toEqual(lacking);
  });

  it('is run once by many that begin together', async () => {
    const url = await givenOldDatabase();
    const ran = await Promise.all([1, 2, 3].map(() => prepareDatabase(url)));
    expect(ran.flat()).toEqual([newest]);
  });

  it('is run once by many that begin together, one that makes an index CONCURRENTLY too', async () => {
    const names = migrationsInOrder.map(({ name }) => name);
    const lacking = names.slice(names.indexOf('UncountedRows1934000001000'));
    const url = await givenOldDatabase(lacking.length);
    const ran = await Promise.all([1, 2, 3].map(() => prepareDatabase(url)));
    expect(ran.flat()).toEqual(lacking);
  });
});

describe('MIGRATE_AT_START=off', () => {
  it('waits for `npm run migrate`, and starts once that has run', async () => {
    const url = await givenOldDatabase();
    const service = await spawnService({
      DATABASE_URL: url,
      OPERATOR_TOKEN: 'operator-token-of-the-tests',
      MIGRATE_AT_START: 'off',
    });
    const ready = service.ready();
    try {
      while (!service.output().includes('waiting for')) await sleep(50);
      expect(service.output()).toContain(`The database lacks 1 of ${migrationsInOrder.length} migrations`);
      const migrate = spawn(process.execPath, [join(root, 'src/migrate.ts')], {
        env: { PATH: process.env.PATH, ...compileCache(), DATABASE_URL: url },
      });
      let said = '';
      migrate.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
      expect(await once(migrate, 'close')).toEqual([0, null]);
      expect(said).toBe(`Migrated the database: ${newest}\nThe schema is up to date.\n`);
      await ready;
      expect(service.output()).not.toContain('Migrated the database');
    } finally {
      await service.stop();
    }
  });

  it('needs a database of its own for `npm run migrate`', async () => {
    const migrate = spawn(process.execPath, [join(root, 'src/migrate.ts')], {
      env: { PATH: process.env.PATH, ...compileCache() },
    });
    let said = '';
    migrate.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    expect(await once(migrate, 'close')).toEqual([78, null]);
    expect(said).toBe(
      'user-provisioning: DATABASE_URL is required: an embedded database is migrated by the start of its service\n',
    );
  });
});

/** The longest time for which a reader of the table was kept waiting. */
async function longestWait(client: pg.Client, isOver: () => boolean): Promise<number> {
  let longest = 0;
  while (!isOver()) {
    const begun = performance.now();
    await client.query('SELECT count(*) FROM migrations');
    longest = Math.max(longest, performance.now() - begun);
    await sleep(50);
  }
  return longest;
}
