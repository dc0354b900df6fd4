import { describe, expect, it } from '@jest/globals';
import { StatementPulse } from './statement-pulse.ts';

describe('the pulse of statements', () => {
  it('is lost when one was given up and none has come back for a minute', () => {
    let nowMs = 0;
    const pulse = new StatementPulse(60_000, () => nowMs);
    nowMs = 61_000;
    expect(pulse.isLost()).toBe(false);
    pulse.miss();
    expect(pulse.isLost()).toBe(true);
    pulse.beat();
    expect(pulse.isLost()).toBe(false);
    nowMs = 200_000;
    expect(pulse.isLost()).toBe(false);
  });
});
