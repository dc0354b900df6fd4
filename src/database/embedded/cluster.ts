import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import { chmod, chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ConfigError } from '../../config/config-error.ts';
import { messageOf, systemErrorCode } from '../../config/system-error.ts';
import { inheritedPath } from './platform.ts';

/** PostgreSQL refuses to run as root, so there it runs as the user "nobody" that every Linux system has. */
const unprivilegedId = 65_534;

const supportedMajorVersion = '18';
export const databaseUser = 'user_provisioning';

/** The files of the embedded database, and the user that its server runs as (null: the present one). */
export interface Cluster {
  dir: string;
  password: string;
  logFile: string;
  runAs: { uid: number; gid: number } | null;
}

/** The user that the server of `dataDir` runs as: the owner of the data, when there are data and we are root. */
export function serverUser(dataDir: string): Cluster['runAs'] {
  if (process.getuid?.() !== 0) return null;
  const dir = clusterDir(dataDir);
  const owner = existsSync(dir) ? statSync(dir) : null;
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return { uid: unprivilegedId, gid: unprivilegedId };
}

/**
 * Opens the cluster in `dataDir`, making it first when there is none. If that is interrupted, nothing is left behind.
 *
 * @param binaries the folder with `bin/initdb`
 * @throws ConfigError when the data are of another PostgreSQL version or another user's
 */
export async function openCluster(dataDir: string, binaries: string): Promise<Cluster> {
  const dir = clusterDir(dataDir);
  const runAs = serverUser(dataDir);
  const passwordFile = join(dataDir, 'postgresql-password');
  if (!existsSync(dir)) await makeCluster({ dir, dataDir, binaries, runAs, passwordFile });
  refuseForeignData(dir);
  const password = readPassword(passwordFile);
  return { dir, password, logFile: join(dataDir, 'postgresql.log'), runAs };
}

function readPassword(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    const why = systemErrorCode(error) || messageOf(error);
    throw new ConfigError([
      `DATA_DIR: the password of its database cannot be read (${why}); bring back ${basename(file)} from a backup`,
    ]);
  }
}

export function clusterDir(dataDir: string): string {
  return join(dataDir, 'postgresql');
}

interface NewCluster {
  dir: string;
  dataDir: string;
  binaries: string;
  runAs: Cluster['runAs'];
  passwordFile: string;
}

async function makeCluster({ dir, dataDir, binaries, runAs, passwordFile }: NewCluster): Promise<void> {
  const draft = `${dir}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  const password = randomBytes(24).toString('base64url');
  await writeFile(passwordFile, password, { mode: 0o600 });
  await chmod(passwordFile, 0o600);
  const handedOver = join(dataDir, 'postgresql-password.draft');
  await writeFile(handedOver, password, { mode: 0o600 });
  if (runAs) await chown(draft, runAs.uid, runAs.gid);
  if (runAs) await chown(handedOver, runAs.uid, runAs.gid);
  const descriptors = [openSync(draft, 'r'), openSync(handedOver, 'r')];
  try {
    const places = { data: inheritedPath(3, draft), password: inheritedPath(4, handedOver) };
    await runInitdb(join(binaries, 'bin/initdb'), runAs, descriptors, places);
    await rename(draft, dir);
  } finally {
    descriptors.forEach((descriptor) => closeSync(descriptor));
    await rm(handedOver, { force: true });
  }
}

async function runInitdb(
  program: string,
  runAs: Cluster['runAs'],
  descriptors: number[],
  places: { data: string; password: string },
): Promise<void> {
  const settings = [
    `--pgdata=${places.data}`,
    `--pwfile=${places.password}`,
    `--username=${databaseUser}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  const child = spawn(program, settings, {
    ...runAs,
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe', ...descriptors],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return;
  const last = output.trim().split('\n').slice(-3).join(' / ');
  throw new ConfigError([`DATA_DIR: the embedded PostgreSQL could not be set up there: ${last}`]);
}

/** @throws ConfigError when the data are not those of this PostgreSQL, or cannot be read */
export function refuseForeignData(dir: string): void {
  let version: string;
  try {
    version = readFileSync(join(dir, 'PG_VERSION'), 'utf8').trim();
  } catch {
    throw new ConfigError(['DATA_DIR holds data of another user, or no whole database']);
  }
  if (version === supportedMajorVersion) return;
  throw new ConfigError([
    `DATA_DIR holds data of PostgreSQL ${version}; this service embeds ${supportedMajorVersion}`,
  ]);
}
