import type { Db } from '../../database/db.ts';
import { parameter, sql } from '../../database/sql.ts';
import { minutes, seconds } from '../../errors/duration.ts';
import type { WorkspaceSettings } from '../../workspaces/settings.ts';
import { inOrder, placesOf } from '../planning/free-seats.ts';

/** How long nobody is seated after a run failed that should have: it would fail again. */
const pauseAfterFailureMs = minutes(5);

/** The same after a run that seated nobody, so that somebody who cannot be written does not begin one run after another. */
const pauseAfterNothingMs = seconds(30);

/**
 * The workspaces whose seats are to be looked after: something is to be told, or there is a seat for somebody who waits.
 *
 * @param among of these alone; null: all
 */
export async function workspacesToKeep(
  db: Db,
  among: readonly string[] | null,
  except: readonly string[],
): Promise<string[]> {
  const asked = parameter(among);
  const { rows: workspaces } = await db.run(sql<SeatRules>`
    SELECT id, seat_limit AS "limit", seats_exhausted AS "isExhausted", seats_beyond = 'allow' AS "isBeyondAllowed"
    FROM workspace
    WHERE id <> ALL (${except}::uuid[])
      AND (id = ANY (${asked}::uuid[]) OR ${asked}::uuid[] IS NULL AND (seat_limit IS NOT NULL OR seats_exhausted))
    ORDER BY id`);
  if (workspaces.length === 0) return [];
  const waiting = await waitingIn(
    db,
    workspaces.map(({ id }) => id),
  );
  // To count the members of a large workspace takes longer than most of what is done to one of them.
  const used = await usedIn(
    db,
    workspaces.filter(({ limit }) => limit !== null).map(({ id }) => id),
  );
  return workspaces
    .filter((rules) => isToBeKept(rules, used.get(rules.id) ?? 0, waiting.get(rules.id) ?? 0))
    .map(({ id }) => id);
}

/** How many members are active, from indexes alone as in `activeMembers`. */
async function usedIn(db: Db, workspaceIds: readonly string[]): Promise<Map<string, number>> {
  if (workspaceIds.length === 0) return new Map();
  const asked = parameter(workspaceIds);
  const { rows } =
    await db.run(sql<Count>`SELECT m.id, (m.count - coalesce(others.count, 0))::integer AS count FROM (
      SELECT workspace_id AS id, count(*) FROM member WHERE workspace_id = ANY (${asked}::uuid[]) GROUP BY workspace_id
    ) m LEFT JOIN (
      SELECT workspace_id AS id, count(*) FROM member WHERE workspace_id = ANY (${asked}::uuid[]) AND status <> 'active'
      GROUP BY workspace_id
    ) others ON others.id = m.id`);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

async function waitingIn(db: Db, workspaceIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } =
    await db.run(sql<Count>`SELECT workspace_id AS id, count(*)::integer AS count FROM sync_link
    WHERE workspace_id = ANY (${workspaceIds}::uuid[]) AND state = 'waiting' GROUP BY workspace_id`);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

interface SeatRules {
  id: string;
  limit: number | null;
  isExhausted: boolean;
  isBeyondAllowed: boolean;
}

interface Count {
  id: string;
  count: number;
}

/** Whether something is to be told, or there is a seat for somebody who waits. */
function isToBeKept(
  { limit, isExhausted, isBeyondAllowed }: SeatRules,
  used: number,
  waiting: number,
): boolean {
  const isFull = limit !== null && used >= limit;
  return isExhausted !== (waiting > 0 || isFull) || (waiting > 0 && (!isFull || isBeyondAllowed));
}

/** How many people wait for a seat. */
export async function countWaiting(db: Db, workspaceId: string): Promise<number> {
  const { rows } = await db.run(sql<{ count: number }>`
    SELECT count(*)::integer AS count FROM sync_link WHERE workspace_id = ${workspaceId} AND state = 'waiting'`);
  return rows[0]?.count ?? 0;
}

/** Somebody who waits and gets one of the next seats. */
interface NextInLine {
  id: string;
  isQueued: boolean;
}

/** The directory users who wait and get the next seats. */
export async function nextInLine(
  db: Db,
  workspaceId: string,
  order: WorkspaceSettings['seatOrder'],
  { free, now }: { free: number; now: Date },
): Promise<NextInLine[]> {
  const workspace = parameter(workspaceId);
  const waiting = sql<{ id: string }>`SELECT directory_user_id AS id FROM sync_link
    WHERE workspace_id = ${workspace} AND state = 'waiting'`;
  const places = await placesOf(db, workspaceId, order);
  const { rows } = await db.run(
    sql<NextInLine>`SELECT next.id, EXISTS (SELECT FROM sync_queue WHERE workspace_id = ${workspace}
        AND directory_user_id = next.id AND due_at <= ${now}) AS "isQueued"
      FROM (${inOrder(waiting, workspaceId, places)} LIMIT ${free}) next`,
  );
  return rows;
}

/** Whether a run is under way beside which none that gives away seats may begin. */
export async function isAnyRunActive(db: Db, workspaceId: string): Promise<boolean> {
  const { rows } = await db.run(sql`SELECT 1 FROM sync_run WHERE workspace_id = ${workspaceId}
    AND state IN ('queued', 'running') AND trigger IN ('manual', 'nightly', 'seat') LIMIT 1`);
  return rows.length > 0;
}

/** Whether the newest run that should give away seats failed, or seated nobody, a moment ago. */
export async function cameToNothing(db: Db, workspaceId: string, now: Date): Promise<boolean> {
  const before = (pauseMs: number) => new Date(now.getTime() - pauseMs);
  const { rows } = await db.run(sql<{ failed: boolean }>`
    SELECT state = 'failed' AND created_at > ${before(pauseAfterFailureMs)}
      OR created_at > ${before(pauseAfterNothingMs)} AND coalesce((counts ->> 'create')::int, 0)
        + coalesce((counts ->> 'link')::int, 0) + coalesce((counts ->> 'reactivate')::int, 0) = 0 AS failed
    FROM sync_run WHERE workspace_id = ${workspaceId} AND trigger = 'seat' ORDER BY id DESC LIMIT 1`);
  return rows[0]?.failed ?? false;
}
