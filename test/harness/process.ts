import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freeRates } from '../../scripts/free-rates.ts';
import { findFreePort } from '../../src/database/embedded/free-port.ts';
import { compileCache } from './compile-cache.ts';
import { serviceInOneFile } from './service-in-one-file.ts';

const startWithinMs = 100_000;
const checkEveryMs = 50;

export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The built service in its own process, which a test may kill. */
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

/** Runs a program as if in another container: it sees no process, network or shared memory of this one. */
const asInContainer = [
  'unshare',
  ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']),
  ...['--net', '--pid', '--ipc', '--fork', '--kill-child', '--mount-proc'],
];

/** Why this machine cannot run a container; null when it can. */
export function whyNoContainer(): string | null {
  const [program = '', ...flags] = asInContainer;
  const { error, status, stderr } = spawnSync(program, [...flags, 'true'], { encoding: 'utf8' });
  if (error) return error.message;
  return status === 0 ? null : stderr.trim();
}

/**
 * Starts the built service and does not wait for it.
 *
 * @param environment settings; `PORT` is a free one unless it is given
 * @param place `inContainer`: in its own namespaces; check {@link whyNoContainer} first
 */
export async function spawnService(
  environment: Record<string, string>,
  place: { inContainer: boolean } = { inContainer: false },
): Promise<ServiceProcess> {
  const main = await serviceInOneFile();
  const port = environment.PORT ?? String(await findFreePort());
  const [program = '', ...programArguments] = [
    ...(place.inContainer ? asInContainer : []),
    process.execPath,
    main,
  ];
  const child = spawn(program, programArguments, {
    env: { ...passedOn(), LOG_LEVEL: 'info', ...freeRates, ...environment, PORT: port },
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

/** Starts the built service and waits until it is ready. Stops it when it does not become ready. */
export async function startServiceProcess(environment: Record<string, string>): Promise<ServiceProcess> {
  const service = await spawnService(environment);
  try {
    await service.ready();
  } catch (error) {
    await service.stop('SIGKILL');
    throw error;
  }
  return service;
}

/** A data folder for embedded mode, and a way to remove it. */
export async function makeDataDir(): Promise<{ dataDir: string; remove: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(process.env.TEST_FOLDER ?? tmpdir(), 'user-provisioning-data-'));
  return { dataDir, remove: () => rm(dataDir, { recursive: true, force: true }) };
}

/** The token that a service in embedded mode made for itself. */
export async function readOperatorToken(dataDir: string): Promise<string> {
  return (await readFile(join(dataDir, 'operator-token'), 'utf8')).trim();
}

/** Environment variables that a process of a test run needs, besides its settings. */
function passedOn(): NodeJS.ProcessEnv {
  const { PATH, TMPDIR, NODE_OPTIONS, TEST_FAULTS_FILE, TEST_STATEMENTS_FOLDER } = process.env;
  return { PATH, TMPDIR, NODE_OPTIONS, TEST_FAULTS_FILE, TEST_STATEMENTS_FOLDER, ...compileCache() };
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

/** Makes a workspace and answers with its id. */
export async function createWorkspace(service: ServiceProcess, token: string): Promise<string> {
  const answer = await fetch(`${service.url}/operator/workspaces`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Example' }),
  });
  if (answer.status !== 201)
    throw new Error(`No workspace was made: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

/** The status that the operator gets when reading a workspace. */
export async function statusOfWorkspace(service: ServiceProcess, token: string, id: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${service.url}/operator/workspaces/${id}`, { headers })).status;
}

/** The process of the embedded PostgreSQL. */
export async function postgresPid(dataDir: string): Promise<number> {
  const text = await readFile(join(dataDir, 'postgresql/postmaster.pid'), 'utf8');
  return Number(text.split('\n')[0]);
}

/** A process that has ended but was not yet waited for (a zombie, state Z) is not alive. */
export async function lives(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat !== null && !/\) [ZX] /.test(stat);
}
