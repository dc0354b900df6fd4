import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../../src/database/embedded/free-port.ts';
import { buildIfNeeded } from '../../scripts/build-if-needed.ts';

const startWithinMs = 60_000;
const checkEveryMs = 50;

export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The built service in a process of its own, to be killed. */
export interface ServiceProcess {
  url: string;
  pid: number;
  /** What it wrote to stdout and stderr so far. */
  output(): string;
  /** Resolves when it is ready; rejects with its output when it ends before. */
  ready(): Promise<void>;
  /** Resolves when it has ended by itself or by a signal. */
  ended(): Promise<Ending>;
  /** Sends the signal (default SIGTERM) and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<Ending>;
}

/**
 * Starts the built service and does not wait for it.
 *
 * @param environment settings; `PORT` is a free one unless it is given
 */
export async function spawnService(environment: Record<string, string>): Promise<ServiceProcess> {
  await buildIfNeeded();
  const port = environment.PORT ?? String(await findFreePort());
  const main = join(import.meta.dirname, '../../dist/src/main.js');
  const child = spawn(process.execPath, [main], {
    env: { ...passedOn(), LOG_LEVEL: 'info', ...environment, PORT: port },
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ending = endingOf(child);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    pid: child.pid ?? 0,
    output: () => output,
    ready: () => waitUntilReady(url, child, () => output),
    ended: () => ending,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ending;
    },
  };
}

/** Starts the built service and waits until it is ready. */
export async function startServiceProcess(environment: Record<string, string>): Promise<ServiceProcess> {
  const service = await spawnService(environment);
  await service.ready();
  return service;
}

/** A data folder for embedded mode, and how to get rid of it. */
export async function makeDataDir(): Promise<{ dataDir: string; remove: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(process.env.TEST_FOLDER ?? tmpdir(), 'user-provisioning-data-'));
  return { dataDir, remove: () => rm(dataDir, { recursive: true, force: true }) };
}

/** The token that a service in embedded mode made for itself. */
export async function readOperatorToken(dataDir: string): Promise<string> {
  return (await readFile(join(dataDir, 'operator-token'), 'utf8')).trim();
}

/** What a process of a test run needs of its surroundings, beyond its settings. */
function passedOn(): NodeJS.ProcessEnv {
  const { PATH, TMPDIR, NODE_OPTIONS, TEST_FAULTS_FILE } = process.env;
  return { PATH, TMPDIR, NODE_OPTIONS, TEST_FAULTS_FILE };
}

function endingOf(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

async function waitUntilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = performance.now() + startWithinMs;
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`Ended early: ${output()}`);
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await sleep(checkEveryMs);
  }
  throw new Error(`Not ready in time: ${output()}`);
}
