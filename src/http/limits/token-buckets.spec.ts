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
