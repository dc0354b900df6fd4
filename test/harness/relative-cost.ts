import { expect } from '@jest/globals';

const triesMax = 3;
const timesMin = 3;
const spentMinMs = 100;
/** What a clock that ticks may be wrong by. */
const tickMs = 10;
/** The cheapest that the yardstick was in this spec file; nothing that came in between makes it cheaper than it is. */
let yardstickMs = Infinity;
const ordinary = JSON.stringify(
  Array.from({ length: 20_000 }, (_, at) => ({ value: `${at}@example.com`, type: 'work' })),
);

/**
 * Expects work to cost at most a given multiple of the CPU time for reading and writing about 1 MB of ordinary JSON.
 * Both are measured side by side, so a slow or busy machine does not change the outcome. A garbage collection may hit
 * one of the two measurements; therefore a failure is retried, and only what is too expensive each time fails.
 *
 * Work that costs less than half of that by the cheapest yardstick so far is not measured any longer.
 */
export function expectCost(work: () => void, atMost: number): void {
  let ratio = Infinity;
  for (let tries = 0; tries < triesMax && ratio >= atMost; tries += 1) {
    if (yardstickMs === Infinity) measureYardstick();
    const cheapMs = (yardstickMs * atMost) / 2;
    const spentMs = cpuMs(work, cheapMs);
    if (spentMs < cheapMs) return;
    ratio = spentMs / measureYardstick();
  }
  expect(ratio).toBeLessThan(atMost);
}

function measureYardstick(): number {
  const now = cpuMs(() => JSON.stringify(JSON.parse(ordinary)));
  yardstickMs = Math.min(yardstickMs, now);
  return now;
}

/**
 * Mean CPU time of one call in milliseconds, over enough calls for a clock that may tick every 10 ms.
 * @param cheapMs it need not be known better once it is less than this, whatever the clock is wrong by
 */
function cpuMs(work: () => void, cheapMs = 0): number {
  const started = process.threadCpuUsage();
  for (let times = 1; ; times += 1) {
    work();
    const { user, system } = process.threadCpuUsage(started);
    const spentMs = (user + system) / 1000;
    if (times >= timesMin && (spentMs + tickMs) / times < cheapMs) return (spentMs + tickMs) / times;
    if (times >= timesMin && spentMs >= spentMinMs) return spentMs / times;
  }
}
