import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { type BodyLine, readLines } from './read-lines.ts';

const limits = { lineSizeMaxBytes: 1_000, aheadMaxBytes: 1_000_000 };

describe('the lines of a body', () => {
  it('come together when they came while earlier ones were worked on, however many parts they were sent in', async () => {
    const body = new PassThrough();
    const together: BodyLine[][] = [];
    body.write('0\n');
    for await (const lines of readLines(body, limits)) {
      together.push(lines);
      if (together.length > 1) continue;
      for (let n = 1; n <= 500; n += 1) body.write(`${n}\n`);
      body.end('501');
      await setImmediate();
    }
    expect(together.map(({ length }) => length)).toEqual([1, 500, 1]);
    expect(together.flat().map(({ number, bytes }) => [number, String(bytes)])).toEqual(
      Array.from({ length: 502 }, (_, n) => [n + 1, String(n)]),
    );
  });

  it('come one by one to somebody who waits for them', async () => {
    const body = new PassThrough();
    const lines = readLines(body, limits);
    for (const text of ['a', 'b']) {
      body.write(`${text}\n`);
      const { value } = (await lines.next()) as { value: BodyLine[] };
      expect(value.map(({ bytes }) => String(bytes))).toEqual([text]);
    }
  });
});
