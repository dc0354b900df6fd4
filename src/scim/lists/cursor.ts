import type { SealedCursors } from '../../database/cursor-seal.ts';
import { ScimError } from '../../scim-core/scim-error.ts';

/** Where a page ended: the last row's place in the order of the list. */
export interface Position {
  type: 'User' | 'Group';
  /** Microseconds since 1970: what PostgreSQL holds, finer than a Date. */
  createdAtMicros: string;
  /** A UUID. */
  id: string;
  /** Its sort value, as PostgreSQL writes it; null when it has none or the list is not sorted. */
  sortValue: string | null;
}

const timeBytes = 8;
const idBytes = 16;
const typeAt = timeBytes + idBytes;
const sortValueAt = typeAt + 1;

/**
 * A position as a cursor in base64url (RFC 9865 §2): 55 characters, and four for every three bytes of the sort value.
 * It holds where the page ended, and a seal over that and the query. So it fits no other query, the service need not
 * remember it, and it does not expire.
 *
 * @param cursors those of the query: workspace, resource types, filter and order
 */
export function encodeCursor(cursors: SealedCursors, position: Position): string {
  const place = Buffer.alloc(sortValueAt);
  place.writeBigInt64BE(BigInt(position.createdAtMicros));
  place.write(position.id.replaceAll('-', ''), timeBytes, 'hex');
  place.write(position.type, typeAt, 1, 'latin1');
  // A leading byte tells an empty value from none.
  const sortValue = position.sortValue === null ? '' : `=${position.sortValue}`;
  return cursors.seal(Buffer.concat([place, Buffer.from(sortValue)]));
}

/**
 * Reads a cursor of `encodeCursor`.
 *
 * @throws ScimError `invalidCursor` for any other text, and for a cursor of another query
 */
export function decodeCursor(cursors: SealedCursors, cursor: string): Position {
  const place = cursors.open(cursor);
  if (place === null || place.length < sortValueAt) {
    throw ScimError.invalidCursor('The cursor is not one that this query was answered with.');
  }
  return {
    type: place.toString('latin1', typeAt, sortValueAt) === 'U' ? 'User' : 'Group',
    createdAtMicros: String(place.readBigInt64BE()),
    id: place.toString('hex', timeBytes, typeAt),
    sortValue: place.length === sortValueAt ? null : place.toString('utf8', sortValueAt + 1),
  };
}
