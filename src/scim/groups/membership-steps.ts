import { type NodeSteps, type Parameter, type Sql, sql } from '../../database/sql.ts';
import type { MembershipOperation } from '../../scim-core/patch/membership.ts';
import { queueMoved } from '../../sync-queue/queue-regrouped.ts';
import { membersMeantBy, movedBy, nameKeyOf, removedBy, selects } from './membership-parts.ts';

/** An operation on the members of a group. */
export interface MembershipChange {
  workspace: Parameter;
  group: Parameter;
  operation: MembershipOperation;
  /** Of the history entry. */
  eventId: string;
  at: Parameter;
}

/**
 * What carries out an operation on the members of a group, in steps: see `applyMembership`. The group is locked first. Its
 * history entry comes next, and says to the other steps who joins and who leaves. Null for what is to do nothing when it
 * selects nobody.
 */
export function membershipSteps(change: MembershipChange): NodeSteps | null {
  const { workspace, group, operation, eventId, at } = change;
  const difference = differenceOf(change);
  if (difference === null) return null;
  const isWritten = sql`EXISTS (SELECT 1 FROM directory_event e
          WHERE e.workspace_id = ${workspace} AND e.id = ${eventId})`;
  const version = sql`SELECT g.version, true, false FROM directory_group g
      WHERE g.workspace_id = ${workspace} AND g.id = ${group}`;
  const { incoming, added, removed } = difference;
  return {
    guard: sql`${version} FOR NO KEY UPDATE`,
    goesOn: 'with rows',
    steps: [
      sql`INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
        SELECT g.workspace_id, ${eventId}, ${at}, 'Group', g.id, 'updated',
          jsonb_build_array(jsonb_build_object('path', 'members', 'added', coalesce(d.added, '[]'), 'removed', coalesce(d.removed, '[]')))
        FROM directory_group g, (SELECT (${added}) AS added, (${removed}) AS removed) d
        WHERE g.workspace_id = ${workspace} AND g.id = ${group} AND (d.added IS NOT NULL OR d.removed IS NOT NULL)`,
      ...(incoming === null
        ? []
        : [
            sql`INSERT INTO directory_group_member (workspace_id, group_id, value, user_id, type, display)
        SELECT g.workspace_id, g.id, i.value, i.user_id, i.type, i.display FROM directory_group g, (${incoming}) i
        WHERE g.workspace_id = ${workspace} AND g.id = ${group} ON CONFLICT DO NOTHING`,
          ]),
      ...(operation.kind === 'add'
        ? []
        : [
            sql`DELETE FROM directory_group_member m WHERE ${ofGroup(change)}
          AND m.value IN (${removedBy(workspace, eventId)})`,
          ]),
      queueMoved(
        workspace,
        movedBy(workspace, eventId),
        { id: group, nameKey: nameKeyOf(workspace, group) },
        at,
      ),
      sql`UPDATE directory_group SET version = version + 1, modified_at = ${at}
        WHERE workspace_id = ${workspace} AND id = ${group} AND ${isWritten}`,
    ],
    answer: version,
  };
}

/**
 * What an operation brings: a `SELECT` of the members that come, or null; and two of the values that are added and removed,
 * as JSON, each null where there is none.
 */
interface Difference {
  incoming: Sql | null;
  added: Sql;
  removed: Sql;
}

function differenceOf(change: MembershipChange): Difference | null {
  const { workspace, operation } = change;
  const removed = (selected: Sql) =>
    sql`SELECT jsonb_agg(m.value) FROM directory_group_member m WHERE ${ofGroup(change)} AND ${selected}`;
  const added = (incoming: Sql) => sql`SELECT jsonb_agg(i.value) FROM (${incoming}) i WHERE NOT EXISTS (
          SELECT 1 FROM directory_group_member m WHERE ${ofGroup(change)} AND m.value = i.value)`;
  const none = sql`SELECT NULL::jsonb`;
  switch (operation.kind) {
    case 'add': {
      const incoming = membersMeantBy(operation.members, workspace);
      return { incoming, added: added(incoming), removed: none };
    }
    case 'replace': {
      const incoming = membersMeantBy(operation.members, workspace);
      const gone = sql`NOT EXISTS (SELECT 1 FROM (${incoming}) i WHERE i.value = m.value)`;
      return { incoming, added: added(incoming), removed: removed(gone) };
    }
    case 'remove':
      return {
        incoming: null,
        added: none,
        removed: removed(selects({ values: operation.values }, workspace)),
      };
    case 'removeWhere':
      return { incoming: null, added: none, removed: removed(selects(operation, workspace)) };
    case 'replaceWhere':
      return null;
  }
}

function ofGroup({ workspace, group }: MembershipChange): Sql {
  return sql`m.workspace_id = ${workspace} AND m.group_id = ${group}`;
}
