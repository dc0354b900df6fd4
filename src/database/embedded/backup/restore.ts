import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ConfigError } from '../../../config/config-error.ts';
import { clusterDir, refuseForeignData, serverUser } from '../cluster.ts';
import { holdDataDir, lockDataDir } from '../data-dir-lock.ts';
import { runningDatabaseUrl } from '../embedded-postgres.ts';
import { type Backup, clusterFolder, readBackup, secretFiles } from './backup-file.ts';
import { copyFile, inParallel, makeFolders, noRoom, requireRoom, syncFolder } from './copy-files.ts';
import { draftOf, endRestore, former, restored } from './end-restore.ts';

/**
 * Puts the database of a backup into `dataDir`, in place of the one that is there. That one is kept beside it, under a name
 * that ends in `.before-restore`. Until everything is copied and every file is as it was backed up, nothing changes; when it
 * is interrupted after that, the next start of the service or of a restore ends it, one way or the other.
 *
 * @returns what the backup holds
 * @throws ConfigError in one line: no backup, a damaged one, no room, a service that runs
 */
export async function restoreBackup(dataDir: string, folder: string): Promise<Backup> {
  const source = resolve(folder);
  const backup = readBackup(source);
  const inUse = new ConfigError([`A service runs on ${dataDir}: stop it first`]);
  if (runningDatabaseUrl(dataDir) !== null) throw inUse;
  await mkdir(dataDir, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw noRoom(error, dataDir);
  });
  const unlock = lockDataDir(dataDir);
  if (unlock === null) throw inUse;
  const hold = await holdDataDir(dataDir);
  try {
    if (hold === null) throw inUse;
    endRestore(dataDir);
    if (existsSync(clusterDir(dataDir) + former))
      throw new ConfigError([
        `${clusterDir(dataDir)}${former} is left from an earlier restore: delete it, or take it elsewhere, first`,
      ]);
    await copyIn(dataDir, source, backup);
    await switchOver(dataDir);
    return backup;
  } finally {
    hold?.release();
    unlock();
  }
}

/** Copies and compares; whatever fails leaves nothing behind. */
async function copyIn(dataDir: string, source: string, { files, folders }: Backup): Promise<void> {
  const draft = draftOf(dataDir);
  await rm(draft, { recursive: true, force: true });
  try {
    requireRoom(
      dataDir,
      files.reduce((sum, { bytes }) => sum + bytes, 0),
    );
    await makeFolders(draft, ['.', ...folders]);
    await inParallel(files, async (file) => {
      const isOfCluster = file.path.startsWith(`${clusterFolder}/`);
      const to = isOfCluster
        ? join(draft, file.path.slice(clusterFolder.length + 1))
        : join(draft, file.path);
      const written = await copyFile(join(source, file.path), to, file.path);
      if (written?.sha256 !== file.sha256)
        throw new ConfigError([`The backup is damaged: ${file.path} is not what was backed up`]);
    });
    refuseForeignData(draft);
    await handOver(draft, dataDir, folders, files);
    for (const name of secretFiles)
      if (existsSync(join(draft, name))) await rename(join(draft, name), join(dataDir, name) + restored);
    await rename(draft, clusterDir(dataDir) + restored);
  } catch (error) {
    for (const name of secretFiles) await rm(join(dataDir, name) + restored, { force: true });
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

/** To the user that the server runs as. */
async function handOver(
  draft: string,
  dataDir: string,
  folders: readonly string[],
  files: Backup['files'],
): Promise<void> {
  await chmod(draft, 0o700);
  const runAs = serverUser(dataDir);
  if (runAs === null) return;
  const paths = files.flatMap(({ path }) =>
    path.startsWith(`${clusterFolder}/`) ? [path.slice(clusterFolder.length + 1)] : [],
  );
  for (const path of ['.', ...folders, ...paths]) await chown(join(draft, path), runAs.uid, runAs.gid);
}

/** From here on the backup is what counts; `endRestore` goes on wherever this ends. */
async function switchOver(dataDir: string): Promise<void> {
  const cluster = clusterDir(dataDir);
  if (existsSync(cluster)) await rename(cluster, cluster + former);
  await rename(cluster + restored, cluster);
  endRestore(dataDir);
  await syncFolder(dataDir);
}
