import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Asker } from '../../src/database/lanes/task.ts';
import type { Lane } from '../../src/database/lanes/lane.ts';
import { PooledClient } from '../../src/database/pooled-client.ts';
import { ClientGoneError, TooCostlyError, UnavailableError } from '../../src/errors/domain-errors.ts';
import { cloneDatabase } from '../harness/database.ts';

const shortLane: Lane = { pool: 'requests', share: null, statementMaxMs: 200, beyond: 'too-costly' };
const longLane: Lane = { ...shortLane, statementMaxMs: 60_000 };
const forever = 'SELECT pg_sleep(600)';

let url: string;
const clients: PooledClient[] = [];

beforeAll(async () => {
  ({ url } = await cloneDatabase());
});

afterEach(async () => {
  for (const client of clients.splice(0)) await client.end().catch(() => undefined);
});

async function connected(lane: Lane, asker: Asker | null = null, to = url): Promise<PooledClient> {
  const client = new PooledClient({ connectionString: to });
  clients.push(client);
  await client.connect();
  client.take(lane, asker);
  return client;
}

async function pidOf(client: PooledClient): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]!.pid;
}

describe('a statement that runs longer than its lane allows', () => {
  it('fails in the words of the lane, and its connection goes on', async () => {
    const client = await connected(shortLane);
    const pid = await pidOf(client);
    await expect(client.query(forever)).rejects.toBeInstanceOf(TooCostlyError);
    expect(await pidOf(client)).toBe(pid);
    client.take({ ...shortLane, beyond: 'unavailable' }, null);
    await expect(client.query(forever)).rejects.toBeInstanceOf(UnavailableError);
    expect(await pidOf(client)).toBe(pid);
  });

  it('takes its transaction back, and no other', async () => {
    const client = await connected(shortLane);
    await client.query('CREATE TABLE kept (n integer)');
    await client.query('BEGIN');
    await client.query('INSERT INTO kept VALUES (1)');
    await expect(client.query(forever)).rejects.toBeInstanceOf(TooCostlyError);
    await client.query('ROLLBACK');
    await client.query('BEGIN');
    await client.query('INSERT INTO kept VALUES (2)');
    await client.query('COMMIT');
    expect((await client.query('SELECT n FROM kept')).rows).toEqual([{ n: 2 }]);
  });

  it('on a pipeline lets those behind it be answered', async () => {
    const client = await connected(shortLane);
    client.pipeline = true;
    const [slow, ...quick] = await Promise.allSettled([
      client.query(forever),
      client.query('SELECT 1 AS n'),
      client.query('SELECT 2 AS n'),
    ]);
    expect(slow).toMatchObject({ status: 'rejected' });
    expect(quick).toMatchObject([{ value: { rows: [{ n: 1 }] } }, { value: { rows: [{ n: 2 }] } }]);
  });
});

describe('when the client of a request goes', () => {
  it('its statement ends and no other is begun', async () => {
    const asker = new Asker(() => null);
    const client = await connected(longLane, asker);
    const answer = client.query(forever);
    asker.leave();
    await expect(answer).rejects.toBeInstanceOf(ClientGoneError);
    await expect(client.query('SELECT 1')).rejects.toBeInstanceOf(ClientGoneError);
  });

  it('a transaction that is at its end is written', async () => {
    const asker = new Asker(() => null);
    const client = await connected(longLane, asker);
    await client.query('CREATE TABLE written (n integer)');
    await client.query('BEGIN');
    await client.query('INSERT INTO written VALUES (1)');
    const end = client.query('COMMIT');
    asker.leave();
    await end;
    await client.letGo();
    expect((await client.query('SELECT n FROM written')).rows).toEqual([{ n: 1 }]);
  });

  it('those who take its connection next are never met by the end of its statement', async () => {
    const first = await connected(longLane);
    for (let times = 0; times < 50; times += 1) {
      const asker = new Asker(() => null);
      first.take(longLane, asker);
      // Some have ended by themselves when the request to end them arrives.
      const answer = first.query(`SELECT pg_sleep(${times / 20_000})`).catch(() => undefined);
      setImmediate(() => asker.leave());
      await answer;
      await first.letGo();
      first.take(longLane, null);
      expect((await first.query('SELECT pg_sleep(0.002)')).rows).toHaveLength(1);
    }
  });
});

/** A proxy before PostgreSQL, which passes on what it is told to. @returns the address through it */
function useProxy(passes: (data: Buffer, isToServer: boolean) => boolean): () => string {
  let proxy: Server;
  const sockets = new Set<Socket>();
  beforeAll(async () => {
    const { hostname, port } = new URL(url);
    proxy = createServer((near) => {
      const far = connect(Number(port), hostname);
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.on('error', () => undefined);
      }
      near.on('data', (data: Buffer) => void (passes(data, true) && far.write(data)));
      far.on('data', (data: Buffer) => void (passes(data, false) && near.write(data)));
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  return () => {
    const through = new URL(url);
    through.host = `127.0.0.1:${(proxy.address() as { port: number }).port}`;
    return through.href;
  };
}

describe('a server that falls silent', () => {
  let isSilent = false;
  const address = useProxy(() => !isSilent);

  it('costs the connection, not the request its answer', async () => {
    const client = await connected(shortLane, null, address());
    await pidOf(client);
    isSilent = true;
    await expect(client.query('SELECT 1')).rejects.toThrow(/^Connection terminated/);
    expect(client.isBusy).toBe(false);
  });
});

describe('a server that hears late that a statement is to end', () => {
  /** The code of a request to cancel (PostgreSQL, "Message Formats"). */
  const cancelRequest = 80877102;
  const address = useProxy((data, isToServer) => {
    return !isToServer || data.length !== 16 || data.readUInt32BE(4) !== cancelRequest;
  });

  it('is not asked on that connection again: the next statement might be ended instead', async () => {
    const client = await connected(shortLane, null, address());
    await client.query('SELECT pg_sleep(1)');
    await client.letGo();
    expect(client.isSpoiled).toBe(true);
  });
});
