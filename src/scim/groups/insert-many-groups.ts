import type { Db } from '../../database/db.ts';
import { type ArrayColumns, fewRows } from '../../database/row-arrays.ts';
import { json, parameter, sql } from '../../database/sql.ts';
import { countMore } from '../directory/directory-counts.ts';
import { groupColumns } from './group-columns.ts';
import type { NewGroup } from './group-statements.ts';

const newGroupColumns: ArrayColumns<NewGroup> = {
  id: { type: 'uuid', of: ({ id }) => id },
  external_id: { type: 'text', of: ({ resource }) => groupColumns(resource).externalId },
  display_name: { type: 'text', of: ({ resource }) => groupColumns(resource).displayName },
  display_name_key: { type: 'text', of: ({ resource }) => groupColumns(resource).displayNameKey },
  resource: { type: 'jsonb', of: ({ resource }) => resource },
  event_id: { type: 'uuid', of: ({ event }) => event.id },
  at: { type: 'timestamptz', of: ({ event }) => event.at.toISOString() },
  changes: { type: 'jsonb of text', of: ({ event }) => json(event.changes) },
};

/**
 * Creates several groups without members, as `insertGroup` does each: one statement, one commit.
 *
 * @returns true for each
 */
export async function insertGroups(
  db: Db,
  workspaceId: string,
  groups: readonly NewGroup[],
): Promise<true[]> {
  const workspace = parameter(workspaceId);
  await db.run(
    sql`WITH given AS (
       ${fewRows(newGroupColumns, groups)}
     ), created AS (
       INSERT INTO directory_group (workspace_id, id, external_id, display_name, display_name_key, resource,
         created_at, modified_at, counted)
       SELECT ${workspace}, id, external_id, display_name, display_name_key, resource, at, at, true FROM given
     ), counts AS (
       ${countMore('groups', workspace, groups.length)}
     )
     INSERT INTO directory_event (workspace_id, id, at, resource_type, resource_id, kind, changes)
     SELECT ${workspace}, event_id, at, 'Group', id, 'created', changes FROM given`
      .prepared()
      .onOneNode(workspaceId, {}),
  );
  return groups.map(() => true);
}
