import { createServer } from 'node:net';
import { DemoError } from './demo-error.ts';

const portsTriedMax = 50;

/**
 * The first port from `preferred` on that nobody listens to on this machine.
 * @throws DemoError when none of the next 50 is free
 */
export async function freePort(preferred: number): Promise<number> {
  for (let port = preferred; port < preferred + portsTriedMax && port <= 65_535; port += 1) {
    if (await isFree(port)) return port;
  }
  throw new DemoError(`No free port from ${preferred} on. Set PORT to another one.`);
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
