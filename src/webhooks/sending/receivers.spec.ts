import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { checkedLookup, PrivateAddressError } from './checked-lookup.ts';
import { isPublicAddress } from '../../http/validation/public-address.ts';
import { answerLengthMaxChars, Receivers } from './receivers.ts';
import { retryAfterOf } from './retry-after.ts';

const now = new Date('2026-11-24T09:00:00Z');
const servers: Server[] = [];
const clients: Receivers[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.end();
  for (const server of servers.splice(0)) await new Promise((closed) => server.close(closed));
});

async function listening(answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return (server.address() as AddressInfo).port;
}

function receivers(...given: ConstructorParameters<typeof Receivers>): Receivers {
  const client = new Receivers(...given);
  clients.push(client);
  return client;
}

const post = (client: Receivers, url: string) =>
  client.post(url, { 'content-type': 'application/json' }, '{}', now);

describe('a public address', () => {
  it.each([
    ...['127.0.0.1', '127.8.8.8', '10.1.2.3', '172.16.0.1', '192.168.0.1', '169.254.169.254', '100.64.0.1'],
    ...['0.0.0.0', '0.1.2.3', '224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1', '240.0.0.1'],
    ...[
      '::1',
      '::',
      'fe80::1',
      'fe80::1%eth0',
      'fc00::1',
      'fd00:ec2::254',
      'ff02::1',
      'fec0::1',
      '2001:db8::1',
    ],
    ...['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:a9fe:a9fe', '::127.0.0.1', '64:ff9b::7f00:1'],
    ...['2002:7f00:1::', '2001::1', 'localhost', '', '1.2.3'],
  ])('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '172.32.0.1', '::ffff:8.8.8.8', '2606:4700::1111'])('is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('a connection to a receiver', () => {
  it('is not made to an address that is not public, however it is written or named', async () => {
    let asked = 0;
    const port = await listening((_, answer) => {
      asked += 1;
      answer.end();
    });
    const client = receivers(false);
    for (const host of [
      '127.0.0.1',
      'localhost',
      '0x7f.1',
      '2130706433',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '0.0.0.0',
    ]) {
      expect(await post(client, `https://${host}:${port}/`)).toMatchObject({
        error: 'private-address',
        status: null,
      });
    }
    expect(asked).toBe(0);
  });

  it('is not made when one of several addresses of a name is not public', async () => {
    const client = receivers(false, () =>
      Promise.resolve([
        { address: '93.184.215.14', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ]),
    );
    expect(await post(client, 'https://receiver.example/')).toMatchObject({ error: 'private-address' });
  });

  it('goes to an address that was checked: a name that answers differently the second time is not asked again', async () => {
    const answers = [[{ address: '93.184.215.14', family: 4 }], [{ address: '127.0.0.1', family: 4 }]];
    const lookup = checkedLookup(() => Promise.resolve(answers.shift() ?? []));
    const look = (all: boolean) =>
      new Promise((resolve) => lookup('receiver.example', { all }, (...told) => resolve(told)));
    expect(await look(true)).toEqual([null, [{ address: '93.184.215.14', family: 4 }]]);
    expect(answers).toHaveLength(1);
    expect(await look(false)).toEqual([expect.any(PrivateAddressError), '']);
  });

  it('says that a name leads nowhere', async () => {
    const client = receivers(false, () =>
      Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' })),
    );
    expect(await post(client, 'https://receiver.example/')).toMatchObject({ error: 'unresolved' });
  });
});

describe('an answer', () => {
  it('that is a redirect is a failure, and is not followed', async () => {
    const paths: string[] = [];
    const port = await listening(({ url = '' }, answer) => {
      paths.push(url);
      answer.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await post(receivers(true), `http://127.0.0.1:${port}/`)).toMatchObject({
      status: 307,
      error: 'redirect',
    });
    expect(paths).toEqual(['/']);
  });

  it('that never ends is read up to a limit and no further', async () => {
    const port = await listening((_, answer) => {
      answer.writeHead(200);
      const more = setInterval(() => answer.write('a\0b'.repeat(1_000)), 1);
      answer.on('close', () => clearInterval(more));
    });
    const { status, error, answer } = await post(receivers(true), `http://127.0.0.1:${port}/`);
    expect({ status, error }).toEqual({ status: 200, error: null });
    expect(answer).toMatch(/^(?:ab)+a?…$/u);
    expect(answer).toHaveLength(answerLengthMaxChars);
  });

  it('that is no HTTP, or breaks off, is a failure', async () => {
    const port = await listening((request) => request.socket.end('SSH-2.0-x\r\n'));
    expect(await post(receivers(true), `http://127.0.0.1:${port}/`)).toMatchObject({
      error: 'broken',
      status: null,
    });
    const other = await listening((request, answer) => {
      answer.writeHead(200, { 'content-length': '100' });
      answer.write('a');
      setTimeout(() => request.socket.destroy(), 10);
    });
    expect(await post(receivers(true), `http://127.0.0.1:${other}/`)).toMatchObject({ error: 'broken' });
  });

  it('may ask to be left alone, in seconds or until a date, for a day at most', () => {
    expect(retryAfterOf('120', now)).toBe(120_000);
    expect(retryAfterOf('Tue, 24 Nov 2026 09:01:00 GMT', now)).toBe(60_000);
    expect(retryAfterOf('Tue, 24 Nov 2020 09:01:00 GMT', now)).toBe(0);
    expect(retryAfterOf('999999999', now)).toBe(86_400_000);
    for (const text of [undefined, '', 'soon', '-1x']) expect(retryAfterOf(text, now)).toBeNull();
  });
});
