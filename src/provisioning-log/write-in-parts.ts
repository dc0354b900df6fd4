import { sqlState } from '../errors/failed-query.ts';

/**
 * Writes a batch as a whole. If the database refuses its content, the batch is halved again and again: the refused
 * entry is found in a number of statements that grows with the logarithm, and everything else is written.
 *
 * @param write writes a part as a whole or not at all
 * @param onRefused called with an entry that cannot be written as it is; returns it if it has to wait after all
 * @returns the entries that have to wait because the database is away
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
    if (mayBeWrittenLater(error)) return batch;
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
 * Whether the same statement may succeed later. It may if the connection broke, or if the server is shutting down,
 * read-only, out of resources, locked or not migrated yet. It may not if a value is refused, or could not even become a
 * parameter.
 *
 * `passingFaultOf` knows fewer conditions: those of which a client is told. The log waits for more, a missing table
 * included, because an entry that waits is not lost.
 */
export function mayBeWrittenLater(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== null && /^[0-9A-Z]{2}[0-9A-Z]{3}$/.test(state) && state !== 'EPIPE')
    return passingStates.test(state);
  return !(error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError);
}

const passingStates = /^(?:08|25|28|3D|40|42|53|55|57|58|XX00[12])/;
