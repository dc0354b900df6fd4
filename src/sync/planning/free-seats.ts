import type { Db } from '../../database/db.ts';
import { nothing, parameter, type Sql, sql } from '../../database/sql.ts';
import { roomUnder, type SeatRoom } from '../../member-directory/members/seats.ts';
import { readDeclaredRoles } from '../../member-directory/roles/declared-roles.ts';
import { readRoleMapping } from '../../role-mapping/versions/role-mapping-rows.ts';
import type { WorkspaceSettings } from '../../workspaces/settings.ts';
import type { FreeSeats } from '../decision/seats.ts';
import type { SyncPolicy } from '../policy/sync-policy.ts';

type SeatOrder = WorkspaceSettings['seatOrder'];

/** People beyond the free seats who are put in order, too: people before them may turn out to need none. */
const orderedBeyondMax = 2_000;

/** The people of a plan: those due at this time, and of them those who are chosen; null: everybody. */
interface PlanPeople {
  workspaceId: string;
  dueBy: Date;
  chosen: Sql<{ id: string }> | null;
}

/**
 * The seats that a plan may give away, and who comes first where there are not enough: among everybody who is due or waits
 * for a seat, or, where people are chosen, among these.
 *
 * @param room as it was read under the lock, or, for a preview, without
 */
export async function freeSeats(
  db: Db,
  people: PlanPeople,
  order: SeatOrder,
  room: SeatRoom | null,
): Promise<FreeSeats | null> {
  if (room === null) return null;
  const most = room.free + orderedBeyondMax;
  const places = await placesOf(db, people.workspaceId, order);
  const { rows } = await db.run(
    sql<{ id: string }>`${inOrder(candidates(people), people.workspaceId, places)} LIMIT ${most}`,
  );
  if (rows.length <= room.free) return { ...room, order: null };
  return { ...room, order: new Map(rows.map(({ id }, place) => [id, place])) };
}

/** The same for a preview, which keeps nobody from taking a seat. */
export async function freeSeatsNow(
  db: Db,
  policy: SyncPolicy,
  now: Date,
  chosen: Sql<{ id: string }> | null = null,
): Promise<FreeSeats | null> {
  const { id: workspaceId, seats } = policy.workspace;
  if (seats?.beyond !== 'hold') return null;
  const room = await roomUnder(db, workspaceId, seats.limit);
  return freeSeats(db, { workspaceId, dueBy: now, chosen }, policy.settings.seatOrder, room);
}

/** Directory groups whose people come before others: those of the lowest place first. */
export type GroupPlaces = readonly { id: string; place: number }[];

/** The groups that an order goes by: those that it names, or those that give roles, of which the highest comes first. */
export async function placesOf(db: Db, workspaceId: string, { by, groups }: SeatOrder): Promise<GroupPlaces> {
  if (by === 'first_come') return [];
  if (by === 'groups') return groups.map((id, place) => ({ id, place }));
  const places = new Map((await readDeclaredRoles(db)).map(({ key }, place) => [key, place]));
  const { rules } = await readRoleMapping(db, workspaceId);
  return rules.flatMap((rule) => {
    const place = places.get(rule.role);
    return 'group' in rule && place !== undefined ? [{ id: rule.group.directoryGroupId, place }] : [];
  });
}

/** The ids of these people, those who get a seat first at the beginning. Ids tell who came into the directory first. */
export function inOrder(
  people: Sql<{ id: string }>,
  workspaceId: string,
  places: GroupPlaces,
): Sql<{ id: string }> {
  if (places.length === 0) return sql<{ id: string }>`SELECT id FROM (${people}) people ORDER BY id`;
  const ids = parameter(places.map(({ id }) => id));
  const numbers = parameter(places.map(({ place }) => place));
  return sql<{ id: string }>`SELECT people.id FROM (${people}) people
    LEFT JOIN LATERAL (
      SELECT min((${numbers}::integer[])[array_position(${ids}::uuid[], gm.group_id)]) AS place
      FROM directory_group_member gm
      WHERE gm.workspace_id = ${workspaceId} AND gm.user_id = people.id AND gm.group_id = ANY (${ids}::uuid[])) g ON true
    ORDER BY g.place NULLS LAST, people.id`;
}

/** Who may need a seat: active in the directory, without an active member, and neither excluded nor suppressed. */
function candidates({ workspaceId, dueBy, chosen }: PlanPeople): Sql<{ id: string }> {
  const workspace = parameter(workspaceId);
  const isChosen = chosen === null ? nothing : sql`AND directory_user_id IN (${chosen})`;
  return sql<{ id: string }>`SELECT x.id FROM (
      SELECT directory_user_id AS id FROM sync_queue
      WHERE workspace_id = ${workspace} AND due_at <= ${dueBy} ${isChosen}
      UNION SELECT directory_user_id FROM sync_link
      WHERE workspace_id = ${workspace} AND state = 'waiting' ${isChosen}) x
    JOIN directory_user u ON u.workspace_id = ${workspace} AND u.id = x.id AND u.active
    LEFT JOIN sync_link l ON l.workspace_id = ${workspace} AND l.directory_user_id = x.id
    LEFT JOIN member m ON m.workspace_id = ${workspace} AND m.id = l.member_id
    WHERE m.status IS DISTINCT FROM 'active' AND l.state IS DISTINCT FROM 'excluded'
      AND NOT (coalesce(l.state, 'linked') = 'suppressed' AND l.directory_version IS NOT DISTINCT FROM u.version)`;
}
