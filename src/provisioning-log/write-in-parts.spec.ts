import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mayBeWrittenLater, writeInParts } from './write-in-parts.ts';

function failure(code: string): Error {
  return Object.assign(new Error('refused'), { code, severity: 'ERROR' });
}

describe('a batch that is written in parts', () => {
  it('is written but for what is refused, in few statements, in its order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(499), { maxLength: 5 }), async (bad) => {
        const written: number[] = [];
        const refused: number[] = [];
        let statements = 0;
        const batch = Array.from({ length: 500 }, (_, at) => at);
        const waiting = await writeInParts(
          batch,
          (part) => {
            statements += 1;
            if (part.some((one) => bad.includes(one))) return Promise.reject(failure('54000'));
            written.push(...part);
            return Promise.resolve();
          },
          (one) => {
            refused.push(one);
            return Promise.resolve(null);
          },
        );
        expect(waiting).toEqual([]);
        expect(refused).toEqual([...bad].sort((a, b) => a - b));
        expect(written).toEqual(batch.filter((one) => !bad.includes(one)));
        expect(statements).toBeLessThanOrEqual(1 + bad.length * 18);
      }),
    );
  });

  it('waits as far as it is not written when the database goes away in the middle of it', async () => {
    let statements = 0;
    const batch = Array.from({ length: 8 }, (_, at) => at);
    const waiting = await writeInParts(
      batch,
      () => {
        statements += 1;
        if (statements === 1) return Promise.reject(failure('22P05'));
        return statements < 3 ? Promise.resolve() : Promise.reject(failure('57P01'));
      },
      () => Promise.resolve(null),
    );
    expect(waiting).toEqual([4, 5, 6, 7]);
  });

  it.each(['57P01', '08006', '53100', '40P01', '25006', '42P01', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT'])(
    'may succeed later after %s',
    (code) => expect(mayBeWrittenLater(failure(code))).toBe(true),
  );

  it.each(['22P02', '22021', '23505', '54000', 'P0001', 'XX000'])('may not after %s', (code) => {
    expect(mayBeWrittenLater(failure(code))).toBe(false);
  });

  it('may succeed later when a connection broke, and not when it could not even be put together', () => {
    expect(mayBeWrittenLater(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(mayBeWrittenLater(new RangeError('Invalid string length'))).toBe(false);
  });
});
