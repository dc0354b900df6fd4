import { sqlState } from '../errors/failed-query.ts';

/**
 * Writes a batch whole, or, when the database refuses it for what is in it, in halves of halves, so that what it
 * refuses is found in a number of statements that grows with its logarithm, and everything else is written.
 *
 * @param write writes a part as a whole or not at all
 * @param onRefused told of the one that cannot be written as it is; answers with it when it is to wait after all
 * @returns what has to wait because the database is away
 */
export async function writeInParts<T>(
  batch: readonly T[],
  write: (part: readonly T[]) => Promise<void>,
  onRefused: (one: T, error: unknown) => Promise<T | null>,
): Promise<readonly T[]> {
  try {
    await write(batch);
    return [];
  } catch (error) {
    if (mayPass(error)) return batch;
    const [first] = batch;
    if (batch.length === 1 && first !== undefined) {
      const waits = await onRefused(first, error);
      return waits === null ? [] : [waits];
    }
    const middle = Math.ceil(batch.length / 2);
    const waiting = await writeInParts(batch.slice(0, middle), write, onRefused);
    if (waiting.length > 0) return [...waiting, ...batch.slice(middle)];
    return writeInParts(batch.slice(middle), write, onRefused);
  }
}

/**
 * Whether a statement may succeed later as it is. It may when the connection broke, the server is ending, read-only, out
 * of resources, locked or not migrated yet; it may not when a value is refused, or could not even be made into a
 * parameter.
 */
export function mayPass(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== null && /^[0-9A-Z]{2}[0-9A-Z]{3}$/.test(state) && state !== 'EPIPE')
    return passingStates.test(state);
  return !(error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError);
}

const passingStates = /^(?:08|25|28|3D|40|42|53|55|57|58|XX00[12])/;
