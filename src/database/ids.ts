import { v7 as uuidv7 } from 'uuid';

/**
 * A fresh UUIDv7, greater than every one this process made before, within one millisecond too (RFC 9562 §6.2):
 * new rows land at the end of an index, and `ORDER BY id` is the order of their making. `crypto.randomUUIDv7`
 * promises that only from one millisecond to the next.
 */
export function newId(): string {
  return uuidv7();
}
