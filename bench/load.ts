/** What a number of tasks took. */
export interface LoadResult {
  /** Each task's time in milliseconds, in the order of their endings. */
  latenciesMs: number[];
  seconds: number;
}

/**
 * Carries out `count` tasks, `concurrency` of them at once, each lane begins its next task when its last has ended.
 *
 * @param task is given the task's number, from 0
 */
export async function runLoad(
  count: number,
  concurrency: number,
  task: (index: number) => Promise<unknown>,
): Promise<LoadResult> {
  const latenciesMs: number[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      const startedAt = performance.now();
      await task(index);
      latenciesMs.push(performance.now() - startedAt);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: Math.min(concurrency, count) }, lane));
  return { latenciesMs, seconds: (performance.now() - startedAt) / 1000 };
}
