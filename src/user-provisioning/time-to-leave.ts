import type { Db } from '../database/db.ts';
import { parameter, type Sql, sql } from '../database/sql.ts';
import { days } from '../errors/duration.ts';

/** The days that are looked back at. */
export const timeToLeaveDays = 30;

/** Leavers that are measured at most, the newest: the overview is asked for often. */
export const timeToLeavePeopleMax = 1_000;

/**
 * How long leavers keep access, from the request of the identity provider on.
 *
 * @property people whose access ended
 * @property p50Seconds what half of them waited at most; null where there is nobody
 * @property open people who left in the directory and still have access
 */
export interface TimeToLeave {
  days: number;
  people: number;
  p50Seconds: number | null;
  p99Seconds: number | null;
  open: number;
}

/** Measures the last days of a workspace, from the request of the identity provider to the end of access. */
export async function timeToLeave(db: Db, workspaceId: string, now: Date): Promise<TimeToLeave> {
  const { rows } = await db.run(timeToLeaveSql(workspaceId, now));
  const [{ people = 0, p50Seconds = null, p99Seconds = null, open = 0 } = {}] = rows;
  return { days: timeToLeaveDays, people, p50Seconds, p99Seconds, open };
}

/** The statement of {@link timeToLeave}; indexes answer it. */
export function timeToLeaveSql(workspaceId: string, now: Date): Sql<Omit<TimeToLeave, 'days'>> {
  const since = new Date(now.getTime() - days(timeToLeaveDays));
  const workspace = parameter(workspaceId);
  return sql<
    Omit<TimeToLeave, 'days'>
  >`WITH ended AS (${removals(workspace, since)} UNION ALL ${suspensions(workspace, since)}),
     waited AS (
       SELECT extract(epoch FROM e.at - a.at) AS seconds
       FROM (SELECT * FROM ended ORDER BY at DESC LIMIT ${timeToLeavePeopleMax}) e
       CROSS JOIN LATERAL (${firstAsked(workspace)}) a
       WHERE a.at IS NOT NULL
     )
     SELECT count(*)::int AS people,
       round(percentile_disc(0.5) WITHIN GROUP (ORDER BY seconds), 1)::float8 AS "p50Seconds",
       round(percentile_disc(0.99) WITHIN GROUP (ORDER BY seconds), 1)::float8 AS "p99Seconds",
       (${stillWithAccess(workspace)}) AS open
     FROM waited`;
}

type Workspace = ReturnType<typeof parameter>;

/** Access that a removal took. One that was held and approved had suspended it before, as far as events are kept. */
function removals(workspace: Workspace, since: Date): Sql {
  return sql`(SELECT c.directory_user_id, coalesce(CASE WHEN c.state = 'approved' THEN (
         SELECT max(s.at) FROM event s WHERE s.workspace_id = ${workspace} AND s.subject_id = c.member_id
           AND s.type = 'member.suspended' AND s.at <= c.at
           AND NOT EXISTS (SELECT FROM event r WHERE r.workspace_id = ${workspace} AND r.subject_id = c.member_id
             AND r.type = 'member.reactivated' AND r.sequence > s.sequence AND r.at <= c.at)) END, c.at) AS at
       FROM sync_change c
       WHERE c.workspace_id = ${workspace} AND c.at > ${since} AND c.kind IN ('deactivate', 'remove')
         AND c.state IN ('made', 'approved') AND c.fields @> '[{"field": "status", "before": "active"}]'
         AND c.origin <> 'undo'
       ORDER BY c.at DESC LIMIT ${timeToLeavePeopleMax})`;
}

/** Access that is suspended, because the removal is held. */
function suspensions(workspace: Workspace, since: Date): Sql {
  return sql`(SELECT l.directory_user_id, m.suspended_at
       FROM sync_link l JOIN member m ON m.workspace_id = ${workspace} AND m.id = l.member_id
       WHERE l.workspace_id = ${workspace} AND l.state = 'held' AND m.status = 'active' AND m.suspended_at > ${since})`;
}

/** When the identity provider first asked, since the person was last active in the directory. */
function firstAsked(workspace: Workspace): Sql {
  return sql`SELECT min(d.at) AS at FROM directory_event d
       WHERE d.workspace_id = ${workspace} AND d.resource_id = e.directory_user_id AND d.at <= e.at
         AND (d.kind = 'deleted' OR d.changes @> '[{"path": "active", "after": false}]' OR d.changes @> '{"active": false}')
         AND NOT EXISTS (SELECT FROM directory_event b
           WHERE b.workspace_id = ${workspace} AND b.resource_id = e.directory_user_id AND b.id > d.id AND b.at <= e.at
             AND (b.kind = 'restored' OR b.changes @> '[{"path": "active", "after": true}]'))`;
}

/**
 * Counts those who wait for a run or the lane, are held and keep access, could not be written, or keep access because an
 * admin decided so. Of the queue, only the causes by which somebody who left is to be looked at.
 */
function stillWithAccess(workspace: Workspace): Sql {
  return sql`SELECT count(*)::int FROM (
         SELECT directory_user_id AS id FROM sync_queue WHERE workspace_id = ${workspace}
           AND reason IN ('leaver', 'admin', 'released', 'grace', 'brought-back')
         UNION SELECT directory_user_id FROM sync_link WHERE workspace_id = ${workspace} AND state <> 'linked') p
       JOIN sync_link l ON l.workspace_id = ${workspace} AND l.directory_user_id = p.id
       JOIN member m ON m.workspace_id = ${workspace} AND m.id = l.member_id AND m.status = 'active' AND m.suspended_at IS NULL
       LEFT JOIN directory_user u ON u.workspace_id = ${workspace} AND u.id = p.id
       WHERE u.active IS NOT TRUE`;
}
