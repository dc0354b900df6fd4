import { randomUUIDv7 } from 'node:crypto';

/** A fresh UUIDv7: sortable by creation, so that new rows land at the end of an index. */
export function newId(): string {
  return randomUUIDv7();
}
