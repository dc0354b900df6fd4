import type { EntityManager } from 'typeorm';
import { isDataError } from '../../errors/data-error.ts';

/** What could not be written, and why. */
export interface Refused<Item> {
  item: Item;
  error: unknown;
}

/**
 * Does set-based work on all items at once. When the data of some items make it fail, it is repeated on each half, and so
 * on, until those items are found and the rest is done. Each attempt has a savepoint in the transaction to return to.
 *
 * @returns the items on which it could not be done
 * @throws every error that is not the fault of data
 */
export async function inHalves<Item>(
  transaction: EntityManager,
  items: readonly Item[],
  work: (savepoint: EntityManager, items: readonly Item[]) => Promise<void>,
): Promise<Refused<Item>[]> {
  const [item] = items;
  if (item === undefined) return [];
  const error = await attempt(transaction, (savepoint) => work(savepoint, items));
  if (error === null) return [];
  if (items.length === 1) return [{ item, error }];
  const middle = Math.floor(items.length / 2);
  return [
    ...(await inHalves(transaction, items.slice(0, middle), work)),
    ...(await inHalves(transaction, items.slice(middle), work)),
  ];
}

/** Does work within a savepoint. @returns the data error that it failed with, or null @throws every other error */
export async function attempt(
  transaction: EntityManager,
  work: (savepoint: EntityManager) => Promise<void>,
): Promise<unknown> {
  try {
    await transaction.transaction(work);
    return null;
  } catch (error) {
    if (isDataError(error)) return error;
    throw error;
  }
}
