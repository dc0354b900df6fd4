import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { clusterDir } from '../cluster.ts';
import { secretFiles } from './backup-file.ts';

/** Ends the name of what waits to take the place of the file or folder without it. */
export const restored = '.restored';
/** Ends the name of the database that was there before. */
export const former = '.before-restore';

/** Where a restore copies to before anything counts. */
export function draftOf(dataDir: string): string {
  return `${clusterDir(dataDir)}.restoring`;
}

/**
 * Ends a restore that was interrupted. To be called by the process that holds the folder, before it opens the database.
 * While the old database is in its place, it stays; once it has gone from there, the restored one takes it.
 */
export function endRestore(dataDir: string): void {
  const cluster = clusterDir(dataDir);
  if (existsSync(cluster + restored)) {
    if (existsSync(cluster)) return giveUp(dataDir);
    renameSync(cluster + restored, cluster);
  } else if (existsSync(draftOf(dataDir))) return giveUp(dataDir);
  for (const name of secretFiles) {
    const file = join(dataDir, name);
    if (existsSync(file + restored)) renameSync(file + restored, file);
  }
}

/** The secrets first: without the folders, they would be taken for those of the database that is there. */
function giveUp(dataDir: string): void {
  for (const name of secretFiles) rmSync(join(dataDir, name) + restored, { force: true });
  rmSync(clusterDir(dataDir) + restored, { recursive: true, force: true });
  rmSync(draftOf(dataDir), { recursive: true, force: true });
}
