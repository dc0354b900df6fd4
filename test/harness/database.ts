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
export async function cloneDatabase(): Promise<TestDatabase> {
  const { TEST_CITUS_NODES: given } = process.env;
  if (given === undefined) return createDatabase(`TEMPLATE ${templateDatabase} STRATEGY FILE_COPY`);
  const { cloneOnNodes, runSql } = await loadService();
  const nodes = JSON.parse(given) as string[];
  const name = newName();
  await cloneOnNodes(nodes, name);
  return known(name, nodes, runSql);
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
  const name = newName();
  await runSql(serverUrl, `CREATE DATABASE ${name} ${how}`);
  return known(name, [serverUrl], runSql);
}

function newName(): string {
  return `test_${randomUUID().replaceAll('-', '')}`;
}

/** A new database, on one server or on all nodes of a cluster, of which the first is asked. */
function known(
  name: string,
  servers: readonly string[],
  runSql: (url: string, sql: string) => Promise<void>,
): TestDatabase {
  const [first = ''] = servers;
  const database = {
    url: urlOfDatabase(first, name),
    drop: async () => {
      if (!databases.delete(database)) return;
      for (const server of servers) await runSql(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
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
