import { createHash } from 'node:crypto';
import { type Dirent, statfsSync } from 'node:fs';
import { mkdir, open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ConfigError } from '../../../config/config-error.ts';
import { messageOf, systemErrorCode } from '../../../config/system-error.ts';
import type { FileOfBackup } from './backup-file.ts';

const chunkBytes = 1024 * 1024;
const fileMode = 0o600;
const folderMode = 0o700;

/** What belongs to a running server alone; the folders are kept, empty. */
const transientFolders: ReadonlySet<string> = new Set([
  'pg_dynshmem',
  'pg_notify',
  'pg_replslot',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);
const transientFiles =
  /^(?:postmaster\.(?:pid|opts)|pg_internal\.init.*|pgsql_tmp.*|backup_label.*|tablespace_map.*)$/;

export interface Entries {
  folders: string[];
  files: string[];
}

/**
 * The files and folders of a cluster that a copy needs (PostgreSQL, "Making a Base Backup Using the Low Level API").
 *
 * @param withWal whether its write-ahead log is copied as it stands: only while no server runs
 */
export async function entriesOf(cluster: string, { withWal }: { withWal: boolean }): Promise<Entries> {
  const found: Entries = { folders: [], files: [] };
  const visit = async (at: string): Promise<void> => {
    for (const entry of await entriesIn(join(cluster, at))) {
      const path = at === '' ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory()) {
        found.folders.push(path);
        const isLeftOut = transientFolders.has(path) || (path === 'pg_wal' && !withWal);
        if (!isLeftOut) await visit(path);
      } else if (entry.isFile() && !transientFiles.test(entry.name)) found.files.push(path);
    }
  };
  await visit('');
  if (!withWal) found.folders.push('pg_wal/archive_status', 'pg_wal/summaries');
  return found;
}

async function entriesIn(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Copies a file to the disk itself, and says what was written. What grows under the copy is copied as far as it was.
 *
 * @returns null when it is gone: a table that was dropped meanwhile
 * @throws ConfigError when there is no room
 */
export async function copyFile(from: string, to: string, path: string): Promise<FileOfBackup | null> {
  const source = await open(from, 'r').catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (source === null) return null;
  try {
    const target = await open(to, 'wx', fileMode);
    try {
      const hash = createHash('sha256');
      const buffer = Buffer.allocUnsafe(chunkBytes);
      let bytes = 0;
      for (;;) {
        const { bytesRead } = await source.read(buffer, 0, chunkBytes, null);
        if (bytesRead === 0) break;
        const chunk = buffer.subarray(0, bytesRead);
        hash.update(chunk);
        await target.writeFile(chunk);
        bytes += bytesRead;
      }
      await target.sync();
      return { path, bytes, sha256: hash.digest('hex') };
    } finally {
      await target.close();
    }
  } catch (error) {
    throw noRoom(error, dirname(to));
  } finally {
    await source.close();
  }
}

export async function makeFolders(root: string, folders: readonly string[]): Promise<void> {
  for (const folder of folders)
    await mkdir(join(root, folder), { recursive: true, mode: folderMode }).catch((error: unknown) => {
      throw noRoom(error, root);
    });
}

/** So that what was renamed in it stays renamed when the machine loses its power. */
export async function syncFolder(folder: string): Promise<void> {
  const opened = await open(folder, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

/** Each file is written to the disk itself, which many can wait for together. */
const copiesAtATime = 8;

/**
 * Does something to each, a few at a time.
 *
 * @returns what came of each, in their order
 * @throws the first error, once nothing is under way any more
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  const next = items.entries();
  let failure: { because: unknown } | null = null;
  const worker = async (): Promise<void> => {
    for (const [at, item] of next) {
      if (failure !== null) return;
      try {
        results[at] = await work(item);
      } catch (error) {
        failure ??= { because: error };
      }
    }
  };
  await Promise.all(Array.from({ length: copiesAtATime }, worker));
  const failed = failure as { because: unknown } | null;
  if (failed !== null) throw failed.because;
  return results;
}

/** How many bytes these files have. */
export async function sizeOf(root: string, files: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const file of files)
    bytes += await stat(join(root, file)).then(
      ({ size }) => size,
      () => 0,
    );
  return bytes;
}

/** @throws ConfigError when the disk of a folder has less room than this */
export function requireRoom(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free < bytes)
    throw new ConfigError([`${folder} has ${megabytes(free)} free, and ${megabytes(bytes)} are needed`]);
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 ** 2)} MB`;
}

/** The fault in one line, when it is the disk's; otherwise as it is. */
export function noRoom(error: unknown, folder: string): unknown {
  const code = systemErrorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new ConfigError([`${folder} has no room left`]);
  if (['EACCES', 'EROFS', 'EPERM', 'ENOTDIR', 'ENOENT'].includes(code))
    return new ConfigError([`${folder} must be a folder that this user may write to (${messageOf(error)})`]);
  return error;
}
