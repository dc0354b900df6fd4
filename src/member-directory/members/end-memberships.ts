import type { Db } from '../../database/db.ts';
import { sql } from '../../database/sql.ts';
import type { MemberEvents } from '../events/member-events.ts';

/** Takes members out of all groups, because they are removed, and notes each membership that ends. */
export async function endMemberships(
  db: Db,
  workspaceId: string,
  memberIds: readonly string[],
  events: MemberEvents,
): Promise<void> {
  if (memberIds.length === 0) return;
  const { rows } = await db.run(
    sql<{ groupId: string; memberId: string }>`DELETE FROM member_group_member
     WHERE workspace_id = ${workspaceId} AND member_id = ANY (${memberIds}::uuid[])
     RETURNING group_id AS "groupId", member_id AS "memberId"`.onOneNode(workspaceId, {
      groupId: 'uuid',
      memberId: 'uuid',
    }),
  );
  events.memberships('group.member_removed', rows);
}
