import type { Queryable } from '../../database/queryable.ts';
import { arrayLiteral } from '../../database/row-arrays.ts';
import { rowsWithin } from '../../database/rows-within.ts';
import { pageSizeMaxBytes } from '../../scim-core/limits.ts';
import type { GroupRow } from '../groups/group-statements.ts';
import type { RowShape } from '../lists/page-statement.ts';
import type { RootPlace } from './root-places.ts';
import type { UserRow } from '../users/read-users.ts';

/** A user or group in a list over both types, with its place. */
export type RootRow = RootPlace & (({ type: 'User' } & UserRow) | ({ type: 'Group' } & GroupRow));

/** What is read of each type. */
export interface RootShapes {
  users: RowShape;
  groups: RowShape;
}

/**
 * The users and groups at these places, in order. All but the first are left out if they would exceed
 * `pageSizeMaxBytes`.
 */
export async function readRootRows(
  db: Queryable,
  workspaceId: string,
  places: readonly RootPlace[],
  shapes: RootShapes,
): Promise<RootRow[]> {
  if (places.length === 0) return [];
  const rows = await db.query<{ at: string }[]>(
    `WITH page AS MATERIALIZED (
       SELECT place.at, one.* FROM unnest($2::text[], $3::uuid[]) WITH ORDINALITY AS place(type, id, at)
       CROSS JOIN LATERAL (
         SELECT ${ownColumns}, groups, manager, NULL::text AS members, ${shapes.users.sizeBytes} AS size_bytes
         FROM (SELECT ${shapes.users.columns} FROM directory_user u
           WHERE place.type = 'User' AND u.workspace_id = $1 AND u.id = place.id OFFSET 0) own
         UNION ALL
         SELECT ${ownColumns}, NULL, NULL, members, ${shapes.groups.sizeBytes}
         FROM (SELECT ${shapes.groups.columns} FROM directory_group g
           WHERE place.type = 'Group' AND g.workspace_id = $1 AND g.id = place.id OFFSET 0) own
       ) one
     ) ${rowsWithin('page', 'size_bytes', pageSizeMaxBytes)}`,
    [workspaceId, arrayLiteral(places.map(({ type }) => type)), arrayLiteral(places.map(({ id }) => id))],
  );
  return rows.map(({ at, ...row }) => ({ ...row, ...places[Number(at) - 1] }) as RootRow);
}

const ownColumns = 'own.id, own.version, own.created_at, own.modified_at, own.json';
