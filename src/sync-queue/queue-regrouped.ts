import { nothing, type Parameter, parameter, raw, type Sql, sql } from '../database/sql.ts';
import { because, enqueueRegrouped, queueRow } from './enqueue.ts';

/** A group of the directory in a statement: expressions of its id, and of its name as patterns are compared with. */
export interface GroupInSql {
  id: Sql | Parameter;
  nameKey: Sql | Parameter;
}

/** The patterns of the rules in force, by which they read groups. */
const patternsOf = (workspace: Parameter) => sql`coalesce((
      SELECT a.group_patterns FROM attribute_mapping a WHERE a.workspace_id = ${workspace}
      ORDER BY a.version DESC LIMIT 1), '{}')`;

const givesRole = (workspace: Parameter, id: Sql | Parameter) => sql`EXISTS (
      SELECT 1 FROM role_mapping r WHERE r.workspace_id = ${workspace} AND ${id} = ANY (r.group_ids))`;

/**
 * Whether joining or leaving a group matters to synchronization. Where an admin picked the groups to synchronize, other
 * groups count only if a rule reads them, for a value or for a role, or if they are a group of the product already.
 */
function counts(workspace: Parameter, { id, nameKey }: GroupInSql): Sql {
  return sql`(coalesce((
      SELECT coalesce(w.settings #>> '{groups,which}', 'all') <> 'picked' OR w.settings #> '{groups,picked}' ? ${id}::text
      FROM workspace w WHERE w.id = ${workspace}), false)
    OR EXISTS (SELECT 1 FROM member_group p WHERE p.workspace_id = ${workspace} AND p.id = ${id})
    OR ${givesRole(workspace, id)}
    OR ${nameKey} LIKE ANY (${patternsOf(workspace)}))`;
}

/**
 * The SQL that queues who joined or left one group, for the `WITH` of the statement that does it.
 *
 * @param moved a `SELECT` of `user_id`, null for who has not arrived, and of `has_left`. A person may be named twice
 * @param group null: it is gone, so that leaving it counts whatever it was
 * @param at when, from the injected clock
 */
export function queueMoved(
  workspace: Parameter,
  moved: Sql,
  { id, nameKey }: { id: Parameter; nameKey: Sql | Parameter | null },
  at: Parameter,
): Sql {
  const when = sql`${at}::timestamptz`;
  const cause = sql`CASE WHEN bool_or(p.has_left) AND ${givesRole(workspace, sql`${id}::uuid`)} THEN 'role' ELSE 'group' END`;
  const condition = nameKey === null ? sql`true` : counts(workspace, { id: sql`${id}::uuid`, nameKey });
  return enqueueRegrouped(
    sql`SELECT ${queueRow({ workspace, person: 'p.user_id', cause, dueAt: when })}, ${when}
     FROM (${moved}) p WHERE p.user_id IS NOT NULL AND ${condition}
     GROUP BY p.user_id ORDER BY p.user_id`,
    'group',
  );
}

/**
 * The SQL that queues who joined groups, for the `WITH` of the statement in which they arrive.
 *
 * @param joined the name of an expression with the columns `group_id` and `user_id`, or a `SELECT` of them
 * @param at when, from the injected clock
 */
export function queueArrived(workspace: Parameter, joined: string | Sql, at: Parameter): Sql {
  const when = sql`${at}::timestamptz`;
  const from = typeof joined === 'string' ? raw(joined) : sql`(${joined})`;
  return enqueueRegrouped(
    sql`SELECT ${queueRow({ workspace, person: 'p.user_id', cause: because('group'), dueAt: when })}, ${when}
     FROM ${from} p JOIN directory_group c ON c.workspace_id = ${workspace} AND c.id = p.group_id
     WHERE ${counts(workspace, groupOfRow)} GROUP BY p.user_id ORDER BY p.user_id`,
    'group',
  );
}

const groupOfRow: GroupInSql = { id: raw('c.id'), nameKey: raw('c.display_name_key') };

/**
 * When somebody was regrouped whose places in groups a statement changes, or null when none of the groups counts: what
 * `enqueueRegrouped` wants behind a `queueRow`.
 *
 * @param places the name of an expression with the column `group_id`, of this person alone, or a `SELECT` of it
 * @param at when, from the injected clock
 */
export function regroupedAt(workspace: Parameter, places: string | Sql, at: Sql): Sql {
  const from = typeof places === 'string' ? raw(places) : sql`(${places})`;
  return sql`CASE WHEN EXISTS (
       SELECT 1 FROM ${from} p JOIN directory_group c ON c.workspace_id = ${workspace} AND c.id = p.group_id
       WHERE ${counts(workspace, groupOfRow)}) THEN ${at} END`;
}

/**
 * The SQL that queues the members of a group with a new name, for the `WITH` of the statement that gives it. The name
 * decides something where a rule or the choice of groups goes by a pattern, before or after the change. A new name also
 * lifts what an admin suppressed about the group; if its creation was suppressed, its members are queued.
 *
 * @param group its id, and both names as patterns are compared with
 * @param lifted the name of an expression with the column `kind`: what the statement lifts; null: nothing
 * @param at when, from the injected clock
 */
export function queueRenamed(
  workspace: Parameter,
  group: { id: Parameter; keys: readonly [before: string, after: string] },
  lifted: string | null,
  at: Parameter,
): Sql {
  const when = sql`${at}::timestamptz`;
  const [before, after] = [parameter(group.keys[0]), parameter(group.keys[1])];
  const patterns = patternsOf(workspace);
  const isLifted =
    lifted === null ? nothing : sql`OR EXISTS (SELECT 1 FROM ${raw(lifted)} l WHERE l.kind = 'create')`;
  return enqueueRegrouped(
    sql`SELECT ${queueRow({ workspace, person: 'd.user_id', cause: because('group'), dueAt: when })}, ${when}
     FROM directory_group_member d
     WHERE d.workspace_id = ${workspace} AND d.group_id = ${group.id} AND d.user_id IS NOT NULL
       AND (${before} LIKE ANY (${patterns}) OR ${after} LIKE ANY (${patterns})
         ${isLifted}
         OR EXISTS (SELECT 1 FROM workspace w WHERE w.id = ${workspace} AND w.settings #>> '{groups,which}' = 'matching'))
     GROUP BY d.user_id ORDER BY d.user_id`,
    'group',
  );
}
