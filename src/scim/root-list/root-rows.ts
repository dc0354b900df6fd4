import type { Db } from '../../database/db.ts';
import { arrayLiteral } from '../../database/row-arrays.ts';
import { rowsWithin } from '../../database/rows-within.ts';
import { type Parameter, parameter, raw, sql } from '../../database/sql.ts';
import { pageSizeMaxBytes } from '../../scim-core/limits.ts';
import type { GroupRow } from '../groups/group-statements.ts';
import type { RowShape } from '../lists/page-statement.ts';
import type { RootPlace } from './root-places.ts';
import type { UserRow } from '../users/read-users.ts';

/** A user or group in a list over both types, with its place. */
export type RootRow = RootPlace & (({ type: 'User' } & UserRow) | ({ type: 'Group' } & GroupRow));

/** What is read of each type. */
export interface RootShapes {
  users: (workspaceId: Parameter) => RowShape;
  groups: (workspaceId: Parameter) => RowShape;
}

/**
 * The users and groups at these places, in order. All but the first are left out if they would exceed
 * `pageSizeMaxBytes`.
 */
export async function readRootRows(
  db: Db,
  workspaceId: string,
  places: readonly RootPlace[],
  shapes: RootShapes,
): Promise<RootRow[]> {
  if (places.length === 0) return [];
  const workspace = parameter(workspaceId);
  const [users, groups] = [shapes.users(workspace), shapes.groups(workspace)];
  const types = arrayLiteral(places.map(({ type }) => type));
  const ids = arrayLiteral(places.map(({ id }) => id));
  const { rows } = await db.run(
    sql<{ at: string }>`WITH page AS MATERIALIZED (
       SELECT place.at, one.* FROM unnest(${types}::text[], ${ids}::uuid[]) WITH ORDINALITY
         AS place(type, id, at)
       CROSS JOIN LATERAL (
         SELECT ${ownColumns}, groups, manager, NULL::text AS members,
           ${raw(users.sizeBytes)} AS size_bytes
         FROM (SELECT ${users.columns} FROM directory_user u
           WHERE place.type = 'User' AND u.workspace_id = ${workspace} AND u.id = place.id OFFSET 0) own
         UNION ALL
         SELECT ${ownColumns}, NULL, NULL, members, ${raw(groups.sizeBytes)}
         FROM (SELECT ${groups.columns} FROM directory_group g
           WHERE place.type = 'Group' AND g.workspace_id = ${workspace} AND g.id = place.id OFFSET 0) own
       ) one
     ) ${rowsWithin('page', 'size_bytes', pageSizeMaxBytes)}`,
  );
  return rows.map(({ at, ...row }) => ({ ...row, ...places[Number(at) - 1] }) as RootRow);
}

const ownColumns = raw('own.id, own.version, own.created_at, own.modified_at, own.json');
