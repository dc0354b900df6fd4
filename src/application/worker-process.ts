import type { Logger } from 'pino';
import { type Application, createApplication } from './application.ts';
import type { Config } from '../config/config.ts';
import { StatementPulse } from '../database/statement-pulse.ts';
import { RequestLimits } from '../http/limits/request-limits.ts';
import { startTracing } from '../tracing/start-tracing.ts';
import { Metrics } from '../metrics/metrics.ts';
import { PrimaryLine } from './processes/primary-line.ts';
import { close, listen, sayNotReady } from './service-parts.ts';

/**
 * Runs one of the processes behind a port until the first process, or a signal, tells it to stop; then ends it. The first
 * process has migrated the database, and says where it is.
 *
 * @throws ConfigError when it cannot listen
 */
export async function runWorkerProcess(config: Config, log: Logger): Promise<void> {
  const stopTracing = await startTracing(config.tracing, (says) => log.warn(says));
  const line = new PrimaryLine();
  const stoppedEarly = line.toldToStop.then(() => null);
  const application = await Promise.race([stoppedEarly, start(config, line)]);
  if (application === null) process.exit(0);
  const { delayed } = await line.toldToStop;
  if (delayed) await sayNotReady(application, config, log);
  log.info(await close(application, stopTracing));
  process.exit(0);
}

async function start(config: Config, line: PrimaryLine): Promise<Application> {
  const application = await createApplication({ config, databaseUrl: await line.databaseUrl });
  const { nest } = application;
  line.share({
    limits: nest.get(RequestLimits),
    metrics: nest.get(Metrics),
    pulse: nest.get(StatementPulse),
  });
  await listen(application, config);
  return application;
}
