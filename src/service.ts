import { type LoggerService } from '@nestjs/common';
import { Logger } from 'nestjs-pino';
import { pino } from 'pino';
import { type Application, createApplication } from './application.ts';
import { ConfigError } from './config/config-error.ts';
import { Config } from './config/config.ts';
import type { Environment } from './config/setting-reader.ts';
import { systemErrorCode } from './config/system-error.ts';
import { EmbeddedPostgres } from './database/embedded/embedded-postgres.ts';
import { prepareDatabase } from './database/prepare-database.ts';

/** A stop is over within ten seconds: requests get most of it, the rest is for closing and the database. */
const requestsEndWithinMs = 6_000;
const modulesCloseWithinMs = 1_500;
/** npm passes a Ctrl-C on although the terminal already told everyone, so a second signal at once means nothing. */
const secondSignalCountsAfterMs = 1_000;

/**
 * Runs the service until it is told to stop (SIGTERM or SIGINT), then ends the process.
 *
 * @throws ConfigError when the settings or the surroundings do not allow it to start
 */
export async function runService(environment: Environment): Promise<void> {
  const config = Config.fromEnvironment(environment);
  const startLog = pino({ level: config.logLevel });
  const postgres = config.databaseUrl === null ? await startEmbedded(config, startLog) : null;
  const abandon = () => void (postgres?.stop() ?? Promise.resolve()).finally(() => process.exit(0));
  process.once('SIGTERM', abandon).once('SIGINT', abandon);
  try {
    const databaseUrl = config.databaseUrl ?? postgres?.url ?? '';
    const ran = await prepareDatabase(databaseUrl, () => startLog.info('Waiting for PostgreSQL'));
    for (const migration of ran) startLog.info(`Migrated the database: ${migration}`);
    const application = await createApplication({ config, databaseUrl });
    await listen(application, config);
    process.off('SIGTERM', abandon).off('SIGINT', abandon);
    stopOnSignal(application, postgres);
  } catch (error) {
    await postgres?.stop();
    throw error;
  }
}

async function startEmbedded(config: Config, log: pino.Logger): Promise<EmbeddedPostgres> {
  const postgres = await EmbeddedPostgres.start({
    dataDir: config.dataDir,
    log: (line) => log.warn(line),
  });
  log.info(`Embedded PostgreSQL runs on the data in ${config.dataDir}`);
  return postgres;
}

async function listen({ nest }: Application, config: Config): Promise<void> {
  try {
    await nest.listen(config.port, config.host);
  } catch (error) {
    await nest.close();
    throw listenFault(error);
  }
  const log: LoggerService = nest.get(Logger);
  log.log(`Listening on ${await nest.getUrl()}`, 'Service');
  log.log(`Tenant URL for identity providers: ${config.publicUrl}/scim/v2`, 'Service');
  if (config.operatorTokenFile !== null) {
    log.log(`Operator token: in ${config.operatorTokenFile}`, 'Service');
  }
}

function listenFault(error: unknown): unknown {
  const code = systemErrorCode(error);
  if (code === 'EADDRINUSE') return new ConfigError(['PORT must be free; another program listens there']);
  if (code === 'EACCES') return new ConfigError(['PORT must be one that this user may listen on']);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new ConfigError(['HOST must be an address of this machine']);
  }
  return error;
}

/** The first signal stops in good order, a later one at once. */
function stopOnSignal(application: Application, postgres: EmbeddedPostgres | null): void {
  const log: LoggerService = application.nest.get(Logger);
  let stoppingSince: number | null = null;
  const onSignal = (signal: NodeJS.Signals) => {
    if (stoppingSince !== null) {
      if (performance.now() - stoppingSince > secondSignalCountsAfterMs) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    log.log(`${signal}: stopping`, 'Service');
    stop(application, postgres).then(
      (cutOff) => {
        log.log(cutOff === 0 ? 'Stopped' : `Stopped; ${cutOff} requests did not end in time`, 'Service');
        process.exit(0);
      },
      (error: unknown) => {
        log.error(error, 'Service');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
}

async function stop({ nest, drain }: Application, postgres: EmbeddedPostgres | null): Promise<number> {
  const cutOff = await drain.drain(nest.getHttpServer(), requestsEndWithinMs);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, modulesCloseWithinMs)));
  await Promise.race([nest.close(), late]);
  clearTimeout(timer);
  await postgres?.stop();
  return cutOff;
}
