import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { synchronize } from '../harness/synchronize.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';

const connectionsMax = 60;
/** Deadlines are of one and two seconds here; a busy machine may take its time. */
const endsWithinMs = 20_000;

describe('slow clients', () => {
  const service = useService({
    config: {
      HEADER_TIMEOUT_SECONDS: '1',
      BODY_TIMEOUT_SECONDS: '2',
      IDLE_CONNECTION_SECONDS: '1',
      MAX_CONNECTIONS: String(connectionsMax),
    },
  });
  const workspace = useSharedWorkspace(service);

  async function opened(): Promise<Socket> {
    const socket = connect(service.config.port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.resume();
    return socket;
  }

  async function isEnded(socket: Socket): Promise<boolean> {
    const timeout = sleep(endsWithinMs, false, { ref: false });
    // `once` of node:events would fail when the connection is reset, which is one way to be cut off.
    const closed = new Promise<boolean>((resolve) => socket.once('close', () => resolve(true)));
    return socket.destroyed || (await Promise.race([closed, timeout]));
  }

  it.each([
    ['says nothing', '', 0],
    ['sends half of a head', 'GET /scim/v2/Users HTTP/1.1\r\nHost: a\r\nX-Half', 0],
    ['drips its head', 'GET /scim/v2/Users HTTP/1.1\r\nHost: a\r\nX-Drip: ', 300],
  ])('is cut off: one that %s', async (_name, start, dripEveryMs) => {
    const socket = await opened();
    socket.write(start);
    const timer = dripEveryMs > 0 ? setInterval(() => socket.write('x'), dripEveryMs) : undefined;
    expect(await isEnded(socket)).toBe(true);
    clearInterval(timer);
  });

  it('is told how long a connection is kept on which it asks nothing, and is closed after that', async () => {
    const socket = await opened();
    let answer = '';
    socket.on('data', (part) => (answer += part.toString()));
    socket.write('GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(await isEnded(socket)).toBe(true);
    expect(answer).toContain('200 OK');
    expect(answer).toContain('Keep-Alive: timeout=1\r\n');
  });

  it.each(['Content-Length: 1000000', 'Transfer-Encoding: chunked'])(
    'is cut off: one with a good token that drips its body, %s',
    async (length) => {
      const socket = await opened();
      const head = `POST /scim/v2/Users HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${workspace.token}\r\nContent-Type: application/json\r\n${length}\r\n\r\n`;
      socket.write(head);
      const drip = length.startsWith('T') ? '1\r\n \r\n' : ' ';
      const timer = setInterval(() => socket.write(drip), 300);
      expect(await isEnded(socket)).toBe(true);
      clearInterval(timer);
    },
  );

  it('a small body that was announced and never comes does not hold its connection', async () => {
    const socket = await opened();
    socket.write('POST /scim/v2/Users HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n');
    expect(await isEnded(socket)).toBe(true);
  });

  it('a stream of events outlives the deadlines of requests', async () => {
    const { id } = await synchronize(workspace.admin);
    await service.dataSource.query(
      `UPDATE sync_run SET state = 'running', lease_until = now() + interval '1 hour', finished_at = NULL WHERE id = $1`,
      [id],
    );
    const socket = await opened();
    const path = `/api/sync-runs/${id}/events`;
    socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${workspace.adminToken}\r\n\r\n`);
    await sleep(4_500);
    expect(socket.readableEnded || socket.destroyed).toBe(false);
    socket.destroy();
  });

  it('more connections than there is room for are turned away, and there is room again afterwards', async () => {
    const sockets = await Promise.all(Array.from({ length: connectionsMax * 2 }, opened));
    const turnedAway = await Promise.race([
      Promise.all(sockets.slice(0, 1).map(isEnded)).then(() => -1),
      sleep(500).then(() => sockets.filter((socket) => socket.destroyed || socket.readableEnded).length),
    ]);
    if (turnedAway !== -1) expect(turnedAway).toBeGreaterThanOrEqual(connectionsMax - 5);
    expect(await Promise.all(sockets.map(isEnded))).not.toContain(false);
    await service.http.get('/health/live').expect(200);
  });
});
