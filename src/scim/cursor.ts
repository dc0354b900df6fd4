import { createHash } from 'node:crypto';
import { ScimError } from '../scim-core/scim-error.ts';

/** Where a page ended: the last row's place in the order of creation. */
export interface Position {
  /** Microseconds since 1970: what PostgreSQL holds, finer than a Date. */
  createdAtMicros: string;
  /** A UUID. */
  id: string;
}

const sealBytes = 16;
const timeBytes = 8;
const cursorBytes = sealBytes + timeBytes + 16;

/**
 * A position as a cursor: 54 characters of base64url (RFC 9865 §2). It holds where the page ended and a hash over
 * that and the query, so that it continues no other query, and needs no memory in the service: it does not expire.
 *
 * @param query what the cursor belongs to: workspace, resource type and filter
 */
export function encodeCursor(query: string, position: Position): string {
  const place = Buffer.alloc(timeBytes + 16);
  place.writeBigInt64BE(BigInt(position.createdAtMicros));
  place.write(position.id.replaceAll('-', ''), timeBytes, 'hex');
  return Buffer.concat([seal(query, place), place]).toString('base64url');
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
    bytes.length === cursorBytes &&
    bytes.toString('base64url') === cursor &&
    bytes.subarray(0, sealBytes).equals(seal(query, place));
  const micros = isOurs ? place.readBigInt64BE() : -1n;
  if (micros < 0n || micros > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw ScimError.invalidCursor('The cursor is not one that this query was answered with.');
  }
  return { createdAtMicros: String(micros), id: place.toString('hex', timeBytes) };
}

function seal(query: string, place: Buffer): Buffer {
  return createHash('sha256').update(place).update(query).digest().subarray(0, sealBytes);
}
