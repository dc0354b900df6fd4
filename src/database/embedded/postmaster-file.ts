import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { worksIn } from './platform.ts';

/** What a running server says of itself in its `postmaster.pid`. */
export interface PostmasterFile {
  pid: number;
  port: number;
  ready: boolean;
}

/** Reads `postmaster.pid` (lines: pid, folder, start time, port, …, state at 8), or null when there is none. */
export function readPostmasterFile(clusterDir: string): PostmasterFile | null {
  let lines: string[];
  try {
    lines = readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1) return null;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/**
 * Clears away what a server that has ended left behind. A running one would miss it and end within a minute, so this is
 * for the one service that knows that none runs.
 */
export function clearPostmasterFile(clusterDir: string): void {
  rmSync(join(clusterDir, 'postmaster.pid'), { force: true });
}

/**
 * Whether the process `pid` lives and works in this cluster, as far as this process sees others. After a crash the
 * number in the file may belong to somebody else by now, who must not be killed for it.
 */
export function servesCluster(pid: number, clusterDir: string): boolean {
  return worksIn(pid, clusterDir);
}
