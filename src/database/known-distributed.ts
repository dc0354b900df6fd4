import type { DataSource } from 'typeorm';

/** What is known of a database that is distributed by workspace. */
interface Distributed {
  /** Whether `npm run distribute` of this version has made functions that take several statements at once. */
  takesMany: boolean;
}

const distributed = new WeakMap<DataSource, Distributed>();

/** Notes what `isDistributed` has found. */
export function noteDistributed(dataSource: DataSource, found: Distributed): void {
  distributed.set(dataSource, found);
}

/**
 * Whether `isDistributed` has said so, which background work asks at the start: for what is right in either case, and only
 * quicker.
 */
export function isKnownDistributed(dataSource: DataSource): boolean {
  return distributed.has(dataSource);
}

/** Whether, besides, several statements of a workspace can go to its node by one command. */
export function takesMany(dataSource: DataSource): boolean {
  return distributed.get(dataSource)?.takesMany ?? false;
}
