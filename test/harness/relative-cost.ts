import { expect } from '@jest/globals';

const rounds = 3;
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

/** The least CPU time of several rounds, in milliseconds. */
function cpuMs(work: () => void): number {
  const times = Array.from({ length: rounds }, () => {
    const started = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(started);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}
