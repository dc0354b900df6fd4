import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const tickMs = 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

interface ProcessTimes {
  parent: number;
  /** User and system time of the process itself, in clock ticks. */
  own: number;
  /** The same of its children that have ended. */
  endedChildren: number;
}

/** Processor time that a process has used so far, in milliseconds, accurate to a clock tick (10 ms). */
export function processTimeMs(pid: number): number {
  return (readTimes(pid)?.own ?? 0) * tickMs;
}

/** Processor time of a PostgreSQL server with all its backends, ended ones too, in milliseconds. */
export function clusterTimeMs(postmaster: number): number {
  const server = readTimes(postmaster);
  if (server === null) return 0;
  const backends = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readTimes(Number(name)))
    .filter((times) => times?.parent === postmaster);
  const ticks = backends.reduce((sum, times) => sum + (times?.own ?? 0), server.own + server.endedChildren);
  return ticks * tickMs;
}

/** Memory of a process that is in RAM now, in megabytes (10^6 bytes). */
export function residentMegabytes(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kibibytes) * 1024) / 1e6;
}

/** Null when there is no such process (any more). See proc_pid_stat(5): the name may hold spaces and parentheses. */
function readTimes(pid: number): ProcessTimes | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (number: number) => Number(fields[number - 3]);
  return { parent: field(4), own: field(14) + field(15), endedChildren: field(16) + field(17) };
}
