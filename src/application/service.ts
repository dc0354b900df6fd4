import cluster from 'node:cluster';
import type { Logger } from 'pino';
import { type Application, createApplication } from './application.ts';
import { Config } from '../config/config.ts';
import type { Environment } from '../config/setting-reader.ts';
import { makeLogger } from '../http/pipeline/request-log.ts';
import { Metrics } from '../metrics/metrics.ts';
import { startTracing } from '../tracing/start-tracing.ts';
import { runTeam } from './run-team.ts';
import { runWorkerProcess } from './worker-process.ts';
import { close, listen, migrate, sayListening, sayNotReady, startEmbedded } from './service-parts.ts';
import { StopSignals } from './stop-signals.ts';

/**
 * Runs the service until it is told to stop (SIGTERM or SIGINT), then ends the process. With `WORKERS`, this process keeps
 * the others that answer, and the embedded PostgreSQL; they come here, too.
 *
 * @param program the file that was started; further processes are started from it
 * @throws ConfigError when the settings or the surroundings do not allow it to start
 */
export async function runService(environment: Environment, program: string): Promise<void> {
  const config = Config.fromEnvironment(environment);
  const log = makeLogger(config.logLevel);
  if (cluster.isWorker) await runWorkerProcess(config, log);
  else if (config.process.workers > 1) await runTeam(config, log, program);
  else await runAlone(config, log);
}

async function runAlone(config: Config, log: Logger): Promise<void> {
  const signals = new StopSignals();
  const stopTracing = await startTracing(config.tracing, (says) => log.warn(says));
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
  const how = await close(application, stopTracing).finally(() => postgres?.stop());
  log.info(how);
  process.exit(0);
}

async function startApplication(config: Config, databaseUrl: string, log: Logger): Promise<Application> {
  await migrate(config, databaseUrl, log);
  const application = await createApplication({ config, databaseUrl });
  await listen(application, config);
  const { nest } = application;
  try {
    await sayListening(await nest.getUrl(), nest.get(Metrics), config, log);
  } catch (error) {
    await nest.close();
    throw error;
  }
  return application;
}
