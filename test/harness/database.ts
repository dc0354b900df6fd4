import { randomUUID } from 'node:crypto';
import { afterAll } from '@jest/globals';
import { templateDatabase, urlOfDatabase } from './database-url.ts';
import type { TestPostgres } from './test-postgres.ts';

/** A database that belongs to one test. */
export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

let ownServer: Promise<TestPostgres> | null = null;
const databases = new Set<TestDatabase>();
const beforeDrop: (() => Promise<void>)[] = [];

/** A migrated, empty database, cloned from the template in a tenth of a second. Dropped after the spec file. */
export function cloneDatabase(): Promise<TestDatabase> {
  return createDatabase(`TEMPLATE ${templateDatabase} STRATEGY FILE_COPY`);
}

/** A database with nothing in it, not even the schema. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase('TEMPLATE template0');
}

/** Registers what must be closed before the databases of this spec file are dropped. */
export function closeBeforeDrop(close: () => Promise<void>): void {
  beforeDrop.push(close);
}

async function createDatabase(how: string): Promise<TestDatabase> {
  const { runSql } = await loadService();
  const serverUrl = await findServer();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runSql(serverUrl, `CREATE DATABASE ${name} ${how}`);
  const database = {
    url: urlOfDatabase(serverUrl, name),
    drop: async () => {
      if (databases.delete(database)) await runSql(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
  databases.add(database);
  return database;
}

/** The server that `npm test` started for all spec files; when jest runs by itself, one for this spec file. */
async function findServer(): Promise<string> {
  const shared = process.env.TEST_POSTGRES_URL;
  if (shared !== undefined) return shared;
  ownServer ??= loadService().then(({ startTestPostgres }) => startTestPostgres());
  return (await ownServer).url;
}

/** A service that complains when it is closed must not keep the server, and jest with it, from ending. */
afterAll(async () => {
  try {
    const closed = await Promise.allSettled(beforeDrop.map((close) => close()));
    for (const one of closed) if (one.status === 'rejected') throw one.reason;
  } finally {
    for (const database of databases) await database.drop();
    if (ownServer !== null) await (await ownServer).stop();
    ownServer = null;
  }
});
