import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { seconds } from '../errors/duration.ts';
import { Team, WorkerStartError } from './processes/team.ts';
import { migrate, sayListening, startEmbedded } from './service-parts.ts';
import { StopSignals } from './stop-signals.ts';

/**
 * Runs several processes behind one port until it is told to stop, then ends. This process answers no request: it has the
 * port, the embedded PostgreSQL, migrates, and replaces a process that dies. SIGHUP replaces all, one after another.
 *
 * @throws ConfigError when the settings or the surroundings do not allow it to start. What a worker misses, the worker says;
 * this process then ends with the same code
 */
export async function runTeam(config: Config, log: Logger, program: string): Promise<void> {
  const signals = new StopSignals();
  let team: Team | null = null;
  // While the first ones start, there is nobody to replace.
  process.on('SIGHUP', () => void team?.roll());
  const postgres = config.databaseUrl === null ? await startEmbedded(config, log) : null;
  signals.beforeForcedExit(() => postgres?.kill());
  const databaseUrl = config.databaseUrl ?? postgres?.url ?? '';
  const made = new Team({
    size: config.process.workers,
    program,
    databaseUrl,
    shutdownDelayMs: seconds(config.process.shutdownDelaySeconds),
    log,
  });
  signals.beforeForcedExit(() => {
    made.kill();
    postgres?.kill();
  });
  let exitCode = 0;
  try {
    const starting = start(made, config, databaseUrl, log);
    await Promise.race([signals.requested, starting]);
    starting.catch(() => undefined);
    team = made;
    log.info(`${await signals.requested}: stopping ${config.process.workers} processes`);
  } catch (error) {
    if (!(error instanceof WorkerStartError)) throw error;
    exitCode = error.exitCode;
  } finally {
    await made.stop();
    await postgres?.stop();
  }
  log.info('All processes have stopped');
  process.exit(exitCode);
}

async function start(team: Team, config: Config, databaseUrl: string, log: Logger): Promise<void> {
  await migrate(config, databaseUrl, log);
  const port = await team.start();
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  log.info(`${config.process.workers} processes answer behind one port`);
  await sayListening(`http://${host}:${port}`, team.metrics, config, log);
}
