import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ConfigError } from '../config/config-error.ts';
import { messageOf, systemErrorCode } from '../config/system-error.ts';
import { passingFaultOf } from '../errors/passing-fault.ts';
import { seconds } from '../errors/duration.ts';
import { applicationName } from './data-source-options.ts';
import { migrateInTurn, type OnRetry, waitForMigrations } from './migrate.ts';
import { lookForPooler } from './pooler-check.ts';

export const serverVersionMin = 160_000;
const reachableWithinMs = seconds(15);
const retryEveryMs = 500;

export interface PrepareOptions {
  /** Called once when the server does not answer the first try. */
  onWait?: () => void;
  /** Told in one line that a migration waits. */
  onRetry?: OnRetry;
  /** Whether connections will keep prepared statements. */
  preparedStatements?: boolean;
}

/**
 * Waits until PostgreSQL answers, refuses one that is too old, and brings the schema up to date. Any number of processes
 * may do this at once on one database: they take turns.
 *
 * @returns the names of the migrations that this call ran
 * @throws ConfigError in one line: unreachable, refused, too old, behind a pooler that does not fit, or read-only now
 */
export function prepareDatabase(url: string, options: PrepareOptions = {}): Promise<string[]> {
  return withServer(url, options, (client) => migrateInTurn(client, url, options.onRetry ?? silent));
}

/**
 * The same for a process that leaves the schema to somebody else: it waits until that has happened.
 *
 * @throws ConfigError also when it does not happen within a minute
 */
export function awaitMigrations(url: string, options: PrepareOptions = {}): Promise<void> {
  return withServer(url, options, (client) => waitForMigrations(client, options.onRetry ?? silent));
}

const silent = (): void => undefined;

async function withServer<T>(
  url: string,
  { onWait = silent, preparedStatements = false }: PrepareOptions,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await connect(url, onWait);
  try {
    await refuseOldServer(client);
    if (preparedStatements) await refuseOldPooler(url, client);
    return await work(client);
  } catch (error) {
    const fault = passingFaultOf(error);
    if (fault === null) throw error;
    throw new ConfigError([`${fault.sentence.en} ${fault.advice ?? ''}`.trimEnd()], { mayPass: true });
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function refuseOldPooler(url: string, client: pg.Client): Promise<void> {
  const other = await connect(url, silent);
  try {
    if ((await lookForPooler(client, other)) === 'does not know prepared statements')
      throw new ConfigError([`PREPARED_STATEMENTS must be off: ${oldPooler}`]);
  } finally {
    await other.end().catch(() => undefined);
  }
}

/** Said by the start, and by `npm run doctor`. */
export const oldPooler = 'a pooler stands before the database that does not know prepared statements';

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string }>(
    `SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version`,
  );
  const [server] = rows;
  if (server && server.number >= serverVersionMin) return;
  const found = server?.version ?? 'unknown';
  throw new ConfigError([`DATABASE_URL must lead to PostgreSQL 16 or newer; this one is ${found}`]);
}

async function connect(url: string, onWait: () => void): Promise<pg.Client> {
  const deadline = performance.now() + reachableWithinMs;
  for (let attempt = 1; ; attempt += 1) {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: reachableWithinMs,
      application_name: applicationName,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (!mayPass(error) || performance.now() > deadline) throw unreachable(error);
      if (attempt === 1) onWait();
    }
    await sleep(retryEveryMs);
  }
}

/** A server or host that is not there yet may come; a refused password or an unknown database will not. */
function mayPass(error: unknown): boolean {
  const fault = passingFaultOf(error);
  return fault !== null && fault.code !== 'database-refuses';
}

/** Why a database cannot be reached, in one line. */
export function unreachable(error: unknown): ConfigError {
  const code = codeOf(error);
  const meanings: Record<string, string> = {
    '28P01': 'the server refused the user or password',
    '28000': 'the server refused the user',
    '3D000': 'there is no such database',
    ENOTFOUND: 'there is no such host',
    ECONNREFUSED: 'nothing listens at that host and port',
    EAI_AGAIN: 'the name of the host cannot be looked up',
    EHOSTUNREACH: 'the host cannot be reached',
  };
  const why = meanings[code] ?? (code === '' ? messageOf(error) : code);
  const line = `DATABASE_URL must lead to a PostgreSQL that answers: ${why}`;
  return new ConfigError([line], { mayPass: mayPass(error) });
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return systemErrorCode(error);
}
