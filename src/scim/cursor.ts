import { createHash } from 'node:crypto';
import { ScimError } from '../scim-core/scim-error.ts';

/** Where a page ended: the last row's place in the order of the list. */
export interface Position {
  type: 'User' | 'Group';
  /** Microseconds since 1970: what PostgreSQL holds, finer than a Date. */
  createdAtMicros: string;
  /** A UUID. */
  id: string;
  /** What it was sorted by, as PostgreSQL writes it; null when it had no value or nothing was sorted. */
  sortValue: string | null;
}

const sealBytes = 16;
const timeBytes = 8;
const idBytes = 16;
const typeAt = timeBytes + idBytes;
const sortValueAt = typeAt + 1;

/**
 * A position as a cursor in base64url (RFC 9865 §2): 55 characters, and four for every three bytes of the sort value.
 * It holds where the page ended and a hash over that and the query, so that it continues no other query, and needs no
 * memory in the service: it does not expire.
 *
 * @param query what the cursor belongs to: workspace, resource types, filter and order
 */
export function encodeCursor(query: string, position: Position): string {
  const place = Buffer.alloc(sortValueAt);
  place.writeBigInt64BE(BigInt(position.createdAtMicros));
  place.write(position.id.replaceAll('-', ''), timeBytes, 'hex');
  place.write(position.type, typeAt, 1, 'latin1');
  // A byte ahead tells an empty value from none.
  const sortValue = position.sortValue === null ? '' : `=${position.sortValue}`;
  const whole = Buffer.concat([place, Buffer.from(sortValue)]);
  return Buffer.concat([seal(query, whole), whole]).toString('base64url');
}

/**
 * Reads a cursor of `encodeCursor`.
 *
 * @throws ScimError `invalidCursor` for any other text, and for a cursor of another query
 */
export function decodeCursor(query: string, cursor: string): Position {
  const bytes = Buffer.from(cursor, 'base64url');
  const place = bytes.subarray(sealBytes);
  const isOurs =
    place.length >= sortValueAt &&
    bytes.toString('base64url') === cursor &&
    bytes.subarray(0, sealBytes).equals(seal(query, place));
  const micros = isOurs ? place.readBigInt64BE() : -1n;
  if (micros < 0n || micros > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw ScimError.invalidCursor('The cursor is not one that this query was answered with.');
  }
  return {
    type: place.toString('latin1', typeAt, sortValueAt) === 'U' ? 'User' : 'Group',
    createdAtMicros: String(micros),
    id: place.toString('hex', timeBytes, typeAt),
    sortValue: place.length === sortValueAt ? null : place.toString('utf8', sortValueAt + 1),
  };
}

function seal(query: string, place: Buffer): Buffer {
  return createHash('sha256').update(place).update(query).digest().subarray(0, sealBytes);
}
