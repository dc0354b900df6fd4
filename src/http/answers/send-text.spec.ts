import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { pieceMaxChars, sendText } from './send-text.ts';

let server: Server;
let text = '';
/** How many turns others had while an answer was written. */
let turns = 0;
let hasEnded: Promise<unknown> = Promise.resolve();

beforeAll(async () => {
  server = createServer((_request, response) => {
    turns = 0;
    const count = () => {
      turns += 1;
      if (!response.writableEnded && !response.destroyed) setImmediate(count);
    };
    hasEnded = once(response, 'close');
    sendText(response, text);
    count();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it.each([
  ['nothing', ''],
  ['a short one', 'ü😀'],
  ['one of exactly a piece', 'x'.repeat(pieceMaxChars)],
  ['one whose pieces would part a character', `x${'😀'.repeat(pieceMaxChars)}`],
  ['one whose pieces do not', '😀'.repeat(pieceMaxChars)],
  ['one that ends with half a character less than a piece', `${'ü'.repeat(pieceMaxChars * 2 - 1)}😀`],
])('sends the whole text, and says how long it is: %s', async (_name, whole) => {
  text = whole;
  const answer = await asked();
  expect(await textOf(answer)).toBe(whole);
  expect(answer.headers['content-length']).toBe(String(Buffer.byteLength(whole)));
  expect(turns).toBeGreaterThanOrEqual(Math.floor(whole.length / pieceMaxChars) - 1);
});

it('gives others a turn between the pieces', async () => {
  const pieces = 16;
  text = 'x'.repeat(pieces * pieceMaxChars);
  await textOf(await asked());
  expect(turns).toBeGreaterThanOrEqual(pieces);
});

it('stops when the client goes', async () => {
  text = 'x'.repeat(64 * pieceMaxChars);
  const answer = await asked();
  answer.destroy();
  await hasEnded;
});

async function asked(): Promise<IncomingMessage> {
  const request = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  return answer;
}
