import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readlinkSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux shows processes and their open files below `/proc`; macOS does not. */
export const hasProc = process.platform === 'linux';

/**
 * How a child process names a file or folder that it is born with as a descriptor. So it needs no right to walk the path,
 * and the data can lie in a home directory that is closed to the user it runs as. On macOS, where PostgreSQL runs as the
 * same user, its path does.
 */
export function inheritedPath(descriptor: number, path: string): string {
  return hasProc ? `/proc/self/fd/${descriptor}` : path;
}

/** A short address for a socket that belongs to this path: addresses of sockets are short, paths are not. */
export function socketAddressFor(path: string): string {
  const key = createHash('sha256').update(path).digest('hex').slice(0, 32);
  return join(tmpdir(), `user-provisioning-${key}.sock`);
}

/**
 * Whether the process `pid` lives and works in this folder, as far as this process sees others.
 *
 * @param folder must exist
 */
export function worksIn(pid: number, folder: string): boolean {
  try {
    if (!hasProc) return folderOf(pid) === realpathSync(folder);
    // Where /proc is that of another container, its numbers are not those that signals go by.
    if (readlinkSync('/proc/self') !== String(process.pid)) return false;
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder);
  } catch {
    return false;
  }
}

function folderOf(pid: number): string | null {
  const { stdout } = spawnSync('lsof', ['-a', '-p', String(pid), '-d', 'cwd', '-Fn'], { encoding: 'utf8' });
  return /^n(.+)$/m.exec(stdout ?? '')?.[1] ?? null;
}
