import { expect } from '@jest/globals';

const timesMin = 3;
const spentMinMs = 100;
const ordinary = JSON.stringify(
  Array.from({ length: 20_000 }, (_, at) => ({ value: `${at}@example.com`, type: 'work' })),
);

/**
 * Expects that work costs a bounded multiple of the CPU time that reading and writing about 1 MB of ordinary JSON
 * takes. Both are measured side by side, so that neither a slow nor a busy machine decides over it.
 */
export function expectCost(work: () => void, atMost: number): void {
  const yardstick = cpuMs(() => JSON.stringify(JSON.parse(ordinary)));
  expect(cpuMs(work) / yardstick).toBeLessThan(atMost);
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
