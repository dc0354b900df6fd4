import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { SchedulerRegistry } from '@nestjs/schedule';
import { allNodesEveryMs, type Distribution } from '../database/distributed.ts';
import { currentTask } from '../database/lanes/task.ts';
import type { PassingFaultLog } from '../errors/passing-fault-log.ts';
import type { BackgroundWork } from './background-task.ts';
import { Metrics } from '../metrics/metrics.ts';
import { BackgroundTasks } from './background-tasks.ts';

const everyMs = 1000;

function given(once: BackgroundWork['once'], more: Partial<BackgroundWork> = {}, distributed = false) {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'clearImmediate'] });
  const reported: unknown[] = [];
  const faults = { report: (error: unknown, by: string) => reported.push([error, by]) };
  const scheduler = new SchedulerRegistry();
  const distribution = { isDistributed: () => Promise.resolve(distributed) };
  const tasks = new BackgroundTasks(
    scheduler,
    faults as unknown as PassingFaultLog,
    new Metrics(),
    distribution as Distribution,
  );
  const task = tasks.every({ name: 'The work', everyMs, once, ...more });
  return { tasks, task, scheduler, reported, pass: (times = 1) => jest.advanceTimersByTime(times * everyMs) };
}

afterEach(() => {
  jest.useRealTimers();
});

describe('a background task', () => {
  it('comes after each interval, once at a time', async () => {
    const ends = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let begun = 0;
    const { tasks, pass } = given(() => ends[begun++]?.promise);
    tasks.onApplicationBootstrap();
    expect(begun).toBe(0);
    pass(3);
    expect(begun).toBe(1);
    ends[0]?.resolve();
    await nextTurn();
    pass();
    expect(begun).toBe(2);
    ends[1]?.resolve();
    await tasks.onModuleDestroy();
  });

  it('comes at a moment of the second that is not that of other tasks', async () => {
    const { tasks, pass } = given(() => undefined);
    const begun: number[] = [];
    for (const name of ['A', 'B', 'C', 'D']) {
      tasks.every({ name, everyMs, once: () => begun.push(performance.now()) });
    }
    tasks.onApplicationBootstrap();
    const startedAt = performance.now();
    pass(2);
    const moments = begun.map((at) => Math.round(at - startedAt) % everyMs).toSorted((a, b) => a - b);
    expect(moments).toHaveLength(4);
    const apart = moments.map((at, n) => at - (moments[n - 1] ?? 0));
    expect(Math.min(...apart)).toBeGreaterThan(100);
    await tasks.onModuleDestroy();
    pass(3);
    expect(begun).toHaveLength(4);
  });

  it('comes at the start where it is asked to, in its lane', async () => {
    const lanes: string[] = [];
    const { tasks } = given(() => lanes.push(currentTask().lane), { atStart: true, lane: 'leavers' });
    tasks.onApplicationBootstrap();
    await nextTurn();
    expect(lanes).toEqual(['leavers']);
    await tasks.onModuleDestroy();
  });

  it('is done once more when it is poked while it is under way, however often', async () => {
    const end = Promise.withResolvers<void>();
    let begun = 0;
    const { tasks, task } = given(() => (++begun === 1 ? end.promise : undefined));
    tasks.onApplicationBootstrap();
    task.poke();
    task.poke();
    await nextTurn();
    expect(begun).toBe(1);
    task.poke();
    task.poke();
    end.resolve();
    await nextTurn();
    await nextTurn();
    expect(begun).toBe(2);
    await tasks.onModuleDestroy();
  });

  it('rests where all nodes of a distributed database would be asked, and comes at once when it is poked', async () => {
    let begun = 0;
    const more = { asksAllNodes: true, atStart: true };
    const { tasks, task, pass } = given(() => (begun += 1), more, true);
    tasks.onApplicationBootstrap();
    await nextTurn();
    expect(begun).toBe(1);
    pass(allNodesEveryMs / everyMs - 1);
    await nextTurn();
    expect(begun).toBe(1);
    task.poke();
    await nextTurn();
    expect(begun).toBe(2);
    pass(allNodesEveryMs / everyMs + 1);
    await nextTurn();
    expect(begun).toBe(3);
    await tasks.onModuleDestroy();
  });

  it('serves a single poke at once, and lets a flow of pokes share the work', async () => {
    let begun = 0;
    const { tasks, task } = given(() => (begun += 1), { pokedEveryMs: 250 });
    tasks.onApplicationBootstrap();
    task.poke();
    await nextTurn();
    expect(begun).toBe(1);
    for (let pokes = 0; pokes < 24; pokes += 1) {
      task.poke();
      jest.advanceTimersByTime(10);
      await nextTurn();
    }
    expect(begun).toBe(1);
    jest.advanceTimersByTime(10);
    expect(begun).toBe(2);
    task.poke();
    await tasks.onModuleDestroy();
    jest.advanceTimersByTime(250);
    expect(begun).toBe(2);
  });

  it('that fails is logged under its name, and comes again', async () => {
    const error = new Error('x');
    let begun = 0;
    const { tasks, reported, pass } = given(() => {
      begun += 1;
      throw error;
    });
    tasks.onApplicationBootstrap();
    pass();
    await nextTurn();
    expect(reported).toEqual([[error, 'The work']]);
    pass();
    expect(begun).toBe(2);
    await tasks.onModuleDestroy();
  });

  it('hears of the end of the process, which waits for it, and does not begin again', async () => {
    const end = Promise.withResolvers<void>();
    const signals: AbortSignal[] = [];
    const { tasks, task, scheduler, pass } = given((signal) => {
      signals.push(signal);
      return end.promise;
    });
    tasks.onApplicationBootstrap();
    expect(scheduler.getIntervals()).toEqual(['The work']);
    pass();
    task.poke();
    let over = false;
    const closing = tasks.onModuleDestroy().then(() => (over = true));
    expect(signals[0]?.aborted).toBe(true);
    await nextTurn();
    expect(over).toBe(false);
    end.resolve();
    await closing;
    task.poke();
    task.start();
    pass(3);
    await nextTurn();
    expect(signals).toHaveLength(1);
    expect(scheduler.getIntervals()).toEqual([]);
  });
});

describe('work that somebody asked for', () => {
  it('is told of the end of the process, which waits for it', async () => {
    const { tasks, reported } = given(() => undefined);
    const steps: string[] = [];
    const error = new Error('x');
    void tasks.run('A long job', async (signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      steps.push('ended early');
      throw error;
    });
    await tasks.onModuleDestroy();
    expect(steps).toEqual(['ended early']);
    expect(reported).toEqual([[error, 'A long job']]);
  });
});
