import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { ConfigError } from '../../../config/config-error.ts';
import { systemErrorCode } from '../../../config/system-error.ts';
import { clusterDir } from '../cluster.ts';
import { holdDataDir, lockDataDir } from '../data-dir-lock.ts';
import { runningDatabaseUrl } from '../embedded-postgres.ts';
import { type Backup, backupFile, clusterFolder, type FileOfBackup, secretFiles } from './backup-file.ts';
import {
  copyFile,
  type Entries,
  entriesOf,
  makeFolders,
  noRoom,
  inParallel,
  requireRoom,
  sizeOf,
  syncFolder,
} from './copy-files.ts';
import { beginDraft, endDraft } from './draft.ts';

/** A backup under way and its write-ahead log, besides the files that are there at its beginning. */
const reserveBytes = 64 * 1024 * 1024;

/**
 * Copies the embedded database of `dataDir` into a folder, while its service runs or while none does. The copy is that of
 * one moment: what was committed until the end of the backup.
 *
 * It appears under its name when it is whole. One that was interrupted leaves a folder that ends in `.unfinished`, which
 * the next one takes away; another folder of that name stays, and the backup is refused.
 *
 * @returns what it holds
 * @throws ConfigError in one line: no database there, a folder that is not empty or not ours, no room, a service that just starts
 */
export async function takeBackup(dataDir: string, target: string): Promise<Backup> {
  const source = clusterDir(dataDir);
  const place = resolve(target);
  if (!existsSync(join(source, 'PG_VERSION')))
    throw new ConfigError([`DATA_DIR has no database to back up: ${dataDir}`]);
  if (place === resolve(dataDir) || place.startsWith(`${resolve(dataDir)}/`))
    throw new ConfigError([`A backup must not lie in DATA_DIR itself: ${place}`]);
  await requireEmpty(place);
  const draft = `${place}.unfinished`;
  await beginDraft(draft);
  try {
    const backup = await copyCluster(dataDir, draft);
    await endDraft(draft);
    await makeWay(place);
    await rename(draft, place);
    await syncFolder(dirname(place));
    return backup;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function requireEmpty(place: string): Promise<void> {
  const entries = await readdir(place).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw noRoom(error, place);
  });
  if (entries.length > 0)
    throw new ConfigError([`${place} is not empty: name a folder of its own for each backup`]);
}

/** An empty folder may be there; what somebody has put there meanwhile stays. */
async function makeWay(place: string): Promise<void> {
  await rmdir(place).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return;
    throw new ConfigError([`${place} was empty at the beginning of the backup, and is not any more`]);
  });
}

async function copyCluster(dataDir: string, draft: string): Promise<Backup> {
  const url = runningDatabaseUrl(dataDir);
  if (url !== null) return copyRunning(dataDir, draft, url);
  const unlock = lockDataDir(dataDir);
  if (unlock === null)
    throw new ConfigError([`A service just starts or stops in ${dataDir}: try again in a moment`]);
  const hold = await holdDataDir(dataDir);
  try {
    if (hold === null) throw new ConfigError([`A PostgreSQL in another container works in ${dataDir}`]);
    return await copyAtRest(dataDir, draft);
  } finally {
    hold?.release();
    unlock();
  }
}

async function copyAtRest(dataDir: string, draft: string): Promise<Backup> {
  const takenAt = new Date().toISOString();
  const entries = await entriesOf(clusterDir(dataDir), { withWal: true });
  const files = await copyEntries(dataDir, draft, entries);
  return finish(dataDir, draft, { takenAt, migration: null, folders: entries.folders, files });
}

/**
 * PostgreSQL's own way ("Making a Base Backup Using the Low Level API"): files are copied while they change, and the
 * write-ahead log from the beginning to the end of the backup makes one moment of them. A slot of this session keeps that
 * log for as long.
 */
async function copyRunning(dataDir: string, draft: string, url: string): Promise<Backup> {
  const client = new pg.Client({ connectionString: url, application_name: 'user-provisioning backup' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const takenAt = new Date().toISOString();
    await client.query('SET statement_timeout = 0');
    await client.query(
      `SELECT pg_create_physical_replication_slot('user_provisioning_backup_' || pg_backend_pid(), true, true)`,
    );
    const started = await ask<{ file: string }>(
      client,
      `SELECT pg_walfile_name(pg_backup_start('user-provisioning', true)) AS file`,
    );
    const entries = await entriesOf(clusterDir(dataDir), { withWal: false });
    const files = await copyEntries(dataDir, draft, entries);
    const stopped = await ask<{ file: string; label: string }>(
      client,
      `SELECT pg_walfile_name(lsn) AS file, labelfile AS label FROM pg_backup_stop(false)`,
    );
    files.push(await writeText(draft, `${clusterFolder}/backup_label`, stopped.label));
    files.push(...(await copyWal(dataDir, draft, started.file, stopped.file)));
    const migration = await newestMigration(client);
    return await finish(dataDir, draft, { takenAt, migration, folders: entries.folders, files });
  } finally {
    await client.end();
  }
}

/** Null while its first service has not migrated it yet. */
async function newestMigration(client: pg.Client): Promise<string | null> {
  const { isThere } = await ask<{ isThere: boolean }>(
    client,
    `SELECT to_regclass('migrations') IS NOT NULL AS "isThere"`,
  );
  if (!isThere) return null;
  const { name } = await ask<{ name: string | null }>(
    client,
    'SELECT (SELECT name FROM migrations ORDER BY id DESC LIMIT 1) AS name',
  );
  return name;
}

async function ask<Row extends object>(client: pg.Client, text: string): Promise<Row> {
  const { rows } = await client.query<Row>(text);
  const [row] = rows;
  if (row === undefined) throw new Error('PostgreSQL answered nothing');
  return row;
}

async function copyEntries(
  dataDir: string,
  draft: string,
  { folders, files }: Entries,
): Promise<FileOfBackup[]> {
  const source = clusterDir(dataDir);
  await makeFolders(draft, [clusterFolder, ...folders.map((folder) => `${clusterFolder}/${folder}`)]);
  requireRoom(draft, (await sizeOf(source, files)) + reserveBytes);
  const copied = await inParallel(files, (file) => {
    const path = `${clusterFolder}/${file}`;
    return copyFile(join(source, file), join(draft, path), path);
  });
  return copied.filter((written) => written !== null);
}

/** The segments from the one in which the backup began to the one in which it ended; their names sort as they follow. */
async function copyWal(dataDir: string, draft: string, first: string, last: string): Promise<FileOfBackup[]> {
  const source = join(clusterDir(dataDir), 'pg_wal');
  const segments = (await readdir(source)).filter(
    (name) => /^[\dA-F]{24}$/.test(name) && name >= first && name <= last,
  );
  if (!segments.includes(first) || !segments.includes(last))
    throw new Error('The write-ahead log of this backup is not there any more');
  const copied: FileOfBackup[] = [];
  for (const segment of segments) {
    const path = `${clusterFolder}/pg_wal/${segment}`;
    const written = await copyFile(join(source, segment), join(draft, path), path);
    if (written === null) throw new Error('The write-ahead log of this backup is not there any more');
    copied.push(written);
  }
  return copied;
}

/** The secrets, and at last the file that says that the backup is whole. */
async function finish(
  dataDir: string,
  draft: string,
  parts: Pick<Backup, 'takenAt' | 'migration' | 'folders' | 'files'>,
): Promise<Backup> {
  const files = [...parts.files];
  for (const name of secretFiles) {
    const written = await copyFile(join(dataDir, name), join(draft, name), name);
    if (written !== null) files.push(written);
  }
  const postgresql = readFileSync(join(clusterDir(dataDir), 'PG_VERSION'), 'utf8').trim();
  const backup: Backup = { version: 1, postgresql, ...parts, files };
  await writeText(draft, backupFile, `${JSON.stringify(backup, null, 1)}\n`);
  return backup;
}

async function writeText(draft: string, path: string, text: string): Promise<FileOfBackup> {
  const file = await open(join(draft, path), 'wx', 0o600).catch((error: unknown) => {
    throw noRoom(error, draft);
  });
  try {
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    throw noRoom(error, draft);
  } finally {
    await file.close();
  }
  return { path, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
}
