import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Application } from './application.ts';
import { ConfigError } from '../config/config-error.ts';
import type { Config } from '../config/config.ts';
import { systemErrorCode } from '../config/system-error.ts';
import { EmbeddedPostgres } from '../database/embedded/embedded-postgres.ts';
import { connectionsMax } from '../database/lanes/lane.ts';
import { awaitMigrations, prepareDatabase } from '../database/prepare-database.ts';
import { ReadyCheck } from '../database/ready-check.ts';
import { seconds } from '../errors/duration.ts';
import { scimBaseUrl } from '../scim/protocol/resource-request.ts';
import type { StopTracing } from '../tracing/start-tracing.ts';
import { listenForMetrics, type ServedMetrics } from './metrics-port.ts';

/** A stop is over within ten seconds: requests get most of it, the rest is for closing and the database. */
const requestsEndWithinMs = 6_000;
const modulesCloseWithinMs = 1_500;

/** Of the embedded PostgreSQL: what it has room for at least, and for those who look at it beside the service. */
const embeddedConnectionsLeast = 100;
const embeddedConnectionsOfOthers = 10;

/** Starts the embedded PostgreSQL, with room for the connections of all processes. */
export async function startEmbedded(config: Config, log: Logger): Promise<EmbeddedPostgres> {
  const wanted = config.process.workers * connectionsMax(config.poolSize) + embeddedConnectionsOfOthers;
  const postgres = await EmbeddedPostgres.start({
    dataDir: config.dataDir,
    log: (line) => log.warn(line),
    settings: { max_connections: String(Math.max(embeddedConnectionsLeast, wanted)) },
  });
  log.info(`Embedded PostgreSQL runs on the data in ${config.dataDir}`);
  return postgres;
}

/**
 * Brings the schema up to date, or waits until somebody has.
 *
 * @throws ConfigError as `prepareDatabase` does
 */
export async function migrate(config: Config, databaseUrl: string, log: Logger): Promise<void> {
  const { preparedStatements } = config;
  const onWait = () => log.info('Waiting for PostgreSQL');
  const options = { onWait, onRetry: (line: string) => log.warn(line), preparedStatements };
  // An embedded database is this service's own.
  if (config.process.migratesAtStart || config.databaseUrl === null) {
    const ran = await prepareDatabase(databaseUrl, options);
    for (const migration of ran) log.info(`Migrated the database: ${migration}`);
  } else await awaitMigrations(databaseUrl, options);
}

/**
 * Begins to take requests.
 *
 * @throws ConfigError when it cannot listen there; the application is closed then
 */
export async function listen({ nest }: Application, config: Config): Promise<void> {
  try {
    await nest.listen(config.port, config.host);
  } catch (error) {
    await nest.close();
    throw listenFault(error);
  }
}

/**
 * Says where the service is, and serves its metrics on a port of their own when there is one.
 *
 * @throws ConfigError when that port is not free
 */
export async function sayListening(
  url: string,
  metrics: ServedMetrics,
  config: Config,
  log: Logger,
): Promise<void> {
  log.info(`Listening on ${url}`);
  if (config.metricsPort !== null) {
    const server = await listenForMetrics(metrics, config.metricsPort, config.host).catch(
      (error: unknown) => {
        throw listenFault(error, 'METRICS_PORT');
      },
    );
    // It answers to the end, and keeps no process from ending.
    server.unref();
    log.info(`Metrics without a token on port ${config.metricsPort}`);
  }
  log.info(`Tenant URL for identity providers: ${scimBaseUrl(config)}`);
  if (config.operatorTokenFile !== null) log.info(`Operator token: in ${config.operatorTokenFile}`);
}

function listenFault(error: unknown, port = 'PORT'): unknown {
  const code = systemErrorCode(error);
  if (code === 'EADDRINUSE') return new ConfigError([`${port} must be free; another program listens there`]);
  if (code === 'EACCES') return new ConfigError([`${port} must be one that this user may listen on`]);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new ConfigError(['HOST must be an address of this machine']);
  }
  return error;
}

/** A load balancer takes a moment to see that it must send no more connections. Until then they are answered as always. */
export async function sayNotReady(
  { nest }: Application,
  { process: { shutdownDelaySeconds } }: Config,
  log: Logger,
): Promise<void> {
  if (shutdownDelaySeconds === 0) return;
  nest.get(ReadyCheck).noteStop();
  log.info(`Not ready any more; new connections are taken for ${shutdownDelaySeconds} s`);
  await sleep(seconds(shutdownDelaySeconds));
}

/**
 * Ends requests and background work in good order.
 *
 * @returns how that went, for the log's last line
 */
export async function close({ nest, drain }: Application, stopTracing: StopTracing): Promise<string> {
  const cutOff = await drain.drain(nest.getHttpServer(), requestsEndWithinMs);
  try {
    await Promise.race([nest.close(), sleep(modulesCloseWithinMs)]);
  } finally {
    await stopTracing();
  }
  return cutOff === 0 ? 'Stopped' : `Stopped; ${cutOff} requests did not end in time`;
}
