import { createHook } from 'node:async_hooks';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { Service } from '../harness/service.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';

const largeBytes = 15 * 1024 * 1024;
const anId = '01890000-0000-7000-8000-000000000000';

describe('the door', () => {
  const service = useService();
  const workspace = useSharedWorkspace(service);

  /** Sends raw bytes and answers with what comes back by the time that the answer is whole. */
  async function answerTo(bytes: string | Buffer, isWhole = hasWholeAnswer): Promise<string> {
    const socket = opened(service);
    socket.write(bytes);
    return answerOn(socket, isWhole);
  }

  describe('without credentials', () => {
    const credentials: [string, string][] = [
      ['none', ''],
      ['a wrong token', 'Authorization: Bearer wrong\r\n'],
      ['a wrong cookie', 'Cookie: provisioning_session=wrong\r\n'],
    ];

    function operations(): [string, string][] {
      const { paths } = service.openApiDocument();
      return Object.entries(paths).flatMap(([path, item]) =>
        Object.keys(item).map((method): [string, string] => [
          method.toUpperCase(),
          path.replace(/\{[^}]+\}/g, anId),
        ]),
      );
    }

    it.each(credentials)('no route waits for a body: %s', async (_name, header) => {
      expect(operations().length).toBeGreaterThan(80);
      const more: [string, string][] = [
        ['POST', '/scim/v2/Nothing'],
        ['POST', '/scim'],
        ['POST', '/SCIM/V2/groups'],
        ['PUT', '/api/nothing'],
        ['POST', '/API/members/import'],
        ['PATCH', '/operator/nothing'],
        ['POST', '/health/live'],
        ['POST', '/settings/user-provisioning'],
        ['POST', '/nothing'],
        ['POST', '/api/docs'],
      ];
      const waiting: string[] = [];
      for (const [method, path] of [...operations(), ...more]) {
        for (const length of [`Content-Length: ${largeBytes}`, 'Transfer-Encoding: chunked']) {
          const head = `${method} ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${header}${length}\r\n\r\n`;
          const isSignIn = path === '/api/session' && method === 'POST' && length.startsWith('Transfer');
          // Signing in takes a small body; here it is told that there is more.
          const body = isSignIn ? `1400\r\n${'['.repeat(0x1400)}` : '';
          const answer = await answerTo(head + body);
          if (/^\/(?:api|operator|scim)/i.test(path)) expect(answer).toMatch(/^Cache-Control: no-store\r$/im);
          if (!/^HTTP\/1\.1 [245]/.test(answer)) waiting.push(`${method} ${path}: ${answer.slice(0, 40)}`);
          if (!path.startsWith('/health') && /^HTTP\/1\.1 2/.test(answer))
            waiting.push(`${method} ${path} 2xx`);
        }
      }
      const forEverybody = /^GET (?:\/api\/docs|\/api\/openapi|\/scim\/v2\/ServiceProviderConfig 2xx$)/;
      expect(waiting.filter((line) => !forEverybody.test(line))).toEqual([]);
    });

    it('16 kB that inflate to 16 MB cost nothing: 401, and nothing is inflated', async () => {
      const bomb = gzipSync(Buffer.alloc(16 * 1024 * 1024, '['));
      const head = headOf('POST', '/scim/v2/Groups', {
        'Content-Type': 'application/scim+json',
        'Content-Encoding': 'gzip',
        'Content-Length': bomb.length,
      });
      const begun = inflatersBegun();
      expect(await answerTo(Buffer.concat([Buffer.from(head), bomb]))).toMatch(/^HTTP\/1\.1 401 /);
      expect(begun()).toBe(0);
      const yardstick = inflatersBegun();
      gunzipSync(bomb);
      expect(yardstick()).toBe(1);
    });

    it('a large body ends its connection, a small one does not', async () => {
      const large = await answerTo(headOf('POST', '/scim/v2/Users', { 'Content-Length': largeBytes }));
      expect(large).toMatch(/\r\nconnection: close\r\n/i);
      const small = headOf('POST', '/scim/v2/Users', { 'Content-Length': 2 });
      const twice = await answerTo(`${small}{}${small}{}`, (text) => text.split('HTTP/1.1 401').length === 3);
      expect(twice).not.toMatch(/connection: close/i);
    });

    it('who sends on gets the answer all the same', async () => {
      const socket = opened(service);
      socket.write(headOf('POST', '/scim/v2/Groups', { 'Content-Length': largeBytes }));
      const answer = answerOn(socket);
      for (let sent = 0; sent < 8 && !socket.destroyed; sent += 1) socket.write(Buffer.alloc(64 * 1024, '['));
      expect(await answer).toMatch(/^HTTP\/1\.1 401 [\s\S]*invalid_|Send the API token/);
    });

    it('a client that asks first is not told to send its body', async () => {
      const head = headOf('POST', '/scim/v2/Users', { 'Content-Length': 10, Expect: '100-continue' });
      expect(await answerTo(head)).toMatch(/^HTTP\/1\.1 401 /);
    });

    it('signing in takes 4 kB', async () => {
      const code = 'x'.repeat(5_000);
      const response = await service.http.post('/api/session').send({ code }).expect(413);
      expect(response.body).toMatchObject({ type: 'urn:user-provisioning:problem:content-too-large' });
      await service.http
        .post('/api/session')
        .send({ code: 'x'.repeat(100) })
        .expect(401);
    });
  });

  describe('with a token', () => {
    const bearer = () => ({ Authorization: `Bearer ${workspace.token}` });

    it('a client that asks first is told to send its body', async () => {
      const body = JSON.stringify({ userName: 'asks-first@example.com' });
      const socket = opened(service);
      const type = 'application/scim+json';
      socket.write(
        headOf('POST', '/scim/v2/Users', {
          ...bearer(),
          'Content-Type': type,
          'Content-Length': body.length,
          Expect: '100-continue',
        }),
      );
      expect(await answerOn(socket, (text) => text.endsWith('\r\n\r\n'), false)).toBe(
        'HTTP/1.1 100 Continue\r\n\r\n',
      );
      socket.write(body);
      expect(await answerOn(socket)).toMatch(/^HTTP\/1\.1 201 /);
    });

    it.each(['gzip', 'deflate', 'br', 'zstd', 'GZIP', 'identity, gzip', 'x-unknown'])(
      'a body that is %s is 415 and says so, in the form of its door',
      async (coding) => {
        const headers = {
          'Content-Encoding': coding,
          'Content-Length': 100,
          'Content-Type': 'application/json',
        };
        const scim = await answerTo(headOf('POST', '/scim/v2/Users', { ...bearer(), ...headers }));
        expect(scim).toMatch(
          /^HTTP\/1\.1 415 [\s\S]*application\/scim\+json[\s\S]*Content-Encoding is not accepted/,
        );
        expect(scim).toMatch(/\r\naccept-encoding: identity\r\n/i);
        const session = { Authorization: `Bearer ${workspace.adminToken}` };
        for (const path of ['/api/members', '/api/members/import']) {
          const api = await answerTo(headOf('POST', path, { ...session, ...headers }));
          expect(api).toMatch(/^HTTP\/1\.1 415 [\s\S]*application\/problem\+json/);
        }
      },
    );

    it('a body that says it is not encoded is taken', async () => {
      const { scim } = workspace;
      await scim
        .post('/Users', { userName: 'plain@example.com' })
        .set('Content-Encoding', 'identity')
        .expect(201);
    });

    it.each([
      ['levels', '/Users', '['.repeat(1024 * 1024 - 10), 400],
      ['empty objects', '/Users', `[${'{},'.repeat(340_000)}{}]`, 413],
      ['names in an object', '/Users', `{${'"a":1,'.repeat(10_000)}"b":1}`, 400],
      ['names in an object for a group', '/Groups', `{"members":[{${'"a":1,'.repeat(10_000)}"b":1}]}`, 400],
      ['numbers', '/Users/.search', `[${'1,'.repeat(500_000)}1]`, 413],
      ['empty objects for a group', '/Groups', `[${'{},'.repeat(5_000_000)}{}]`, 413],
      ['levels for a group', '/Groups', '{"a":'.repeat(3_000_000), 400],
      ['operations of nothing', '/Bulk', `{"Operations":[${'[],'.repeat(340_000)}[]]}`, 413],
    ])('too many %s are refused before they are parsed', async (_name, path, text, status) => {
      const response = await workspace.scim.post(path).set('Content-Type', 'application/json').send(text);
      expect(response.status).toBe(status);
      expect(response.type).toBe('application/scim+json');
    });

    it('a body over the limit is 413 before it has come', async () => {
      const headers = { ...bearer(), 'Content-Type': 'application/json', 'Content-Length': 2 * 1024 * 1024 };
      for (const path of [
        '/scim/v2/Users',
        '/scim/v2/Bulk',
        '/scim/v2/Groups/.search',
        '/scim/v2/Groupsies',
      ]) {
        expect(await answerTo(headOf('POST', path, headers))).toMatch(/^HTTP\/1\.1 413 /);
      }
    });

    it('a SCIM body that does not say what it is is read as JSON; behind a cookie it is not', async () => {
      const text = JSON.stringify({ userName: 'typeless@example.com' });
      const sent = { 'Content-Length': text.length };
      expect(await answerTo(headOf('POST', '/scim/v2/Users', { ...bearer(), ...sent }) + text)).toMatch(
        /^HTTP\/1\.1 201 /,
      );
      const session = { Authorization: `Bearer ${workspace.adminToken}` };
      expect(await answerTo(headOf('POST', '/api/members', { ...session, ...sent }) + text)).toMatch(
        /^HTTP\/1\.1 4\d\d /,
      );
    });

    it('bodies that are no UTF-8 are refused, not stored as question marks', async () => {
      const send = (bytes: Buffer, type = 'application/json') =>
        answerTo(
          Buffer.concat([
            Buffer.from(
              headOf('POST', '/scim/v2/Users', {
                ...bearer(),
                'Content-Type': type,
                'Content-Length': bytes.length,
              }),
            ),
            bytes,
          ]),
        );
      const refused = /^HTTP\/1\.1 400 [\s\S]*"scimType":"invalidSyntax"/;
      const latin = Buffer.from('{"userName":"j\xfcrgen@example.com"}', 'latin1');
      expect(await send(latin)).toMatch(refused);
      expect(await send(latin, 'application/json; charset=ISO-8859-1')).toMatch(refused);
      expect(await send(Buffer.from('\ufeff{"userName":"utf16@example.com"}', 'utf16le'))).toMatch(refused);
      expect(await send(Buffer.from('{"userName":"utf16@example.com"}', 'utf16le'))).toMatch(refused);
      expect(await send(Buffer.from('\ufeff{"userName":"bom@example.com"}'))).toMatch(/^HTTP\/1\.1 201 /);
    });

    it('a group with 100,000 members, 1,000 bulk operations and a CSV file of 5 MB are read', async () => {
      const { scim, admin } = workspace;
      const members = Array.from({ length: 100_000 }, (_, at) => {
        const value = `01890000-0000-7000-8000-${String(at).padStart(12, '0')}`;
        return { value, display: `Person ${at}`, type: 'User', $ref: `../Users/${at}` };
      });
      // Read and understood, but not stored: that would take longer than all else here.
      const group = await scim.post('/Groups', { members }).expect(400);
      expect(group.body.detail).toContain('displayName');
      const Operations = Array.from({ length: 1_000 }, (_, at) => ({
        method: 'DELETE',
        path: `/Users/01890000-0000-7000-8000-${String(at).padStart(12, '0')}`,
      }));
      const schemas = ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'];
      await scim.post('/Bulk', { schemas, failOnErrors: 1, Operations }).expect(200);
      const csv = `email,firstName\n${'x'.repeat(5 * 1024 * 1024 - 100)}\n`;
      const sent = admin.post('/api/members/import').set('Content-Type', 'text/csv; charset=utf-8');
      expect((await sent.send(csv)).status).toBe(400);
      const tooLarge = admin.post('/api/members/import').set('Content-Type', 'text/csv');
      expect((await tooLarge.send(csv + csv)).status).toBe(413);
    });

    it('one workspace cannot hold the memory of all with bodies that never end', async () => {
      const headers = { ...bearer(), 'Content-Type': 'application/json', 'Content-Length': largeBytes };
      const sockets = Array.from({ length: 4 }, () => opened(service));
      const answers = sockets.map((socket) => answerOn(socket));
      for (const socket of sockets) {
        socket.write(headOf('PUT', `/scim/v2/Groups/${anId}`, headers));
        socket.write(Buffer.alloc(12 * 1024 * 1024, ' '));
      }
      const refused = await Promise.race(answers);
      expect(refused).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after: \d/i);
      const other = await givenWorkspace(service);
      await other.scim.post('/Users', { userName: 'meanwhile@example.com' }).expect(201);
      for (const socket of sockets) socket.destroy();
      await Promise.allSettled(answers);
      await workspace.scim.post('/Users', { userName: 'afterwards@example.com' }).expect(201);
    });

    it('a token that is revoked while its body comes is worth nothing', async () => {
      const { token, admin } = await givenWorkspace(service);
      const body = JSON.stringify({ userName: 'slow@example.com' });
      const socket = opened(service);
      const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
      socket.write(headOf('POST', '/scim/v2/Users', { ...headers, 'Content-Length': body.length }));
      await new Promise((resolve) => setTimeout(resolve, 200));
      await admin.post('/api/user-provisioning/deactivate').expect(200);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      socket.write(body);
      expect(await answerOn(socket)).toMatch(/^HTTP\/1\.1 401 /);
    });
  });
});

function opened(service: Service): Socket {
  const socket = connect(service.config.port, '127.0.0.1');
  socket.on('error', () => undefined);
  return socket;
}

/** What comes on a connection until it is enough, or the connection is over. */
async function answerOn(socket: Socket, isEnough = hasWholeAnswer, ends = true): Promise<string> {
  let text = '';
  const take = (chunk: Buffer) => {
    text += chunk.toString('latin1');
  };
  socket.on('data', take);
  while (!isEnough(text) && !socket.destroyed && !socket.readableEnded) {
    await Promise.race([once(socket, 'data'), once(socket, 'end'), once(socket, 'close')]).catch(
      () => undefined,
    );
  }
  socket.off('data', take);
  if (ends) socket.destroy();
  return text;
}

function hasWholeAnswer(text: string): boolean {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd === -1) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, headEnd))?.[1];
  return length === undefined || text.length - headEnd - 4 >= Number(length);
}

/** Counts the inflaters that the process makes from here on, until it is asked. */
function inflatersBegun(): () => number {
  let count = 0;
  const hook = createHook({
    init: (_id, type) => {
      if (type === 'ZLIB') count += 1;
    },
  }).enable();
  return () => {
    hook.disable();
    return count;
  };
}

function headOf(method: string, path: string, headers: Record<string, string | number>): string {
  const lines = Object.entries({ Host: 'a', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
}
