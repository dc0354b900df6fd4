import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ConfigError } from '../../../config/config-error.ts';
import { systemErrorCode } from '../../../config/system-error.ts';
import { noRoom } from './copy-files.ts';

/** Shows that a folder is a backup that is not whole; it holds the number of the process that makes it. */
export const draftMarker = 'user-provisioning-unfinished-backup';

/**
 * Makes the folder of a backup under way. One that an interrupted backup left is taken away first; any other is nobody's to
 * delete.
 *
 * @throws ConfigError in one line when something else lies there, or another process makes a backup there
 */
export async function beginDraft(draft: string): Promise<void> {
  await mkdir(dirname(draft), { recursive: true }).catch((error: unknown) => {
    throw noRoom(error, dirname(draft));
  });
  if (!(await makeFolder(draft))) {
    await requireLeftBehind(draft);
    await rm(draft, { recursive: true, force: true });
    if (!(await makeFolder(draft))) throw new ConfigError([`Another backup has just begun in ${draft}`]);
  }
  await writeFile(join(draft, draftMarker), `${process.pid}\n`, { flag: 'wx', mode: 0o600 }).catch(
    (error: unknown) => {
      throw noRoom(error, draft);
    },
  );
}

/** The backup is whole. */
export async function endDraft(draft: string): Promise<void> {
  await rm(join(draft, draftMarker));
}

async function makeFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw noRoom(error, folder);
  }
}

async function requireLeftBehind(draft: string): Promise<void> {
  const entries = await readdir(draft).catch(() => null);
  if (entries?.length === 0) return;
  if (entries?.includes(draftMarker) !== true)
    throw new ConfigError([
      `${draft} may hold something else than an unfinished backup: look at it, and delete it or take it elsewhere first`,
    ]);
  const maker = Number(await readFile(join(draft, draftMarker), 'utf8'));
  if (maker !== process.pid && isAlive(maker))
    throw new ConfigError([
      `Process ${maker} makes a backup in ${draft}: wait for it. If that is another program, delete the folder`,
    ]);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) === 'EPERM';
  }
}
