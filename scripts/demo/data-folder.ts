import { existsSync, globSync, readFileSync } from 'node:fs';
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
  if (demo !== null && isRunning(demo, 'demo.ts')) {
    throw new DemoError(`Another demo is running in ${folder} (process ${demo}). Stop it first.`);
  }
  if (service !== null) await end(service, 'main.js', 'SIGTERM');
  for (const file of globSync('**/postmaster.pid', { cwd: folder })) {
    const [postmaster = ''] = readFileSync(join(folder, file), 'utf8').split('\n');
    // SIGINT is PostgreSQL's fast shutdown: it waits for no client.
    await end(Number(postmaster), 'postgres', 'SIGINT');
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

/** Is the process there, and still the one that is meant (numbers are used again)? */
function isRunning(pid: number, commandPart: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(commandPart);
  } catch {
    // No such process.
    return false;
  }
}

async function end(pid: number, commandPart: string, signal: NodeJS.Signals): Promise<void> {
  if (!isRunning(pid, commandPart)) return;
  process.kill(pid, signal);
  for (let waitedMs = 0; isRunning(pid, commandPart); waitedMs += pollMs) {
    if (waitedMs > endTimeoutMs)
      throw new DemoError(`Process ${pid}, left behind by an earlier demo, does not end.`);
    await sleep(pollMs);
  }
}
