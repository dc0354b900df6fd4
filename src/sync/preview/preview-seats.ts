import type { Db } from '../../database/db.ts';
import { parameter, sql } from '../../database/sql.ts';
import { countActiveMembers } from '../../member-directory/members/seats.ts';
import type { SeatLimit } from '../../workspaces/seat-limit.ts';
import type { Decision } from '../decision/decision.ts';
import { takesSeat } from '../decision/seats.ts';

/** How many seats a plan gives away, and how many of the people it decides about wait for one. */
export interface SeatTally {
  taking: number;
  waiting: number;
}

/** The seats of a workspace as a run that is started now would find them. */
export interface PreviewedSeats extends SeatLimit, SeatTally {
  used: number;
}

/** Adds the decisions of a batch to what a plan does with seats. */
export function tallySeats(tally: SeatTally, decisions: readonly Decision[]): void {
  for (const decision of decisions) {
    if (decision.link?.state === 'waiting') tally.waiting += 1;
    else if (decision.member?.status === 'active' && takesSeat(decision)) tally.taking += 1;
  }
}

/** The seats of the workspace, with what the whole plan does; null where there is no limit. */
export async function previewedSeats(
  db: Db,
  { id: workspaceId, seats }: { id: string; seats: SeatLimit | null },
  plan: SeatTally,
  now: Date,
): Promise<PreviewedSeats | null> {
  if (seats === null) return null;
  const used = await countActiveMembers(db, workspaceId);
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(sql<{ waiting: number }>`
    SELECT count(*)::integer AS waiting FROM sync_link l WHERE l.workspace_id = ${workspace} AND l.state = 'waiting'
      AND NOT EXISTS (SELECT FROM sync_queue q WHERE q.workspace_id = ${workspace}
        AND q.directory_user_id = l.directory_user_id AND q.due_at <= ${now})`);
  return { ...seats, used, taking: plan.taking, waiting: plan.waiting + (rows[0]?.waiting ?? 0) };
}
