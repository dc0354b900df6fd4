import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { DataSource, MigrationExecutor } from 'typeorm';
import { ConfigError } from '../config/config-error.ts';
import { sqlState } from '../errors/failed-query.ts';
import { seconds } from '../errors/duration.ts';
import { dataSourceOptions } from './data-source-options.ts';
import { migrationsInOrder } from './migrations/in-order.ts';

const migrationLockKey = 4_937_201_113;

/**
 * How long a migration waits for a table that somebody else uses. While it waits, everybody who comes later waits behind
 * it, so it had better give up and come back.
 */
export const lockWaitSeconds = 3;
const pauseMs = seconds(2);
/** Half an hour, longer than most dumps. */
const attemptsMax = 360;

/** SQLSTATE of a lock that was not to be had in time. */
const lockNotAvailable = '55P03';

/** How long a process that must not migrate waits for somebody to do it. */
const migratedWithinMs = seconds(60);
const lookEveryMs = 500;
/** How often a process asks whether it is its turn to migrate. */
const turnEveryMs = 200;

/** Told in one line: a migration waits for others. */
export type OnRetry = (line: string) => void;

/**
 * Runs the migrations that the database lacks. One process does, however many try: the lock lives in a transaction of a
 * connection of its own, which is idle while the migrations run on another: unlike a session lock it also holds behind a
 * pooler in transaction mode.
 *
 * @param turn the connection that holds the lock
 * @returns the names of the migrations that this call ran
 * @throws ConfigError when a table is in use all the time; whatever a migration throws. It has then not happened, and those
 * before it have.
 */
export async function migrateInTurn(turn: pg.Client, url: string, onRetry: OnRetry): Promise<string[]> {
  await turn.query('BEGIN');
  await turn.query('SET LOCAL idle_in_transaction_session_timeout = 0');
  await turn.query('SET LOCAL lock_timeout = 0');
  await turn.query('SET LOCAL statement_timeout = 0');
  await waitForTurn(turn);
  const dataSource = new DataSource(dataSourceOptions({ url, poolSize: 2 }));
  try {
    const before = await migrationsIn(turn);
    await dataSource.initialize();
    await runPatiently(dataSource, onRetry);
    return (await migrationsIn(turn)).filter((name) => !before.includes(name));
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await turn.query('COMMIT').catch(() => undefined);
  }
}

/**
 * Asks again and again, instead of waiting in a statement: that would hold a snapshot, for which an index that the
 * migrations of another process make CONCURRENTLY would wait, and neither would come to an end. The key stands in the text:
 * a statement with values keeps its snapshot until the next one.
 */
async function waitForTurn(turn: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await turn.query<{ mine: boolean }>(
      `SELECT pg_try_advisory_xact_lock(${migrationLockKey}) AS mine`,
    );
    if (rows[0]?.mine) return;
    await sleep(turnEveryMs);
  }
}

async function runPatiently(dataSource: DataSource, onRetry: OnRetry): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await runOnce(dataSource);
      return;
    } catch (error) {
      if (sqlState(error) !== lockNotAvailable) throw error;
      if (attempt === attemptsMax)
        throw new ConfigError(
          ['A migration needs a table that others have used all the time; end what uses it for so long'],
          { mayPass: true },
        );
      if (attempt === 1) onRetry('A migration waits for a table that somebody uses, and lets others pass');
    }
    await sleep(pauseMs);
  }
}

/** A transaction for each migration, in which it waits for no lock for long. */
async function runOnce(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  const begin = runner.startTransaction.bind(runner);
  runner.startTransaction = async (isolation) => {
    await begin(isolation);
    await runner.query(`SET LOCAL lock_timeout = '${lockWaitSeconds}s'`);
  };
  try {
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'each';
    await executor.executePendingMigrations();
  } finally {
    await runner.release();
  }
}

/**
 * Waits until somebody else has migrated the database.
 *
 * @throws ConfigError when nobody does within a minute
 */
export async function waitForMigrations(client: pg.Client, onRetry: OnRetry): Promise<void> {
  const deadline = performance.now() + migratedWithinMs;
  for (let attempt = 1; ; attempt += 1) {
    const ran = await migrationsIn(client);
    const missing = migrationsInOrder.filter(({ name }) => !ran.includes(name));
    if (missing.length === 0) return;
    const lacks = `The database lacks ${missing.length} of ${migrationsInOrder.length} migrations, and MIGRATE_AT_START is off`;
    if (performance.now() > deadline)
      throw new ConfigError([`${lacks}: run \`npm run migrate\` first`], { mayPass: true });
    if (attempt === 1) onRetry(`${lacks}; waiting for \`npm run migrate\``);
    await sleep(lookEveryMs);
  }
}

async function migrationsIn(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ is: boolean }>(`SELECT to_regclass('migrations') IS NOT NULL AS is`);
  if (!rows[0]?.is) return [];
  const ran = await client.query<{ name: string }>('SELECT name FROM migrations');
  return ran.rows.map(({ name }) => name);
}
