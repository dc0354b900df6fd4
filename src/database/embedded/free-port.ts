import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the ports that systems give to outgoing connections (Linux: from 32768, IANA: from 49152), so that none of
 * those takes the port before the server listens there, or while it is being started again.
 */
const portMin = 20_000;
const portMax = 32_000;
const attemptsMax = 50;

/**
 * A port of the loopback interface that nobody uses now.
 *
 * @throws Error when none was found
 */
export async function findFreePort(): Promise<number> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const port = randomInt(portMin, portMax);
    if (await isFree(port)) return port;
  }
  throw new Error('No port of 127.0.0.1 is free');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listens = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (listens) await new Promise((resolve) => server.close(resolve));
  return listens;
}
