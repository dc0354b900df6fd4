import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { ConfigError } from '../config/config-error.ts';
import { messageOf, systemErrorCode } from '../config/system-error.ts';
import { passingFaultOf } from '../errors/passing-fault.ts';
import { seconds } from '../errors/duration.ts';
import { applicationName, dataSourceOptions } from './data-source-options.ts';

export const serverVersionMin = 160_000;
const reachableWithinMs = seconds(15);
const retryEveryMs = 500;
const migrationLockKey = 4_937_201_113;

/**
 * Waits until PostgreSQL answers, refuses one that is too old, and brings the schema up to date. Any number of processes
 * may do this at once on one database: they take turns.
 *
 * @param onWait called once when the server does not answer the first try
 * @returns the names of the migrations that this call ran
 * @throws ConfigError in one line: unreachable, refused, too old, or read-only now
 */
export async function prepareDatabase(url: string, onWait: () => void = () => undefined): Promise<string[]> {
  const turn = await connect(url, onWait);
  try {
    await refuseOldServer(turn);
    return await migrateInTurn(turn, url);
  } catch (error) {
    const fault = passingFaultOf(error);
    if (fault === null) throw error;
    throw new ConfigError([`${fault.sentence.en} ${fault.advice ?? ''}`.trimEnd()], { mayPass: true });
  } finally {
    await turn.end().catch(() => undefined);
  }
}

/**
 * The lock lives in a transaction of a connection of its own, which is idle while the migrations run on another:
 * unlike a session lock it also holds behind a pooler in transaction mode.
 */
async function migrateInTurn(turn: pg.Client, url: string): Promise<string[]> {
  await turn.query('BEGIN');
  await turn.query('SET LOCAL idle_in_transaction_session_timeout = 0');
  await turn.query('SET LOCAL lock_timeout = 0');
  await turn.query('SET LOCAL statement_timeout = 0');
  await turn.query('SELECT pg_advisory_xact_lock($1)', [migrationLockKey]);
  const dataSource = new DataSource(dataSourceOptions({ url, poolSize: 2 }));
  try {
    await dataSource.initialize();
    const ran = await dataSource.runMigrations();
    return ran.map((migration) => migration.name);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await turn.query('COMMIT').catch(() => undefined);
  }
}

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
