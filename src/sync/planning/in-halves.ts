import type { EntityManager } from 'typeorm';
import type { MemberEvents } from '../../member-directory/events/member-events.ts';
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
 * @param events what the work notes here is forgotten with the savepoint
 * @returns the items on which it could not be done
 * @throws every error that is not the fault of data
 */
export async function inHalves<Item>(
  transaction: EntityManager,
  items: readonly Item[],
  work: (savepoint: EntityManager, items: readonly Item[]) => Promise<void>,
  events?: MemberEvents,
): Promise<Refused<Item>[]> {
  const [item] = items;
  if (item === undefined) return [];
  const error = await attempt(transaction, (savepoint) => work(savepoint, items), events);
  if (error === null) return [];
  if (items.length === 1) return [{ item, error }];
  const middle = Math.floor(items.length / 2);
  return [
    ...(await inHalves(transaction, items.slice(0, middle), work, events)),
    ...(await inHalves(transaction, items.slice(middle), work, events)),
  ];
}

/** Does work within a savepoint. @returns the data error that it failed with, or null @throws every other error */
export async function attempt(
  transaction: EntityManager,
  work: (savepoint: EntityManager) => Promise<void>,
  events?: MemberEvents,
): Promise<unknown> {
  const mark = events?.mark() ?? 0;
  try {
    await transaction.transaction(work);
    return null;
  } catch (error) {
    events?.backTo(mark);
    if (isDataError(error)) return error;
    throw error;
  }
}
