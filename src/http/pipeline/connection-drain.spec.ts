import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { expect, it } from '@jest/globals';
import { ConnectionDrain } from './connection-drain.ts';

const ask = 'GET / HTTP/1.1\r\nHost: here\r\n\r\n';

/** Holds up the process, as when it gets no processor. */
function holdUp(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

async function answerOn(client: Socket): Promise<string> {
  const [data] = (await once(client, 'data')) as [Buffer];
  return data.toString();
}

it('a request that came on an open connection while the process got no processor is answered, and nobody is cut off', async () => {
  const drain = new ConnectionDrain();
  const server = createServer((request, response) =>
    drain.middleware(request as Request, response as Response, () => void response.end('here')),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.write(ask);
  expect(await answerOn(client)).toMatch(/^HTTP\/1.1 200 [^]*Connection: keep-alive/);
  const drained = drain.drain(server, 10_000);
  await sleep(100);
  const answer = answerOn(client);
  // From here the timers come next, and only then what has been received.
  await nextTurn();
  client.write(ask);
  holdUp(1_500);
  expect(await answer).toMatch(/^HTTP\/1.1 200 [^]*Connection: close/);
  expect(await drained).toBe(0);
});
