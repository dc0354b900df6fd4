import type pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { seconds } from '../errors/duration.ts';
import type { CommitNotes } from './commit-notes.ts';
import { migrationsInOrder } from './migrations/in-order.ts';
import { LanePool } from './lanes/lane-pool.ts';
import { PooledClient, PreparingClient } from './pooled-client.ts';
import type { StatementPulse } from './statement-pulse.ts';

export const connectTimeoutMs = seconds(10);

/** After this much silence, the other end of a connection is asked whether it is still there. */
const keepAliveAfterMs = seconds(10);

/** How every connection of the service is kept. */
export const connectionOptions = { keepAlive: true, keepAliveInitialDelayMillis: keepAliveAfterMs };

/** What PostgreSQL calls the connections of the service. */
export const applicationName = 'user-provisioning';

export interface DatabaseSettings {
  url: string;
  /** Connections held at most; with lanes, those of the requests. */
  poolSize: number;
  /** Whether each kind of work has connections of its own, and statements end in time. */
  inLanes?: boolean;
  /** Whether connections keep prepared statements; a pooler in between must then know them. */
  preparedStatements?: boolean;
  /**
   * After this much silence of this process in a transaction, the server ends it. A host that vanishes closes no connection, and
   * its locks would keep all others waiting until the server's kernel notices, which takes two hours by default.
   */
  transactionSilentMaxMs?: number;
  /** Hears every answer of the server. */
  pulse?: StatementPulse;
  /** Hears what committed transactions have noted. */
  commits?: CommitNotes;
  /** Called when an idle connection breaks. The pool replaces it, so this is no reason to stop. */
  onIdleError?: (error: Error) => void;
}

/**
 * The options of every data source of the service. Only migrations change the schema, never `synchronize`. Only prepared
 * statements need a session of their own, so without them any pooler works.
 */
export function dataSourceOptions(settings: DatabaseSettings): DataSourceOptions {
  return {
    type: 'postgres',
    url: settings.url,
    applicationName,
    poolSize: settings.poolSize,
    connectTimeoutMS: connectTimeoutMs,
    poolErrorHandler: settings.onIdleError ?? (() => undefined),
    ...(settings.inLanes && { driver: { Pool: LanePool } }),
    extra: {
      ...connectionOptions,
      ...(settings.transactionSilentMaxMs !== undefined && {
        onConnect: endAbandoned(settings.transactionSilentMaxMs),
      }),
      ...(settings.pulse && { pulse: settings.pulse }),
      ...(settings.commits && { commits: settings.commits }),
      Client: settings.preparedStatements ? PreparingClient : PooledClient,
    },
    synchronize: false,
    installExtensions: false,
    logging: false,
    migrations: migrationsInOrder,
    migrationsRun: false,
    migrationsTransactionMode: 'each',
  };
}

/** A statement and no option of the connection: poolers refuse options that they do not know. */
function endAbandoned(silentMaxMs: number): (client: pg.Client) => Promise<unknown> {
  const statement = `SET idle_in_transaction_session_timeout = ${silentMaxMs}`;
  return (client) => client.query(statement);
}
