import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../../config/config-error.ts';

/** The last file that a backup gets: a folder without it is none, or not a whole one. */
export const backupFile = 'backup.json';
/** Where in a backup the files of the database are, named as in `DATA_DIR`. */
export const clusterFolder = 'postgresql';
/** What belongs to a database besides its files: the password of its user, and what encrypts secrets unless told otherwise. */
export const secretFiles = ['postgresql-password', 'operator-token'] as const;

export interface FileOfBackup {
  /** Below the backup's folder, with slashes. */
  path: string;
  bytes: number;
  sha256: string;
}

/** What `backup.json` says. */
export interface Backup {
  version: 1;
  /** When it was begun, in ISO 8601. It holds everything that was acknowledged until then. */
  takenAt: string;
  postgresql: string;
  /** The newest migration of the database. */
  migration: string | null;
  folders: string[];
  files: FileOfBackup[];
}

/**
 * Reads what a backup holds.
 *
 * @throws ConfigError in one line for a folder that is no whole backup
 */
export function readBackup(folder: string): Backup {
  let backup: unknown;
  try {
    backup = JSON.parse(readFileSync(join(folder, backupFile), 'utf8'));
  } catch {
    throw new ConfigError([`${folder} is no backup, or not a whole one: it has no ${backupFile} to read`]);
  }
  const { version } = backup as Partial<Backup>;
  if (version !== 1)
    throw new ConfigError([`${folder} was made by another version of this service, which must restore it`]);
  return backup as Backup;
}
