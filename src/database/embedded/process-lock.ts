import { createHash } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Makes sure that one process at a time does something on this machine. The lock is a socket in Linux's abstract
 * namespace: taking it is atomic, and the kernel gives it back however the process ends.
 *
 * @param name what is locked, e.g. a folder
 * @returns gives the lock back, or null when another process holds it
 */
export async function takeProcessLock(name: string): Promise<(() => void) | null> {
  const key = createHash('sha256').update(name).digest('hex').slice(0, 32);
  const server = createServer((connection) => connection.destroy());
  const taken = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen({ path: `\0user-provisioning-${key}` }, () => resolve(true));
  });
  server.unref();
  return taken ? () => server.close() : null;
}
