import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Counter, Gauge, Registry } from 'prom-client';
import type { MetricList } from '../../metrics/metrics.ts';
import { TeamMetrics } from './team-metrics.ts';

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
});
afterEach(() => {
  jest.useRealTimers();
});

/** What a worker lists that has answered so many requests. */
function listOf(requests: number): Promise<MetricList> {
  const registers = [new Registry()];
  new Counter({ name: 'requests', help: 'Requests.', registers }).inc(requests);
  new Gauge({ name: 'open', help: 'Open.', registers }).set(1);
  return registers[0]!.getMetricsAsJSON();
}

/** Workers that answer at once while they are there. */
function givenWorkers(counts: readonly number[]) {
  const metrics = new TeamMetrics();
  const there = new Map(counts.map((count, id) => [id, count]));
  const silent = new Set<number>();
  metrics.of(() =>
    [...there].map(([id, count]) => ({
      id,
      send: (message) => {
        if (message.kind === 'list-metrics' && !silent.has(id))
          void listOf(count).then((list) => metrics.take(id, message.ask, list));
      },
    })),
  );
  const end = (id: number) => {
    there.delete(id);
    metrics.keep(id);
  };
  const read = async (name: string) => {
    const text = metrics.text();
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    await jest.advanceTimersByTimeAsync(3_000);
    return Number(new RegExp(`^${name} (.*)$`, 'm').exec(await text)?.[1]);
  };
  return { end, read, silent, metrics };
}

describe('the metrics of all processes', () => {
  it('keep what several counted that ended at the same moment', async () => {
    const { end, read } = givenWorkers([1, 20, 300, 4000]);
    expect(await read('requests')).toBe(4321);
    for (const id of [0, 1, 2]) end(id);
    expect(await read('requests')).toBe(4321);
    end(3);
    expect(await read('requests')).toBe(4321);
    expect(await read('open')).toBeNaN();
  });

  it('do not fall while one is silent, and say that it is', async () => {
    const { read, silent } = givenWorkers([1, 20]);
    expect(await read('requests')).toBe(21);
    silent.add(1);
    expect(await read('requests')).toBe(21);
    expect(await read('open')).toBe(1);
    expect(await read('provisioning_workers{state="silent"}')).toBe(1);
  });

  it('count one once that ends while the others answer', async () => {
    const { end, read, metrics } = givenWorkers([1, 20]);
    await read('requests');
    const take = metrics.take.bind(metrics);
    metrics.take = (worker, ask, list) => {
      take(worker, ask, list);
      if (worker === 1) end(1);
    };
    expect(await read('requests')).toBe(21);
  });
});
