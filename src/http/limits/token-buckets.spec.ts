import { describe, expect, it } from '@jest/globals';
import { TokenBuckets } from './token-buckets.ts';

const rule = { name: 'token', perSecond: 1, atOnceMax: 10 };

describe('TokenBuckets', () => {
  it('say what was taken since they were asked last, once they count together', () => {
    const buckets = new TokenBuckets(rule, 5);
    buckets.take('before');
    expect(buckets.takeUntold()).toEqual([]);
    buckets.countTogether();
    for (let count = 0; count < 12; count += 1) buckets.take('a');
    buckets.take('b');
    // What was refused was not taken.
    expect(buckets.takeUntold()).toEqual([
      ['a', 10],
      ['b', 1],
    ]);
    expect(buckets.takeUntold()).toEqual([]);
  });

  it('hold somebody to what others have let in, until it is made good', () => {
    const buckets = new TokenBuckets(rule, 5);
    buckets.owe('a', 15);
    expect(buckets.take('a')).toMatchObject({ isTaken: false, left: 0, untilSeconds: 6 });
  });

  it('are told to another process so that it counts on where they are', () => {
    const [one, other] = [new TokenBuckets(rule, 5), new TokenBuckets(rule, 5)];
    for (let count = 0; count < 8; count += 1) one.take('a');
    for (const [holder, count] of one.takenSoFar()) other.owe(holder, count);
    expect(other.take('a')).toMatchObject({ isTaken: true, left: 1 });
  });
});
