import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { hasProc, socketAddressFor } from './platform.ts';

/**
 * Makes sure that one process at a time does something on this machine. The lock is a socket, on Linux in its
 * abstract namespace: taking it is atomic, and the kernel gives it back however the process ends.
 *
 * @param name what is locked, e.g. a folder
 * @returns gives the lock back, or null when another process holds it
 */
export async function takeProcessLock(name: string): Promise<(() => void) | null> {
  if (hasProc) {
    const key = createHash('sha256').update(name).digest('hex').slice(0, 32);
    return listenAt(`\0user-provisioning-${key}`);
  }
  const file = socketAddressFor(name);
  const taken = await listenAt(file);
  if (taken !== null || (await isAnswered(file))) return taken;
  // A file, other than Linux's name, outlives a process that was killed.
  rmSync(file, { force: true });
  return listenAt(file);
}

async function listenAt(path: string): Promise<(() => void) | null> {
  const server = createServer((connection) => connection.destroy());
  const taken = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen({ path }, () => resolve(true));
  });
  server.unref();
  return taken ? () => server.close() : null;
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(path);
    connection
      .once('connect', () => (connection.destroy(), resolve(true)))
      .once('error', () => resolve(false));
  });
}
