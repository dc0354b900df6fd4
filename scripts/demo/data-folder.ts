import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DemoError } from './demo-error.ts';

const processesFile = 'demo-processes.json';
const endTimeoutMs = 20_000;
const pollMs = 100;

/**
 * Makes the demo's data folder empty. Ends the service and the PostgreSQL that a killed demo left behind in it.
 * @throws DemoError when another demo is running in the folder, or what it left cannot be ended
 */
export async function freshDataFolder(folder: string): Promise<void> {
  const { demo, service } = readProcesses(folder);
  if (demo !== null && commandOf(demo).includes('demo.ts')) {
    throw new DemoError(`Another demo is running in ${folder} (process ${demo}). Stop it first.`);
  }
  // A process number may belong to somebody else by now: only what is surely ours is ended.
  if (service !== null) await end(service, 'SIGTERM', () => commandOf(service).includes('dist/src/main.js'));
  const postmaster = readPostmaster(folder);
  if (postmaster !== null) {
    // SIGINT is PostgreSQL's fast shutdown: it waits for no client.
    await end(postmaster, 'SIGINT', () => workingFolderOf(postmaster) === clusterFolder(folder));
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Notes which processes use the folder, so that the next demo can tell. */
export async function noteProcesses(folder: string, service: number): Promise<void> {
  await writeFile(join(folder, processesFile), JSON.stringify({ demo: process.pid, service }));
}

function readProcesses(folder: string): { demo: number | null; service: number | null } {
  const file = join(folder, processesFile);
  if (!existsSync(file)) return { demo: null, service: null };
  const text = readFileSync(file, 'utf8');
  const pidOf = (name: string): number | null => {
    const digits = new RegExp(`"${name}":(\\d+)`).exec(text)?.[1];
    return digits === undefined ? null : Number(digits);
  };
  return { demo: pidOf('demo'), service: pidOf('service') };
}

function clusterFolder(folder: string): string {
  return join(folder, 'postgresql');
}

/** The PostgreSQL that says it works in the folder, or null. */
function readPostmaster(folder: string): number | null {
  const file = join(clusterFolder(folder), 'postmaster.pid');
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, 'utf8').split('\n', 1)[0]);
  return Number.isInteger(pid) && pid > 1 ? pid : null;
}

/** The command line of a process, empty when there is no such process. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** Where a process works, null when it cannot be told. */
function workingFolderOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

async function end(pid: number, signal: NodeJS.Signals, isOurs: () => boolean): Promise<void> {
  if (!isOurs()) return;
  process.kill(pid, signal);
  for (let waitedMs = 0; isOurs(); waitedMs += pollMs) {
    if (waitedMs > endTimeoutMs)
      throw new DemoError(`Process ${pid}, left behind by an earlier demo, does not end.`);
    await sleep(pollMs);
  }
}
