import type { DataSource } from 'typeorm';

const distributed = new WeakSet<DataSource>();

/** Notes what `isDistributed` has found. */
export function noteDistributed(dataSource: DataSource): void {
  distributed.add(dataSource);
}

/**
 * Whether `isDistributed` has said so, which background work asks at the start: for what is right in either case, and only
 * quicker.
 */
export function isKnownDistributed(dataSource: DataSource): boolean {
  return distributed.has(dataSource);
}
