import pg from 'pg';
import type { Config } from '../../src/config/config.ts';
import { connectionsMax } from '../../src/database/lanes/lane.ts';
import { migrationsInOrder } from '../../src/database/migrations/in-order.ts';
import { lookForPooler } from '../../src/database/pooler-check.ts';
import { oldPooler, serverVersionMin, unreachable } from '../../src/database/prepare-database.ts';
import { sqlState } from '../../src/errors/failed-query.ts';
import { type Finding, Findings } from './finding.ts';

const answersWithinMs = 5_000;
/** The service takes its time from the database; a process that is further off is not right about anything else. */
const clockSkewMaxMs = 5_000;

/** What PostgreSQL says about itself. */
export interface ServerFacts {
  versionNumber: number;
  version: string;
  encoding: string;
  isWritable: boolean;
  /** Connections for users without privileges. */
  connections: number;
  isSuperuser: boolean;
  mayCreate: boolean;
  fsync: string;
  synchronousCommit: string;
  fullPageWrites: string;
  isEncrypted: boolean;
  time: Date;
}

/** Looks at the database that `DATABASE_URL` leads to. It changes nothing. */
export async function checkDatabase(config: Config): Promise<Finding[]> {
  const found = new Findings('database');
  if (config.databaseUrl === null) {
    found.ok(`It is the embedded one, with its data in ${config.dataDir}.`);
    return found.all;
  }
  const client = new pg.Client(connectionOf(config));
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    found.fail(unreachable(error).message);
    return found.all;
  }
  try {
    const facts = await readFacts(client);
    judgeServer(found, facts, {
      poolSize: config.poolSize,
      host: new URL(config.databaseUrl).hostname,
      migratesAtStart: config.process.migratesAtStart,
      workers: config.process.workers,
    });
    judgeClock(found, facts.time, new Date());
    await checkMigrations(found, client);
    await checkPooler(found, client, config);
  } catch (error) {
    found.fail(`It refused a question: ${sqlState(error) ?? 'no answer in time'}.`);
  } finally {
    await client.end().catch(() => undefined);
  }
  return found.all;
}

async function readFacts(client: pg.Client): Promise<ServerFacts> {
  const { rows } = await client.query<ServerFacts>(`
    SELECT current_setting('server_version_num')::int AS "versionNumber", current_setting('server_version') AS version,
      current_setting('server_encoding') AS encoding,
      NOT pg_is_in_recovery() AND current_setting('default_transaction_read_only') = 'off' AS "isWritable",
      current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true)::int, 0) AS connections,
      (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS "isSuperuser",
      has_schema_privilege(current_schema(), 'CREATE') AS "mayCreate",
      current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS "synchronousCommit",
      current_setting('full_page_writes') AS "fullPageWrites",
      coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS "isEncrypted",
      clock_timestamp() AS time`);
  const [facts] = rows;
  if (facts === undefined) throw new Error('PostgreSQL says nothing about itself');
  return facts;
}

/** What is right and wrong about a server for a process with these connections. */
export function judgeServer(
  found: Findings,
  facts: ServerFacts,
  {
    poolSize,
    host,
    migratesAtStart = true,
    workers = 1,
  }: { poolSize: number; host: string; migratesAtStart?: boolean; workers?: number },
): void {
  const { versionNumber, version, encoding, connections } = facts;
  if (versionNumber < serverVersionMin)
    found.fail(`It is PostgreSQL ${version}; the service needs 16 or newer.`);
  else found.ok(`It is PostgreSQL ${version}.`);
  if (encoding !== 'UTF8') found.fail(`Its encoding is ${encoding}; the service needs UTF8.`);
  if (!facts.isWritable)
    found.fail('It cannot be written: it is a standby, or default_transaction_read_only is on.');
  if (!facts.mayCreate && migratesAtStart)
    found.fail('The user may not create tables, so no migration can run.');
  if (facts.isSuperuser) found.warn('The user is a superuser. One that owns this database alone is enough.');
  for (const [name, value] of [
    ['fsync', facts.fsync],
    ['full_page_writes', facts.fullPageWrites],
    ['synchronous_commit', facts.synchronousCommit],
  ] as const)
    if (value === 'off')
      found.warn(`${name} is off: what the service has acknowledged can be lost in a crash.`);
  const wanted = connectionsMax(poolSize);
  const processes = Math.floor(connections / wanted);
  const room = `Each process holds ${wanted} connections at most (POOL_SIZE ${poolSize}); the server has ${connections}`;
  if (processes < workers)
    found.fail(`${room}: too few for ${workers === 1 ? 'one process' : `the ${workers} of WORKERS`}.`);
  else found.ok(`${room}: room for ${processes} ${processes === 1 ? 'process' : 'processes'}.`);
  const isNear = ['localhost', '127.0.0.1', '[::1]', ''].includes(host);
  if (!facts.isEncrypted && !isNear)
    found.warn('The connection is not encrypted: add sslmode=verify-full to DATABASE_URL.');
}

/** Whether this machine and the database have the same time. */
export function judgeClock(found: Findings, database: Date, here: Date): void {
  const skewSeconds = Math.round((here.getTime() - database.getTime()) / 100) / 10;
  const isOff = Math.abs(skewSeconds) * 1_000 > clockSkewMaxMs;
  const says = `This machine's clock is ${Math.abs(skewSeconds)} s ${skewSeconds < 0 ? 'behind' : 'ahead of'} the database's.`;
  if (isOff) found.warn(`${says} The service goes by the database's; check which of them is right.`);
  else found.ok('Its clock and this machine’s agree.');
}

async function checkMigrations(found: Findings, client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ is: boolean }>(`SELECT to_regclass('migrations') IS NOT NULL AS is`);
  if (!rows[0]?.is) {
    found.ok(`It is empty; the first start makes the schema (${migrationsInOrder.length} migrations).`);
    return;
  }
  const ran = await client.query<{ name: string }>('SELECT name FROM migrations');
  judgeMigrations(
    found,
    ran.rows.map(({ name }) => name),
    migrationsInOrder.map(({ name }) => name),
  );
}

/** What the next start would do to the schema. */
export function judgeMigrations(found: Findings, ran: readonly string[], known: readonly string[]): void {
  const missing = known.filter((name) => !ran.includes(name));
  const unknown = ran.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    found.warn(`A newer version has been here: this one does not know ${unknown.length} of its migrations.`);
  if (missing.length > 0) found.warn(`The next start runs ${missing.length} of ${known.length} migrations.`);
  else found.ok('Its schema is up to date.');
}

/**
 * A pooler in transaction mode gives each transaction another session. If it does not take prepared statements along, the
 * service must know.
 */
async function checkPooler(found: Findings, client: pg.Client, config: Config): Promise<void> {
  const other = new pg.Client(connectionOf(config));
  other.on('error', () => undefined);
  await other.connect();
  try {
    const pooler = await lookForPooler(client, other);
    if (pooler === 'none') return;
    if (!config.preparedStatements) found.ok('A pooler stands before it, and PREPARED_STATEMENTS is off.');
    else if (pooler === 'knows prepared statements')
      found.ok('A pooler stands before it, and it knows prepared statements.');
    else found.fail(`PREPARED_STATEMENTS must be off: ${oldPooler}.`);
  } finally {
    await other.end().catch(() => undefined);
  }
}

function connectionOf({ databaseUrl }: Config): pg.ClientConfig {
  return {
    connectionString: databaseUrl ?? '',
    connectionTimeoutMillis: answersWithinMs,
    query_timeout: answersWithinMs,
  };
}
