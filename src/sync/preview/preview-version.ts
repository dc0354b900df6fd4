import { createHash } from 'node:crypto';
import type { Db } from '../../database/db.ts';
import { nothing, parameter, type Sql, sql } from '../../database/sql.ts';
import { removedMembers } from '../../member-directory/members/count-members.ts';
import { groupChangesStamp, groupsChoice } from '../policy/chosen-groups.ts';
import type { SyncPolicy } from '../policy/sync-policy.ts';
import type { PlanLimits } from './planned-batches.ts';

/**
 * A text that stays the same as long as a run would do the same: made of the queue, of the links that keep something
 * back, of the groups, of the members (somebody may take an address), of rules, properties and settings, of the removal
 * budget, and of the free seats.
 *
 * Every change of a member is an event; only removed ones who are forgotten are none. So the members need not be read, which
 * in a large workspace would take most of the time of an answer.
 *
 * @param chosen the people of a run of chosen people: of queue and links only what concerns them; null: everybody
 */
export async function previewVersion(
  db: Db,
  policy: SyncPolicy,
  { budget, seats }: PlanLimits,
  now: Date,
  chosen: Sql<{ id: string }> | null = null,
): Promise<string> {
  const workspace = parameter(policy.workspace.id);
  const isChosen = chosen === null ? nothing : sql`AND directory_user_id IN (${chosen})`;
  const { rows } = await db.run(sql<Record<string, string | null>>`
       SELECT q.count AS queued, q.stamp, l.count AS links, l.stamp AS link_stamp, ${removedMembers(workspace)} AS removed,
         (SELECT sequence FROM event_head WHERE workspace_id = ${workspace}) AS events
     FROM (SELECT count(*), bit_xor(hashtextextended(directory_user_id::text || version::text, 0)) AS stamp
           FROM sync_queue WHERE workspace_id = ${workspace} AND due_at <= ${now} ${isChosen}) q,
          (SELECT count(*), bit_xor(hashtextextended(directory_user_id::text || state || coalesce(reason::text,
            '') ||
             coalesce(directory_version::text, '') || coalesce(directory_groups, ''), 0)) AS stamp
               FROM sync_link WHERE workspace_id = ${workspace} AND state <> 'linked' ${isChosen}) l`);
  const [row] = rows;
  const groups = await groupChangesStamp(db, policy.workspace.id, groupsChoice(policy.settings.groups));
  return createHash('sha256')
    .update(
      JSON.stringify([
        row,
        groups,
        policy.stamp,
        budget,
        seats && [seats.limit, seats.free],
        ...(chosen === null ? [] : ['chosen']),
      ]),
    )
    .digest('base64url');
}
