import { describe, expect, it } from '@jest/globals';
import { nextAttemptAt, retryWaitsMs } from './retry-plan.ts';

const now = new Date('2026-11-24T09:00:00Z');

describe('a failed delivery', () => {
  it('is tried again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, and then given up', () => {
    const waits = retryWaitsMs.map((_, at) => Number(nextAttemptAt(at + 1, now, 0, null)) - Number(now));
    const [s, min, h] = [1_000, 60_000, 3_600_000];
    expect(waits).toEqual([5 * s, 5 * min, 30 * min, 2 * h, 5 * h, 10 * h, 14 * h, 20 * h, 24 * h]);
    expect(nextAttemptAt(10, now, 0, null)).toBeNull();
  });

  it('waits a random bit longer, never less', () => {
    expect(Number(nextAttemptAt(1, now, 0.5, null)) - Number(now)).toBe(5_500);
    expect(Number(nextAttemptAt(1, now, 1, null)) - Number(now)).toBe(6_000);
  });

  it('waits for as long as the receiver asks, and at least for its own time', () => {
    expect(Number(nextAttemptAt(1, now, 0, 120_000)) - Number(now)).toBe(120_000);
    expect(Number(nextAttemptAt(2, now, 0, 1_000)) - Number(now)).toBe(300_000);
  });
});
