import type { Db } from '../../database/db.ts';
import { list, type Parameter, parameter, raw, type Sql, sql } from '../../database/sql.ts';
import { settingSql } from '../../workspaces/provisioning-settings.ts';
import type { WorkspaceSettings } from '../../workspaces/settings.ts';
import type { Decision } from '../decision/decision.ts';
import type { Person } from '../decision/person.ts';
import type { Reason } from '../decision/reason.ts';

/**
 * Why somebody is in the lane, and the trigger of the runs that are made of them: they left, they are back, or they may have
 * lost a role. Leavers come first.
 */
export const laneReasons = ['leaver', 'returner', 'role'] as const;
export type LaneReason = (typeof laneReasons)[number];

const settingOf = { leaver: 'leavers', returner: 'returners', role: 'leavers' } as const satisfies Record<
  LaneReason,
  keyof WorkspaceSettings
>;

/** What the lane may do; everything else is left to a run. */
const leaving: ReadonlySet<Decision['kind']> = new Set([
  'deactivate',
  'remove',
  'held',
  'nothing',
  'suppressed',
  'excluded',
]);

const kindsOf: Readonly<Record<LaneReason, ReadonlySet<Decision['kind']>>> = {
  leaver: leaving,
  role: leaving,
  returner: new Set(['reactivate', 'nothing', 'suppressed', 'excluded']),
};

/** What the workspace wants to happen immediately. */
export function wantedAtOnce(settings: WorkspaceSettings): LaneReason[] {
  return laneReasons.filter((reason) => settings[settingOf[reason]] === 'immediately');
}

function isLoss({ code }: Reason): boolean {
  return code === 'role-lost';
}

/** The directory users whose decisions the lane itself applies; the others are left to a run. */
export function settledByLane(
  reason: LaneReason,
  { people, decisions }: { people: readonly Person[]; decisions: readonly Decision[] },
): ReadonlySet<string> {
  const held = new Set(
    people.filter(({ link }) => link?.state === 'held').map(({ directoryUserId }) => directoryUserId),
  );
  const settled = decisions.filter(({ directoryUserId, kind, link, refused, reason: why }) => {
    // Those who come back and find no seat wait for one from now on.
    if (link?.state === 'waiting') return reason === 'returner';
    // A person who comes back while their removal is held gets access back; releasing the hold must not wait for a run.
    if (kind === 'update') return isLoss(why) || (reason === 'returner' && held.has(directoryUserId));
    return kindsOf[reason].has(kind) || refused;
  });
  return withoutThoseWhoWait(
    people,
    decisions,
    new Set(settled.map(({ directoryUserId }) => directoryUserId)),
  );
}

/** Leaves people to the run, too, whose address is only free once the decision about somebody else is applied. */
function withoutThoseWhoWait(
  people: readonly Person[],
  decisions: readonly Decision[],
  settled: ReadonlySet<string>,
): ReadonlySet<string> {
  const holders = new Map(
    people.flatMap(({ member, directoryUserId }) =>
      member === null || member.status === 'removed' ? [] : [[member.emailKey, directoryUserId] as const],
    ),
  );
  const free = decisions.filter(({ directoryUserId, member }) => {
    const holder = member === null || member.status === 'removed' ? undefined : holders.get(member.emailKey);
    return (
      settled.has(directoryUserId) &&
      (holder === undefined || holder === directoryUserId || settled.has(holder))
    );
  });
  if (free.length === settled.size) return settled;
  return withoutThoseWhoWait(people, decisions, new Set(free.map(({ directoryUserId }) => directoryUserId)));
}

const isLaneReason = raw(`reason IN (${laneReasons.map((reason) => `'${reason}'`).join(', ')})`);

/** Whether anything happens automatically in the workspace `w`. */
export const isAutomatic = sql`w.entitled AND w.activated_at IS NOT NULL AND w.automatic_sync = 'on'`;

/** Whether somebody waits in the workspace `w` whose change must happen immediately. @param workspace its id */
function isWanted(now: Date, workspace: Sql | Parameter = raw('w.id')): Sql {
  const at = parameter(now);
  const conditions = laneReasons.map(
    (reason) => sql`${raw(settingSql('w', settingOf[reason]))} = 'immediately' AND EXISTS (
       SELECT 1 FROM sync_queue q
       WHERE q.workspace_id = ${workspace} AND q.reason = ${raw(`'${reason}'`)} AND q.due_at <= ${at})`,
  );
  return list(conditions, ' OR ');
}

/**
 * The workspaces in which somebody waits for the lane. It moves from one workspace to the next in the index, so its cost
 * does not depend on how many people wait in workspaces that do nothing immediately.
 *
 * A database that is distributed does not move like that: each of its nodes says which workspaces it has people of.
 *
 * @param except workspaces that are left out for now
 * @param limit how many are named at most
 */
export async function workspacesOfLane(
  db: Db,
  now: Date,
  limit: number,
  except: readonly string[],
  distributed = false,
): Promise<string[]> {
  if (distributed) return workspacesOfNodes(db, now, limit, except);
  const { rows } = await db.run(
    sql<{ id: string }>`WITH RECURSIVE waiting AS (
       (SELECT workspace_id FROM sync_queue WHERE ${isLaneReason} ORDER BY workspace_id LIMIT 1)
       UNION ALL
       SELECT (SELECT q.workspace_id FROM sync_queue q
         WHERE q.${isLaneReason} AND q.workspace_id > before.workspace_id ORDER BY q.workspace_id LIMIT 1)
       FROM waiting before WHERE before.workspace_id IS NOT NULL
     )
     SELECT w.id FROM waiting JOIN workspace w ON w.id = waiting.workspace_id
     WHERE ${isAutomatic} AND w.id <> ALL (${except}::uuid[]) AND (${isWanted(now)})
     LIMIT ${limit}`,
  );
  return rows.map(({ id }) => id);
}

async function workspacesOfNodes(
  db: Db,
  now: Date,
  limit: number,
  except: readonly string[],
): Promise<string[]> {
  const wanted = laneReasons.map(
    (reason) =>
      sql`q.reason = ${raw(`'${reason}'`)} AND ${raw(settingSql('w', settingOf[reason]))} = 'immediately'`,
  );
  const { rows } = await db.run(
    sql<{ id: string }>`WITH waiting AS MATERIALIZED (
       SELECT DISTINCT workspace_id, reason FROM sync_queue WHERE ${isLaneReason} AND due_at <= ${now}
     )
     SELECT DISTINCT w.id FROM waiting q JOIN workspace w ON w.id = q.workspace_id
     WHERE ${isAutomatic} AND w.id <> ALL (${except}::uuid[]) AND (${list(wanted, ' OR ')})
     LIMIT ${limit}`,
  );
  return rows.map(({ id }) => id);
}

/** Whether somebody waits for the lane in one workspace: {@link workspacesOfLane} for a workspace that was heard of. */
export async function isWaitingForLane(db: Db, workspaceId: string, now: Date): Promise<boolean> {
  const workspace = parameter(workspaceId);
  const { count } = await db.run(
    sql`SELECT 1 FROM workspace w WHERE w.id = ${workspace} AND ${isAutomatic} AND (${isWanted(now, workspace)})`,
  );
  return count > 0;
}
