import type { Db } from '../../database/db.ts';
import { parameter, sql } from '../../database/sql.ts';
import { activeMembers } from './count-members.ts';
import { lockSeats, noSeat, readHoldingLimit } from '../../workspaces/seat-limit.ts';

/** How many seats there are, and how many more members may become active. */
export interface SeatRoom {
  limit: number;
  free: number;
}

/** How many members of a workspace are active; each of them has a seat. */
export async function countActiveMembers(db: Db, workspaceId: string): Promise<number> {
  const { rows } = await db.run(
    sql<{ count: number }>`SELECT ${activeMembers(parameter(workspaceId))}::integer AS count`,
  );
  return rows[0]?.count ?? 0;
}

/** The room under a limit, as this connection sees the members. */
export async function roomUnder(db: Db, workspaceId: string, limit: number): Promise<SeatRoom> {
  return { limit, free: Math.max(0, limit - (await countActiveMembers(db, workspaceId))) };
}

/**
 * The room for more active members, which nobody else takes until the transaction ends; see `lockSeats`.
 *
 * @returns null where there is no limit
 */
export async function lockSeatRoom(db: Db, workspaceId: string): Promise<SeatRoom | null> {
  const limit = await lockSeats(db, workspaceId);
  return limit === null ? null : roomUnder(db, workspaceId, limit);
}

/** The same for a preview, which keeps nobody from taking a seat. */
export async function seatRoomNow(db: Db, workspaceId: string): Promise<SeatRoom | null> {
  const limit = await readHoldingLimit(db, workspaceId);
  return limit === null ? null : roomUnder(db, workspaceId, limit);
}

/**
 * Makes sure that there is a seat for one more active member, until the transaction ends.
 *
 * @throws ConflictError `no-seat`
 */
export async function requireSeat(db: Db, workspaceId: string): Promise<void> {
  const room = await lockSeatRoom(db, workspaceId);
  if (room !== null && room.free < 1) throw noSeat(room.limit);
}
