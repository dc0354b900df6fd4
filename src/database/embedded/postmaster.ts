import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { minutes, seconds } from '../../errors/duration.ts';
import type { Cluster } from './cluster.ts';
import { inheritedPath } from './platform.ts';
import { readPostmasterFile, servesCluster } from './postmaster-file.ts';

const checkEveryMs = 20;
const startWithinMs = minutes(1);
const fastShutdownWithinMs = seconds(8);
const immediateShutdownWithinMs = seconds(3);
const logSizeMaxBytes = 10 * 1024 * 1024;

export interface ServerOptions {
  binaries: string;
  port: number;
  /** The descriptor by which all of the server's processes hold the data folder. */
  hold: number;
  /** Further settings, e.g. `{ fsync: 'off' }` where data need not survive. */
  settings?: Record<string, string>;
  /** Whether the server outlives an interrupt from the terminal; the service must end first. */
  detached: boolean;
}

/**
 * Starts the server of a cluster and waits until it takes connections.
 *
 * @throws Error with the last line of the server's log when it does not come up
 */
export async function startServer(cluster: Cluster, options: ServerOptions): Promise<ChildProcess> {
  const child = spawnServer(cluster, options);
  const deadline = performance.now() + startWithinMs;
  let failure: string | null = null;
  child.once('error', (error) => (failure = error.message));
  while (performance.now() < deadline) {
    const file = readPostmasterFile(cluster.dir);
    if (file?.pid === child.pid && file?.ready) return child;
    if (failure !== null || hasEnded(child)) break;
    await sleep(checkEveryMs);
  }
  if (!hasEnded(child)) child.kill('SIGQUIT');
  const why = failure ?? lastLine(cluster.logFile);
  throw new Error(`The embedded PostgreSQL did not start: ${why}`);
}

function spawnServer(cluster: Cluster, options: ServerOptions): ChildProcess {
  rotateLog(cluster.logFile);
  const log = openSync(cluster.logFile, 'a', 0o600);
  const dataDir = openSync(cluster.dir, 'r');
  const settings = { ...serverSettings(options.port), ...options.settings };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  try {
    return spawn(join(options.binaries, 'bin/postgres'), ['-D', inheritedPath(3, cluster.dir), ...flags], {
      ...cluster.runAs,
      cwd: '/',
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', log, log, dataDir, options.hold],
      detached: options.detached,
    });
  } finally {
    closeSync(log);
    closeSync(dataDir);
  }
}

/** Reachable from this machine only, and by password: other users of the machine are not the service. */
function serverSettings(port: number): Record<string, string> {
  return {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '128MB',
    max_wal_size: '1GB',
    wal_compression: 'on',
    jit: 'off',
    // One search may take one processor, not all of them.
    max_parallel_workers_per_gather: '0',
    // A process that was killed cannot end its statements.
    client_connection_check_interval: '10s',
    // In a new database statements are planned for empty tables until it has looked at them.
    autovacuum_naptime: '10s',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // What PostgreSQL logs of a failed statement repeats values, and so do its details. The service logs such
    // failures itself,
    // without values; here, only the server's own troubles are logged.
    log_min_messages: 'log',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_min_error_statement: 'panic',
    log_min_duration_statement: '-1',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
  };
}

/** Ends a server that this process started: running statements are cancelled, data are written. */
export async function stopServer(child: ChildProcess): Promise<void> {
  for (const [signal, withinMs] of shutdownSteps) {
    if (hasEnded(child)) return;
    child.kill(signal);
    await until(() => hasEnded(child), withinMs);
  }
}

/**
 * Ends the server that a killed service left behind in this cluster, if it can be seen from here. To be called by the one
 * service that holds the cluster's lock.
 *
 * @returns the process id of a server that was ended, or null when there was none
 */
export async function endLeftBehindServer(clusterDir: string): Promise<number | null> {
  const file = readPostmasterFile(clusterDir);
  if (file === null) return null;
  const { pid } = file;
  const wasRunning = servesCluster(pid, clusterDir);
  for (const [signal, withinMs] of shutdownSteps) {
    if (!servesCluster(pid, clusterDir)) break;
    process.kill(pid, signal);
    await until(() => !servesCluster(pid, clusterDir), withinMs);
  }
  return wasRunning ? pid : null;
}

/** SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one, which the next start recovers from. */
const shutdownSteps = [
  ['SIGINT', fastShutdownWithinMs],
  ['SIGQUIT', immediateShutdownWithinMs],
  ['SIGKILL', immediateShutdownWithinMs],
] as const;

export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

async function until(isSo: () => boolean, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!isSo() && performance.now() < deadline) await sleep(checkEveryMs);
}

function rotateLog(file: string): void {
  if (existsSync(file) && statSync(file).size > logSizeMaxBytes) renameSync(file, `${file}.1`);
}

function lastLine(file: string): string {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.findLast((line) => /FATAL|ERROR|PANIC/.test(line)) ?? lines.at(-1) ?? '';
}
