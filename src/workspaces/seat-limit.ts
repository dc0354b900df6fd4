import type { Db } from '../database/db.ts';
import { sql } from '../database/sql.ts';
import { ConflictError } from '../errors/domain-errors.ts';
import { ExtensionPoint } from '../extension-points/extension-point.ts';

/** The highest limit that can be set. */
export const seatLimitMax = 1_000_000;

/**
 * What becomes of people who find no seat: `hold`: they wait for one; `allow`: they become members, and the
 * vendor is told that there are more than there are seats.
 */
export const seatsBeyond = ['hold', 'allow'] as const;
export type SeatsBeyond = (typeof seatsBeyond)[number];

/** How many members of a workspace may be active, as the vendor has set it. */
export interface SeatLimit {
  limit: number;
  beyond: SeatsBeyond;
}

/**
 * Who is counted: `used`: active members, who each have a seat; `waiting`: people who wait for one.
 */
export interface SeatCount {
  name: 'used' | 'waiting';
  count: (db: Db, workspaceId: string) => Promise<number>;
}

/** The seats of a workspace, and who has them. */
export interface SeatUse extends SeatLimit {
  used: number;
  waiting: number;
}

/** Counts the seats of workspaces; the rooms of members and of synchronization tell how. */
export class SeatCounts extends ExtensionPoint<SeatCount> {
  /** How many there are of them. */
  async of(db: Db, workspaceId: string, name: SeatCount['name']): Promise<number> {
    const entry = this.entries.find((one) => one.name === name);
    if (entry === undefined) throw new Error(`No room has told how the seats are counted that are ${name}`);
    return entry.count(db, workspaceId);
  }

  /** The seats of a workspace with this limit; null where there is none. */
  async use(db: Db, workspaceId: string, seats: SeatLimit | null): Promise<SeatUse | null> {
    if (seats === null) return null;
    const used = await this.of(db, workspaceId, 'used');
    return { ...seats, used, waiting: await this.of(db, workspaceId, 'waiting') };
  }
}

/** The topic under which a committed transaction says that seats may have been taken, freed or bought. */
export const seatsTopic = 'seats';

/**
 * Keeps the limit of a workspace as it is until the transaction ends, and reads it. Where there is one that counts, nobody
 * else takes a seat until then, so that a count that follows is true at the commit. Belongs at the beginning of a
 * transaction, before it locks members or the queue: everybody who takes seats waits here, and holds nothing yet that
 * another needs.
 *
 * @returns null when there is no limit, or people beyond it are allowed
 */
export async function lockSeats(db: Db, workspaceId: string): Promise<number | null> {
  await db.run(
    sql`SELECT pg_advisory_xact_lock_shared(hashtextextended('seat-limit:' || ${workspaceId}::text, 0))`,
  );
  const limit = await readHoldingLimit(db, workspaceId);
  if (limit !== null) {
    await db.run(sql`SELECT pg_advisory_xact_lock(hashtextextended('seats:' || ${workspaceId}::text, 0))`);
  }
  return limit;
}

/** The limit beyond which people wait, as this connection sees it; null: there is none, or people beyond it are allowed. */
export async function readHoldingLimit(db: Db, workspaceId: string): Promise<number | null> {
  const { rows } = await db.run(
    sql<{ limit: number | null }>`SELECT CASE WHEN seats_beyond = 'hold' THEN seat_limit END AS "limit"
      FROM workspace WHERE id = ${workspaceId}`,
  );
  return rows[0]?.limit ?? null;
}

/**
 * Waits until nobody is taking a seat, and keeps others from it until the transaction ends: the limit is about to change.
 */
export async function lockSeatLimit(db: Db, workspaceId: string): Promise<void> {
  await db.run(sql`SELECT pg_advisory_xact_lock(hashtextextended('seat-limit:' || ${workspaceId}::text, 0))`);
}

/** There is no seat for somebody who would be an active member. */
export function noSeat(limit: number): ConflictError {
  return new ConflictError(
    'no-seat',
    `All seats of this workspace (${limit}) are taken. Deactivate or remove a member, or ask the vendor for more seats.`,
    { limit },
  );
}

/** A limit that fewer people would have than are active already. */
export function tooFewSeats(limit: number, used: number): ConflictError {
  return new ConflictError(
    'seats-in-use',
    `This workspace has ${used} active members, more than ${limit} seats. Deactivate ${used - limit} of them first, set a limit of at least ${used}, or allow people beyond the limit: "beyond": "allow".`,
    { limit, used },
  );
}
