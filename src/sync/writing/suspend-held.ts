import type { Db } from '../../database/db.ts';
import { parameter, type Sql, sql } from '../../database/sql.ts';
import type { MemberEvents } from '../../member-directory/events/member-events.ts';

interface Where {
  workspaceId: string;
  now: Date;
  events: MemberEvents;
}

/**
 * Suspends the access of members whose removal is held, where the workspace wants that, and ends the suspension of those
 * whose removal is not held any more. They stay members in either case. Belongs in the transaction that begins or ends
 * the hold, after the links are written. The last with a privileged role keeps access: nobody else could give it to others.
 *
 * @param memberIds whose removal began to be held, or ended; null: everybody's, because the setting changed
 */
export async function settleSuspensions(
  db: Db,
  { workspaceId, now, events }: Where,
  memberIds: readonly (string | null)[] | null,
): Promise<void> {
  const ids = memberIds?.filter((id) => id !== null) ?? null;
  if (ids?.length === 0) return;
  const workspace = parameter(workspaceId);
  const concerned: Sql =
    ids === null
      ? sql`SELECT member_id FROM sync_link WHERE workspace_id = ${workspace} AND state = 'held'
            UNION SELECT id FROM member WHERE workspace_id = ${workspace} AND suspended_at IS NOT NULL`
      : sql`SELECT id FROM unnest(${ids}::uuid[]) AS given(id)`;
  const at = parameter(now);
  const { rows } = await db.run(
    sql<{ memberId: string; isHeld: boolean; staysSuspended: boolean }>`WITH wanted AS (
       SELECT m.id, w.settings ->> 'heldLeavers' IS DISTINCT FROM 'keep' AND EXISTS (
         SELECT FROM sync_link l WHERE l.workspace_id = ${workspace} AND l.member_id = m.id AND l.state = 'held'
           AND l.reason ->> 'code' IS DISTINCT FROM 'last-admin') AS is_held
       FROM (${concerned}) AS c(id)
       JOIN workspace w ON w.id = ${workspace}
       CROSS JOIN LATERAL (
         SELECT id FROM member WHERE workspace_id = ${workspace} AND id = c.id AND status = 'active' OFFSET 0
         FOR NO KEY UPDATE) m
     )
     UPDATE member m SET suspended_at = CASE WHEN wanted.is_held THEN ${at}::timestamptz END, updated_at = ${at},
       version = m.version + 1
     FROM wanted
     WHERE m.workspace_id = ${workspace} AND m.id = wanted.id AND (m.suspended_at IS NOT NULL) <> wanted.is_held
     RETURNING m.id AS "memberId", wanted.is_held AS "isHeld", m.suspension IS NOT NULL AS "staysSuspended"`,
  );
  for (const { memberId, isHeld, staysSuspended } of rows) {
    // A member suspended by an admin has no access either way.
    if (staysSuspended) {
      events.member('member.updated', memberId);
      continue;
    }
    const [before, after] = isHeld ? ['granted', 'suspended'] : ['suspended', 'granted'];
    events.member(isHeld ? 'member.suspended' : 'member.reactivated', memberId, [
      { field: 'access', before, after },
    ]);
  }
}
