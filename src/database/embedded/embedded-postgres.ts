import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ConfigError } from '../../config/config-error.ts';
import { messageOf, systemErrorCode } from '../../config/system-error.ts';
import { seconds } from '../../errors/duration.ts';
import { endRestore } from './backup/end-restore.ts';
import { findBinaries } from './binaries.ts';
import { type Cluster, clusterDir, databaseUser, openCluster, serverUser } from './cluster.ts';
import { type DataDirHold, holdDataDir, lockDataDir } from './data-dir-lock.ts';
import { findFreePort } from './free-port.ts';
import { clearPostmasterFile, readPostmasterFile, servesCluster } from './postmaster-file.ts';
import { endLeftBehindServer, hasEnded, type ServerOptions, startServer, stopServer } from './postmaster.ts';

const startAttemptsMax = 3;
const restartDelayMinMs = 100;
const restartDelayMaxMs = seconds(5);
const databaseName = 'user_provisioning';

export interface EmbeddedPostgresOptions {
  /** Absolute path; made when it is missing. */
  dataDir: string;
  /** Told in one line each: a server left behind was ended, the server died, it is back. */
  log: (line: string) => void;
  /** Further server settings, e.g. `{ fsync: 'off' }` in tests. */
  settings?: Record<string, string>;
  /** Whether the server outlives an interrupt from the terminal (default true: the service must end first). */
  detached?: boolean;
}

/**
 * A PostgreSQL server of the service's own, for installations without one. Holds the data folder for this process
 * alone, ends a server that a killed process left behind, and starts the server again when it dies.
 */
export class EmbeddedPostgres {
  readonly url: string;
  readonly #cluster: Cluster;
  readonly #launch: () => Promise<ChildProcess>;
  readonly #log: (line: string) => void;
  readonly #giveBack: () => void;
  #child: ChildProcess;
  #stopping = false;
  #supervision: Promise<void> = Promise.resolve();

  private constructor(parts: Parts) {
    this.#cluster = parts.cluster;
    this.#launch = parts.launch;
    this.#log = parts.log;
    this.#giveBack = parts.giveBack;
    this.#child = parts.child;
    this.url = urlOf(parts.cluster.password, parts.port, databaseName);
    this.#watch();
  }

  /**
   * Starts the server, making the database first when the folder is new.
   *
   * @throws ConfigError in one line: another service uses the folder, no binaries, no right to write
   */
  static async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const { dataDir, log } = options;
    makeDataDir(dataDir);
    const binaries = await findBinaries(serverUser(dataDir) !== null);
    const unlock = lockDataDir(dataDir);
    if (unlock === null) throw new ConfigError([`DATA_DIR is in use by another running service: ${dataDir}`]);
    let hold: DataDirHold | null = null;
    const giveBack = () => {
      hold?.release();
      unlock();
    };
    try {
      const ended = await endLeftBehindServer(clusterDir(dataDir));
      if (ended !== null) log(`Ended PostgreSQL (process ${ended}) that a killed service left behind`);
      hold = await holdDataDir(dataDir);
      if (hold === null) throw new ConfigError([stillInUse(dataDir)]);
      clearPostmasterFile(clusterDir(dataDir));
      endRestore(dataDir);
      const cluster = await openCluster(dataDir, binaries);
      const server = await startOnFreePort(cluster, { ...options, binaries, hold: hold.descriptor });
      const postgres = new EmbeddedPostgres({ cluster, log, giveBack, ...server });
      await createDatabase(cluster.password, server.port).catch(async (error: unknown) => {
        await postgres.stop();
        throw error;
      });
      return postgres;
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  /** Ends the server and gives the folder back. To be called after the last connection was closed. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await stopServer(this.#child);
    await this.#supervision;
    this.#giveBack();
  }

  /** Ends the server at once and does not wait; the next start recovers what was committed. */
  kill(): void {
    this.#stopping = true;
    this.#child.kill('SIGQUIT');
  }

  #watch(): void {
    this.#child.once('exit', (code, signal) => {
      if (this.#stopping) return;
      this.#log(`PostgreSQL ended unexpectedly (${signal ?? `exit code ${code}`}); starting it again`);
      this.#supervision = this.#restart();
    });
    if (hasEnded(this.#child) && !this.#stopping) this.#supervision = this.#restart();
  }

  async #restart(): Promise<void> {
    for (
      let delayMs = restartDelayMinMs;
      !this.#stopping;
      delayMs = Math.min(delayMs * 2, restartDelayMaxMs)
    ) {
      await sleep(delayMs);
      try {
        await endLeftBehindServer(this.#cluster.dir);
        clearPostmasterFile(this.#cluster.dir);
        this.#child = await this.#launch();
      } catch (error) {
        this.#log(messageOf(error));
        continue;
      }
      this.#log('PostgreSQL is back');
      if (this.#stopping) await stopServer(this.#child);
      this.#watch();
      return;
    }
  }
}

interface Parts {
  cluster: Cluster;
  launch: () => Promise<ChildProcess>;
  log: (line: string) => void;
  giveBack: () => void;
  child: ChildProcess;
  port: number;
}

/** The URL of the embedded database that a service in this folder runs now, or null when none runs. */
export function runningDatabaseUrl(dataDir: string): string | null {
  const file = readPostmasterFile(clusterDir(dataDir));
  if (file === null || !servesCluster(file.pid, clusterDir(dataDir))) return null;
  const password = readFileSync(join(dataDir, 'postgresql-password'), 'utf8').trim();
  return urlOf(password, file.port, databaseName);
}

type LaunchOptions = Pick<ServerOptions, 'binaries' | 'hold'>;

/** Another process may take the free port first, and the memory of a killed server takes a moment to be freed. */
async function startOnFreePort(
  cluster: Cluster,
  { settings, detached = true, binaries, hold }: EmbeddedPostgresOptions & LaunchOptions,
): Promise<Pick<Parts, 'child' | 'port' | 'launch'>> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort();
    const launch = () => startServer(cluster, { binaries, hold, port, settings, detached });
    try {
      return { child: await launch(), port, launch };
    } catch (error) {
      if (attempt === startAttemptsMax) {
        throw new ConfigError([messageOf(error)]);
      }
      await sleep(restartDelayMinMs * attempt);
    }
  }
}

async function createDatabase(password: string, port: number): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(password, port, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [databaseName]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${databaseName}`);
  } finally {
    await client.end();
  }
}

function stillInUse(dataDir: string): string {
  return `DATA_DIR is in use by a PostgreSQL that a killed service left behind in another container, which must end first: ${dataDir}`;
}

function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    const why = systemErrorCode(error) || messageOf(error);
    throw new ConfigError([`DATA_DIR must be a folder that this user may write to (${why})`]);
  }
}

function urlOf(password: string, port: number, database: string): string {
  return `postgres://${databaseUser}:${password}@127.0.0.1:${port}/${database}`;
}
