import { describe, expect, it } from '@jest/globals';
import { TokenBuckets } from './token-buckets.ts';

const rule = { name: 'address', perSecond: 10, atOnceMax: 20 };

describe('TokenBuckets', () => {
  it('lets as many through at once as the rule says, for each holder by itself', () => {
    const buckets = new TokenBuckets(rule, 100);
    const taken = Array.from({ length: 25 }, () => buckets.take('one'));
    expect(taken.filter(({ isTaken }) => isTaken)).toHaveLength(20);
    expect(taken.at(-1)).toMatchObject({ isTaken: false, left: 0, untilSeconds: 1 });
    expect(buckets.take('other')).toMatchObject({ isTaken: true, left: 19, untilSeconds: 1 });
  });

  it('says in whole seconds when the next may come', () => {
    const buckets = new TokenBuckets({ name: 'failed-sign-in', perSecond: 20 / 60, atOnceMax: 1 }, 100);
    buckets.take('one');
    expect(buckets.take('one')).toMatchObject({ isTaken: false, untilSeconds: 3 });
  });

  it('fills again at its rate', async () => {
    const buckets = new TokenBuckets(rule, 100);
    for (let n = 0; n < 20; n += 1) buckets.take('one');
    expect(buckets.take('one').isTaken).toBe(false);
    const begunMs = performance.now();
    while (!buckets.take('one').isTaken) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(performance.now() - begunMs).toBeGreaterThan(50);
  });

  it('remembers a bounded number of holders, however many come', () => {
    const buckets = new TokenBuckets(rule, 1_000);
    for (let n = 0; n < 50_000; n += 1) buckets.take(`address ${n}`);
    expect(buckets.size).toBe(1_000);
  });

  it('does not forget who sends all the time while others come and go', () => {
    const buckets = new TokenBuckets({ ...rule, perSecond: 0.001 }, 100);
    for (let n = 0; n < 5_000; n += 1) {
      buckets.take('always');
      buckets.take(`passing ${n}`);
    }
    expect(buckets.take('always').isTaken).toBe(false);
  });
});

const slowRule = { name: 'token', perSecond: 1, atOnceMax: 10 };

describe('buckets of several processes', () => {
  it('say what was taken since they were asked last, once they count together', () => {
    const buckets = new TokenBuckets(slowRule, 5);
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
    const buckets = new TokenBuckets(slowRule, 5);
    buckets.owe('a', 15);
    expect(buckets.take('a')).toMatchObject({ isTaken: false, left: 0, untilSeconds: 6 });
  });

  it('are told to another process so that it counts on where they are', () => {
    const [one, other] = [new TokenBuckets(slowRule, 5), new TokenBuckets(slowRule, 5)];
    for (let count = 0; count < 8; count += 1) one.take('a');
    for (const [holder, count] of one.takenSoFar()) other.owe(holder, count);
    expect(other.take('a')).toMatchObject({ isTaken: true, left: 1 });
  });
});
