import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Db } from './db.ts';
import { sql } from './sql.ts';

const sealBytes = 16;

/** The cursors of one list of one workspace. */
export interface SealedCursors {
  /** A place in the list as a cursor, in base64url. */
  seal(place: Buffer): string;
  /** The place in a cursor of exactly this list; null for any other text. */
  open(cursor: string): Buffer | null;
}

/**
 * Seals the places where pages end, so that only cursors that the service has issued work, for their list and workspace:
 * HMAC-SHA256 (RFC 2104), cut to 128 bits, with a key of the installation. The key is in the database, so all processes
 * share it and a restart keeps it; it is read once.
 */
export class CursorSeal {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    this.#key = key;
  }

  /** The seal with the key of the database. */
  static async read(db: Db): Promise<CursorSeal> {
    const { rows } = await db.run(sql<{ key: Buffer }>`SELECT key FROM cursor_key`);
    const [row] = rows;
    if (row === undefined) throw new Error('The database has no key for cursors: it is not migrated');
    return new CursorSeal(row.key);
  }

  /** @param list what a cursor belongs to: workspace, list, and everything that decides its order and content */
  of(...list: readonly string[]): SealedCursors {
    const sealOf = (place: Buffer): Buffer =>
      createHmac('sha256', this.#key)
        .update(JSON.stringify(list))
        .update(place)
        .digest()
        .subarray(0, sealBytes);
    return {
      seal: (place) => Buffer.concat([sealOf(place), place]).toString('base64url'),
      open: (cursor) => {
        const bytes = Buffer.from(cursor, 'base64url');
        // One place has one cursor: base64url ignores the spare bits of its last character, and unknown characters.
        if (bytes.length <= sealBytes || bytes.toString('base64url') !== cursor) return null;
        const place = bytes.subarray(sealBytes);
        return timingSafeEqual(bytes.subarray(0, sealBytes), sealOf(place)) ? place : null;
      },
    };
  }
}
