/**
 * Repeats a step that handles a limited number of rows until it finds fewer than that, so that no statement holds locks for
 * long.
 *
 * @param atOnceMax how many rows a step handles at most
 * @param step handles some; returns how many it found
 * @param signal ends it before the next step
 */
export async function inSmallSteps(
  atOnceMax: number,
  step: () => Promise<number>,
  signal?: AbortSignal,
): Promise<void> {
  let count = atOnceMax;
  while (count === atOnceMax && !signal?.aborted) count = await step();
}
