import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from '../../src/database/embedded/embedded-postgres.ts';
import { prepareDatabase } from '../../src/database/prepare-database.ts';
import { functionOfTests, templateDatabase, urlOfDatabase } from './database-url.ts';
import { eventGuardSql } from './event-guard.ts';
import { type OtherServer, startOtherServer } from './other-server.ts';
import { pg } from './one-query-at-a-time.ts';

/** A PostgreSQL server with a migrated database to clone from. */
export interface TestPostgres {
  /** URL of the database that commands such as CREATE DATABASE are sent to. */
  url: string;
  stop(): Promise<void>;
}

const sharedMemory = '/dev/shm';
const neededMb = 3_000;

/**
 * Starts a server in a new temporary folder. What it holds need not survive, so it need not write to the disk. With
 * `TEST_POSTGRES_BIN` it is the one whose programs are in that folder, instead of the embedded one.
 */
export async function startTestPostgres(): Promise<TestPostgres> {
  const dataDir = await mkdtemp(join(await findQuickFolder(), 'user-provisioning-test-'));
  const settings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
    wal_compression: 'off',
    max_connections: '200',
    // Signing in a thousand times is not what the tests are about; see `createTemplate`.
    scram_iterations: '1',
    // Statistics that come at a moment of their own choice change the plans that tests look at.
    autovacuum: 'off',
  };
  const bin = process.env.TEST_POSTGRES_BIN;
  let postgres: EmbeddedPostgres | OtherServer | null = null;
  const stop = async () => {
    await postgres?.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    postgres =
      bin === undefined
        ? await EmbeddedPostgres.start({ dataDir, log: () => undefined, settings, detached: false })
        : await startOtherServer(bin, dataDir, settings);
    await createTemplate(postgres.url);
    return { url: postgres.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A folder in memory, where a database is copied in a third of the time; without one, that for temporary files. */
async function findQuickFolder(): Promise<string> {
  const found = await statfs(sharedMemory).catch(() => null);
  const freeMb = found === null ? 0 : (found.bavail * found.bsize) / 1024 ** 2;
  return freeMb >= neededMb ? sharedMemory : tmpdir();
}

async function createTemplate(url: string): Promise<void> {
  // Hashes the password again, with so few iterations.
  await runSql(url, `ALTER ROLE CURRENT_USER PASSWORD '${decodeURIComponent(new URL(url).password)}'`);
  await runSql(url, `CREATE DATABASE ${templateDatabase}`);
  await prepareDatabase(urlOfDatabase(url, templateDatabase));
  await runSql(urlOfDatabase(url, templateDatabase), eventGuardSql);
  await runSql(urlOfDatabase(url, templateDatabase), uuidsOfTestsSql);
}

/** Tests make ids by a function that PostgreSQL has from 18 on; the service does not. */
export const uuidsOfTestsSql = `DO $$ BEGIN
  IF current_setting('server_version_num')::int < 180000 THEN
    CREATE FUNCTION ${functionOfTests}() RETURNS uuid LANGUAGE sql VOLATILE RETURN
      (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
        || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid;
  END IF;
END $$`;

/** Sends one command on a connection of its own. */
export async function runSql(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
