import { expect } from '@jest/globals';

const triesMax = 3;
const timesMin = 3;
const spentMinMs = 100;
const ordinary = JSON.stringify(
  Array.from({ length: 20_000 }, (_, at) => ({ value: `${at}@example.com`, type: 'work' })),
);

/**
 * Expects that work costs a bounded multiple of the CPU time that reading and writing about 1 MB of ordinary JSON
 * takes. Both are measured side by side, so that neither a slow nor a busy machine decides over it. The collection of
 * what earlier tests left may fall into one of them: what costs too much costs too much each time.
 */
export function expectCost(work: () => void, atMost: number): void {
  let ratio = Infinity;
  for (let tries = 0; tries < triesMax && ratio >= atMost; tries += 1) {
    const yardstick = cpuMs(() => JSON.stringify(JSON.parse(ordinary)));
    ratio = cpuMs(work) / yardstick;
  }
  expect(ratio).toBeLessThan(atMost);
}

/** The CPU time of one time, in milliseconds: the mean over as many as the clock, which may tick in 10 ms, can measure. */
function cpuMs(work: () => void): number {
  const started = process.threadCpuUsage();
  for (let times = 1; ; times += 1) {
    work();
    const { user, system } = process.threadCpuUsage(started);
    const spentMs = (user + system) / 1000;
    if (times >= timesMin && spentMs >= spentMinMs) return spentMs / times;
  }
}
