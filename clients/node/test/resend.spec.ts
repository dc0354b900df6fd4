import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createClient } from '../src/index.ts';

let server: Server;

/** A service that answers, but ends the connection of the requests with these numbers without a word. */
async function startServer(cutOff: readonly number[]): Promise<{ url: string; asked: () => number }> {
  let asked = 0;
  server = createServer((request, response) => {
    asked += 1;
    if (cutOff.includes(asked)) return void request.socket.destroy();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ items: [], next: 'c', more: false, decision: 'allow' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked: () => asked };
}

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe('a connection that ends before the answer', () => {
  it('costs a read nothing: it is sent once more', async () => {
    const { url, asked } = await startServer([2]);
    const client = createClient({ url, key: 'upk_test' });
    await client.eventPage({});
    expect(await client.eventPage({})).toMatchObject({ next: 'c' });
    expect(asked()).toBe(3);
  });

  it('is told when it ends again', async () => {
    const { url, asked } = await startServer([1, 2]);
    const client = createClient({ url, key: 'upk_test' });
    await expect(client.eventPage({})).rejects.toThrow('fetch failed');
    expect(asked()).toBe(2);
  });

  it('is told of a write, which may have been done', async () => {
    const { url, asked } = await startServer([1]);
    const client = createClient({ url, key: 'upk_test' });
    await expect(client.members.put('ext:w', 'ext:m', { email: 'ada@example.com' })).rejects.toThrow();
    expect(asked()).toBe(1);
  });
});
