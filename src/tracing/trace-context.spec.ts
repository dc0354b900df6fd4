import { describe, expect, it } from '@jest/globals';
import { currentTraceparent, inTrace, readTraceparent, traceIdOf } from './trace-context.ts';

const given = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('the trace of a request', () => {
  it('is what the header says', () => {
    expect(readTraceparent(given)).toBe(given);
    expect(traceIdOf(given)).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
  });

  it.each([
    undefined,
    '',
    'nonsense',
    given.toUpperCase(),
    given.replace(/^00/, 'ff'),
    given.replace('4bf92f3577b34da6a3ce929d0e0e4736', '0'.repeat(32)),
    given.replace('00f067aa0ba902b7', '0'.repeat(16)),
    `${given}\nx: y`,
    `${given}-more`,
  ])('is none for %j', (header) => {
    expect(readTraceparent(header)).toBeNull();
  });

  it('goes with what it starts, and with nothing else', async () => {
    const seen = await inTrace(given, async () => {
      await Promise.resolve();
      return currentTraceparent();
    });
    expect([seen, currentTraceparent(), inTrace(null, currentTraceparent)]).toEqual([given, null, null]);
  });
});
