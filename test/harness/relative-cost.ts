import { expect } from '@jest/globals';

const triesMax = 3;
const timesMin = 3;
const spentMinMs = 100;
const ordinary = JSON.stringify(
  Array.from({ length: 20_000 }, (_, at) => ({ value: `${at}@example.com`, type: 'work' })),
);

/**
 * Expects work to cost at most a given multiple of the CPU time for reading and writing about 1 MB of ordinary JSON.
 * Both are measured side by side, so a slow or busy machine does not change the outcome. A garbage collection may hit
 * one of the two measurements; therefore a failure is retried, and only what is too expensive each time fails.
 */
export function expectCost(work: () => void, atMost: number): void {
  let ratio = Infinity;
  for (let tries = 0; tries < triesMax && ratio >= atMost; tries += 1) {
    const yardstick = cpuMs(() => JSON.stringify(JSON.parse(ordinary)));
    ratio = cpuMs(work) / yardstick;
  }
  expect(ratio).toBeLessThan(atMost);
}

/** Mean CPU time of one call in milliseconds, over enough calls for a clock that may tick every 10 ms. */
function cpuMs(work: () => void): number {
  const started = process.threadCpuUsage();
  for (let times = 1; ; times += 1) {
    work();
    const { user, system } = process.threadCpuUsage(started);
    const spentMs = (user + system) / 1000;
    if (times >= timesMin && spentMs >= spentMinMs) return spentMs / times;
  }
}
