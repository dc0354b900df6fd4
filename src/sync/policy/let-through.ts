import type { Db } from '../../database/db.ts';
import { type Parameter, parameter, type Sql, sql } from '../../database/sql.ts';
import type { FieldChange } from '../../attribute-mapping/mapping/apply-mapped.ts';
import type { ChangeKind, StoredState } from '../decision/change.ts';
import type { Reason } from '../decision/reason.ts';
import { storedStateJson } from '../wording/stored-state.ts';
import { usedRemovals, windowLengthMs } from './removal-guard.ts';

/**
 * How the removal guard stands.
 *
 * @property limitExceeded whether it holds removals, or an admin rejected some within the last 24 hours
 * @property lostAccess people without access because the guard let their removal through: in the 24 hours before a
 * removal was held, or, where the limit was not exceeded, in the last 24 hours
 * @property lostAccessExcluded how many of them are excluded from synchronization, so that nobody brings them back
 * @property heldSince when the oldest hold began
 * @property used how many removals of the last 24 hours count toward the limit
 */
export interface RemovalGuardState {
  limitExceeded: boolean;
  lostAccess: number;
  lostAccessExcluded: number;
  held: number;
  heldSince: Date | null;
  used: number;
}

/**
 * A removal that the guard let through; the member still has no access.
 *
 * @property excluded the person is excluded from synchronization, so that nobody brings them back
 */
export type LetThrough = LetThroughRow & StoredState;

interface LetThroughRow {
  id: string;
  kind: ChangeKind;
  directoryUserId: string;
  memberId: string;
  runId: string;
  at: Date;
  name: string;
  fields: FieldChange[];
  reason: Reason;
  excluded: boolean;
}

/** A workspace at a time, for the statements about what the guard has let through. */
interface Moment {
  workspaceId: Parameter;
  now: Parameter;
}

function momentOf(workspaceId: string, now: Date): Moment {
  return { workspaceId: parameter(workspaceId), now: parameter(now) };
}

/**
 * The expression `incident`: what the guard has withheld, and the periods in which others were let through: a window
 * before each hold that waits, and before each that was rejected within that time.
 */
function incidentAt({ workspaceId, now }: Moment): Sql {
  const windowLength = parameter(`${windowLengthMs} milliseconds`);
  return sql`incident AS MATERIALIZED (
  SELECT count(*) > 0 AS exceeded, coalesce(sum(people) FILTER (WHERE waits), 0)::int AS held,
    min(at) FILTER (WHERE waits) AS since,
    coalesce(range_agg(tstzrange(at - ${windowLength}::interval, at, '(]')),
      tstzmultirange(tstzrange(${now}::timestamptz - ${windowLength}::interval, ${now}, '(]'))) AS times
  FROM (
    SELECT state = 'held' AS waits, count(*) AS people,
      CASE WHEN state = 'held' THEN updated_at ELSE held_at END AS at
    FROM sync_link
    WHERE workspace_id = ${workspaceId} AND state IN ('held', 'suppressed')
      AND (state = 'held' OR held_at IS NOT NULL
        AND updated_at > ${now}::timestamptz - ${windowLength}::interval)
    GROUP BY 1, 3) holds)`;
}

/**
 * The changes `c` by which people lost access, with their links `l` and members `m`. If a member was removed several
 * times, the newest removal is the one that took the access. When the bringing back of people was undone, they are there
 * again.
 */
function letThrough({ workspaceId }: Moment): Sql {
  return sql`FROM incident i
  JOIN sync_change c ON c.workspace_id = ${workspaceId} AND c.at > lower(i.times) AND c.at <= upper(i.times)
    AND c.at <@ i.times
    AND c.kind IN ('deactivate', 'remove') AND c.state IN ('made', 'approved') AND c.state = 'made'
    AND c.fields @> '[{"field": "status", "before": "active"}]' AND c.origin <> 'undo'
  JOIN sync_link l ON l.workspace_id = ${workspaceId} AND l.directory_user_id = c.directory_user_id
    AND l.member_id = c.member_id AND (l.state IN ('linked', 'excluded') OR l.state = 'suppressed' AND EXISTS (
      SELECT 1 FROM sync_run r
      WHERE r.workspace_id = ${workspaceId} AND r.id = l.suppressed_by AND r.trigger = 'bring_back'))
  JOIN member m ON m.workspace_id = ${workspaceId} AND m.id = c.member_id AND m.status <> 'active'
  WHERE NOT EXISTS (SELECT 1 FROM sync_change n
    WHERE n.workspace_id = ${workspaceId} AND n.member_id = c.member_id AND n.id > c.id
      AND n.state IN ('made', 'approved') AND n.origin <> 'undo'
      AND n.fields @> '[{"field": "status", "before": "active"}]')`;
}

interface GuardRow {
  exceeded: boolean;
  lost_access: number;
  lost_excluded: number;
  held: number;
  since: Date | null;
  used: number;
}

/** How the removal guard of a workspace stands. */
export async function removalGuardState(db: Db, workspaceId: string, now: Date): Promise<RemovalGuardState> {
  const moment = momentOf(workspaceId, now);
  const { rows } = await db.run(
    sql<GuardRow>`WITH ${incidentAt(moment)}
     SELECT i.exceeded, i.held, i.since, lost.access AS lost_access, lost.excluded AS lost_excluded,
       ${usedRemovals(moment.workspaceId, now)} AS used
       FROM incident i CROSS JOIN (SELECT count(*)::int AS access,
         count(*) FILTER (WHERE l.state = 'excluded')::int AS excluded ${letThrough(moment)}) lost`,
  );
  const [row] = rows;
  return {
    limitExceeded: row?.exceeded ?? false,
    lostAccess: row?.lost_access ?? 0,
    lostAccessExcluded: row?.lost_excluded ?? 0,
    held: row?.held ?? 0,
    heldSince: row?.since ?? null,
    used: row?.used ?? 0,
  };
}

/** The people who were let through, in the order of the changes, after the change with the id `after`. */
export async function readLetThrough(
  db: Db,
  workspaceId: string,
  now: Date,
  { after, limit }: { after: string | null; limit: number },
): Promise<LetThrough[]> {
  const moment = momentOf(workspaceId, now);
  const last = parameter(after);
  const { rows } = await db.run(
    sql<LetThroughRow & { storedState: StoredState }>`WITH ${incidentAt(moment)}
     SELECT c.id, c.kind, c.directory_user_id AS "directoryUserId", c.member_id AS "memberId",
       c.run_id AS "runId", c.at,
       c.name, c.fields, c.reason, l.state = 'excluded' AS excluded, ${storedStateJson('c')} AS "storedState"
     ${letThrough(moment)} AND (${last}::uuid IS NULL OR c.id > ${last}) ORDER BY c.id LIMIT ${limit}`,
  );
  return rows.map(({ storedState, ...change }) => ({ ...change, ...storedState }));
}

/** Everybody who was let through; locks their members in the order of their ids, as a run does. */
export async function lockLetThrough(
  db: Db,
  workspaceId: string,
  now: Date,
): Promise<Pick<LetThrough, 'id' | 'excluded'>[]> {
  const moment = momentOf(workspaceId, now);
  const { rows } = await db.run(
    sql<Pick<LetThrough, 'id' | 'excluded'>>`WITH ${incidentAt(moment)}
     SELECT c.id, l.state = 'excluded' AS excluded ${letThrough(moment)}
     ORDER BY m.id FOR NO KEY UPDATE OF m`,
  );
  return rows;
}

/** The people whose removals are held, by the run that holds them; `only` narrows it to some people. */
export async function heldByRun(
  db: Db,
  workspaceId: string,
  only: readonly string[] | null,
): Promise<{ runId: string; people: string[] }[]> {
  const people = parameter(only);
  const { rows } = await db.run(
    sql<{ runId: string; people: string[] }>`
      SELECT run_id AS "runId", array_agg(directory_user_id::text ORDER BY directory_user_id) AS people
      FROM sync_change
      WHERE workspace_id = ${workspaceId} AND state = 'held'
        AND (${people}::uuid[] IS NULL OR directory_user_id = ANY (${people}))
      GROUP BY run_id ORDER BY run_id`,
  );
  return rows;
}
