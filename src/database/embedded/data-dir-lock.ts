import { closeSync, openSync, realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError } from '../../config/config-error.ts';
import { messageOf } from '../../config/system-error.ts';
import { seconds } from '../../errors/duration.ts';
import { hasProc, socketAddressFor } from './platform.ts';

const lockFile = 'service.lock';
const socketFile = 'in-use.sock';

/** A server that was told to end takes a moment until its last process has ended. */
const endsWithinMs = seconds(5);
const checkEveryMs = 50;

/** Of SQLite's result codes: another process holds the lock. */
const sqliteBusy = 5;

/**
 * Makes sure that one service at a time uses a data folder, in whichever container it runs: a lock of the file system
 * (`fcntl`, which Node itself does not offer and SQLite does) holds where processes do not see one another. The kernel
 * gives it back however the process ends; the file means nothing by itself and may stay. On NFS it holds as far as the
 * server's locks do.
 *
 * @returns gives the lock back, or null when another service holds it
 * @throws ConfigError when the folder cannot hold such a lock
 */
export function lockDataDir(dataDir: string): (() => void) | null {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(join(dataDir, lockFile));
    // Nothing is ever written, so there is nothing to be kept in a journal.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    if (isBusy(error)) return null;
    throw new ConfigError([`DATA_DIR: ${lockFile} cannot be locked there (${messageOf(error)})`]);
  }
  const held = database;
  return () => held.close();
}

function isBusy(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'errcode' in error && error.errcode === sqliteBusy;
}

/** What shows that somebody works in a data folder. */
export interface DataDirHold {
  /** To be inherited by all who work in the folder: it is held until the last of them has ended. */
  descriptor: number;
  release(): void;
}

/**
 * Shows that the folder is in use for as long as this process or one that inherited the descriptor lives. A service may
 * be killed and its PostgreSQL go on, where the next service cannot see it: in another container. It would write to the
 * same files. A socket in the folder can be asked from everywhere on this machine whether anyone still has it open.
 *
 * To be called by the one service that holds the lock.
 *
 * @returns null when somebody works in the folder, and has not ended after a moment
 * @throws ConfigError when the folder cannot hold a socket
 */
export async function holdDataDir(dataDir: string): Promise<DataDirHold | null> {
  // Addresses of sockets are short. This one is, however long the folder's path.
  const folder = openSync(dataDir, 'r');
  const file = hasProc ? join(dataDir, socketFile) : socketAddressFor(realpathSync(dataDir));
  const address = hasProc ? `/proc/self/fd/${folder}/${socketFile}` : file;
  const deadline = performance.now() + endsWithinMs;
  while (await isHeld(address)) {
    if (performance.now() > deadline) {
      closeSync(folder);
      return null;
    }
    await sleep(checkEveryMs);
  }
  rmSync(file, { force: true });
  const server = createServer((connection) => connection.destroy());
  const release = () => void server.close(() => closeSync(folder));
  try {
    await listen(server, address);
  } catch (error) {
    closeSync(folder);
    throw new ConfigError([`DATA_DIR: ${socketFile} cannot be made there (${messageOf(error)})`]);
  }
  server.unref();
  return { descriptor: descriptorOf(server), release };
}

function isHeld(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(address);
    connection.once('connect', () => resolve(true));
    // Anything else, such as a queue that is full, is the answer of somebody who has it open.
    connection.once('error', (error: NodeJS.ErrnoException) =>
      resolve(!['ECONNREFUSED', 'ENOENT'].includes(error.code ?? '')),
    );
    connection.once('connect', () => connection.destroy());
  });
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => resolve());
  });
}

/** Node hands a server to Node processes only. Others take the number of its descriptor, which has no public name. */
function descriptorOf(server: Server): number {
  const { fd } = (server as unknown as { _handle: { fd: number } })._handle;
  if (!Number.isInteger(fd) || fd < 0) throw new Error('The socket of a server has no descriptor');
  return fd;
}
