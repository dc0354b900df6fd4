import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../../config/config-error.ts';

/** The last file that a backup gets: a folder without it is none, or not a whole one. */
export const backupFile = 'backup.json';
/** Where in a backup the files of the database are, named as in `DATA_DIR`. */
export const clusterFolder = 'postgresql';
/**
 * What belongs to a database besides its files: the password of its user, and what encrypts secrets unless told otherwise.
 */
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
  const version: unknown = isObject(backup) ? backup['version'] : undefined;
  if (typeof version === 'number' && version !== 1)
    throw new ConfigError([`${folder} was made by another version of this service, which must restore it`]);
  if (!isBackup(backup))
    throw new ConfigError([`${folder} is no backup: its ${backupFile} is not that of one`]);
  return backup;
}

function isBackup(value: unknown): value is Backup {
  if (!isObject(value) || value['version'] !== 1 || typeof value['takenAt'] !== 'string') return false;
  const { folders, files } = value;
  return Array.isArray(folders) && folders.every(isInside) && Array.isArray(files) && files.every(isFile);
}

function isFile(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { path, bytes, sha256 } = value;
  return isInside(path) && Number.isSafeInteger(bytes) && typeof sha256 === 'string';
}

/** Whether a path leads nowhere but into the folder that it is put together with. */
function isInside(path: unknown): boolean {
  return (
    typeof path === 'string' &&
    !path.startsWith('/') &&
    !path.includes('\0') &&
    !path.split('/').includes('..')
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
