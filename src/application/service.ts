import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Application, createApplication } from './application.ts';
import { ConfigError } from '../config/config-error.ts';
import { Config } from '../config/config.ts';
import type { Environment } from '../config/setting-reader.ts';
import { systemErrorCode } from '../config/system-error.ts';
import { EmbeddedPostgres } from '../database/embedded/embedded-postgres.ts';
import { awaitMigrations, prepareDatabase } from '../database/prepare-database.ts';
import { ReadyCheck } from '../database/ready-check.ts';
import { seconds } from '../errors/duration.ts';
import { makeLogger } from '../http/pipeline/request-log.ts';
import { Metrics } from '../metrics/metrics.ts';
import { listenForMetrics } from './metrics-port.ts';
import { StopSignals } from './stop-signals.ts';
import { scimBaseUrl } from '../scim/protocol/resource-request.ts';

/** A stop is over within ten seconds: requests get most of it, the rest is for closing and the database. */
const requestsEndWithinMs = 6_000;
const modulesCloseWithinMs = 1_500;

/**
 * Runs the service until it is told to stop (SIGTERM or SIGINT), then ends the process.
 *
 * @throws ConfigError when the settings or the surroundings do not allow it to start
 */
export async function runService(environment: Environment): Promise<void> {
  const config = Config.fromEnvironment(environment);
  const signals = new StopSignals();
  const log = makeLogger(config.logLevel);
  const postgres = config.databaseUrl === null ? await startEmbedded(config, log) : null;
  signals.beforeForcedExit(() => postgres?.kill());
  const starting = startApplication(config, config.databaseUrl ?? postgres?.url ?? '', log);
  const stoppedEarly = signals.requested.then(() => null);
  let application: Application | null;
  try {
    application = await Promise.race([stoppedEarly, starting]);
  } catch (error) {
    await postgres?.stop();
    throw error;
  }
  if (application === null) {
    starting.catch(() => undefined);
    await postgres?.stop();
    process.exit(0);
  }
  const signal = await signals.requested;
  log.info(`${signal}: stopping`);
  await sayNotReady(application, config, log);
  const cutOff = await stop(application, postgres);
  log.info(cutOff === 0 ? 'Stopped' : `Stopped; ${cutOff} requests did not end in time`);
  process.exit(0);
}

async function startApplication(config: Config, databaseUrl: string, log: Logger): Promise<Application> {
  const { preparedStatements } = config;
  const onWait = () => log.info('Waiting for PostgreSQL');
  const options = { onWait, onRetry: (line: string) => log.warn(line), preparedStatements };
  // An embedded database is this process's own.
  if (config.process.migratesAtStart || config.databaseUrl === null) {
    const ran = await prepareDatabase(databaseUrl, options);
    for (const migration of ran) log.info(`Migrated the database: ${migration}`);
  } else await awaitMigrations(databaseUrl, options);
  const application = await createApplication({ config, databaseUrl });
  await listen(application, config, log);
  return application;
}

async function startEmbedded(config: Config, log: Logger): Promise<EmbeddedPostgres> {
  const postgres = await EmbeddedPostgres.start({
    dataDir: config.dataDir,
    log: (line) => log.warn(line),
  });
  log.info(`Embedded PostgreSQL runs on the data in ${config.dataDir}`);
  return postgres;
}

async function listen({ nest }: Application, config: Config, log: Logger): Promise<void> {
  try {
    await nest.listen(config.port, config.host);
  } catch (error) {
    await nest.close();
    throw listenFault(error);
  }
  log.info(`Listening on ${await nest.getUrl()}`);
  if (config.metricsPort !== null) await serveMetrics(nest, config, config.metricsPort, log);
  log.info(`Tenant URL for identity providers: ${scimBaseUrl(config)}`);
  if (config.operatorTokenFile !== null) log.info(`Operator token: in ${config.operatorTokenFile}`);
}

async function serveMetrics(
  nest: Application['nest'],
  config: Config,
  port: number,
  log: Logger,
): Promise<void> {
  try {
    const server = await listenForMetrics(nest.get(Metrics), port, config.host);
    // It answers to the end, and keeps no process from ending.
    server.unref();
    log.info(`Metrics without a token on port ${port}`);
  } catch (error) {
    await nest.close();
    throw listenFault(error, 'METRICS_PORT');
  }
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
async function sayNotReady(
  { nest }: Application,
  { process: { shutdownDelaySeconds } }: Config,
  log: Logger,
) {
  if (shutdownDelaySeconds === 0) return;
  nest.get(ReadyCheck).noteStop();
  log.info(`Not ready any more; new connections are taken for ${shutdownDelaySeconds} s`);
  await sleep(seconds(shutdownDelaySeconds));
}

async function stop({ nest, drain }: Application, postgres: EmbeddedPostgres | null): Promise<number> {
  try {
    const cutOff = await drain.drain(nest.getHttpServer(), requestsEndWithinMs);
    await Promise.race([nest.close(), sleep(modulesCloseWithinMs)]);
    return cutOff;
  } finally {
    await postgres?.stop();
  }
}
