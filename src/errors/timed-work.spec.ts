import { Logger } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import type { PassingFaultLog } from './passing-fault-log.ts';
import { TimedWork } from './timed-work.ts';

function given() {
  const told: unknown[] = [];
  const faults = { report: (error: unknown, by: string) => told.push([error, by]) };
  const work = new TimedWork(faults as unknown as PassingFaultLog, new Logger('test'), 'The work');
  return { work, told };
}

describe('work that a timer asks for', () => {
  it('is done once at a time', async () => {
    const { work } = given();
    const ends = Promise.withResolvers<void>();
    let begun = 0;
    const first = work.once(() => {
      begun += 1;
      return ends.promise;
    });
    await work.once(() => Promise.resolve((begun += 1)));
    expect(begun).toBe(1);
    ends.resolve();
    await first;
    await work.once(() => Promise.resolve((begun += 1)));
    expect(begun).toBe(2);
  });

  it('that fails is told of under its name, and is done again the next time', async () => {
    const { work, told } = given();
    const error = new Error('x');
    await work.once(() => Promise.reject(error));
    expect(told).toEqual([[error, 'The work']]);
    let done = false;
    await work.once(() => Promise.resolve((done = true)));
    expect(done).toBe(true);
  });

  it('is waited for by the end, after which none begins', async () => {
    const { work } = given();
    const ends = Promise.withResolvers<void>();
    void work.once(() => ends.promise);
    let over = false;
    const end = work.end().then(() => (over = true));
    expect(work.isEnding).toBe(true);
    await new Promise((resolve) => setImmediate(resolve));
    expect(over).toBe(false);
    ends.resolve();
    await end;
    let begun = false;
    await work.once(() => Promise.resolve((begun = true)));
    expect(begun).toBe(false);
  });
});
