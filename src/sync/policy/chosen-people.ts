import { BadInputError } from '../../errors/domain-errors.ts';
import type { Db } from '../../database/db.ts';
import { parameter, type Sql, sql } from '../../database/sql.ts';
import { faultsOfIdsNotIn } from './named-ids.ts';

/** The people a run is to be about: those named, and those of the named directory groups. At least one is named. */
export interface PeopleNamed {
  directoryUserIds?: readonly string[];
  groupIds?: readonly string[];
}

/**
 * The people a run is about, as they are noted with it.
 *
 * @property people how many there are
 * @property groups the groups that were named, as they were called then
 */
export interface ChosenPeople {
  people: number;
  groups: { id: string; name: string }[];
}

/** A statement for the ids of these people, each once; those of groups are who is in them now. */
export function idsOfNamed(
  workspaceId: string,
  { directoryUserIds = [], groupIds = [] }: PeopleNamed,
): Sql<{ id: string }> {
  return sql<{ id: string }>`SELECT unnest(${directoryUserIds}::uuid[]) AS id UNION
    SELECT gm.user_id FROM directory_group_member gm
    WHERE gm.workspace_id = ${workspaceId} AND gm.group_id = ANY (${groupIds}::uuid[]) AND gm.user_id IS NOT NULL`;
}

/**
 * Looks up who is named.
 *
 * @throws BadInputError with a fault for each id of nobody and of no group, those of another workspace included; or when
 * nothing is named
 */
export async function readChosen(db: Db, workspaceId: string, named: PeopleNamed): Promise<ChosenPeople> {
  const { directoryUserIds = [], groupIds = [] } = named;
  if (directoryUserIds.length + groupIds.length === 0) throw nobodyNamed();
  const known = await knownPeople(db, workspaceId, directoryUserIds);
  const groups = await knownGroups(db, workspaceId, groupIds);
  const faults = [
    ...faultsOfIdsNotIn('directoryUserIds', directoryUserIds, known, {
      code: 'no-person',
      message: 'is the id of nobody in the directory',
    }),
    ...faultsOfIdsNotIn(
      'groupIds',
      groupIds,
      groups.map(({ id }) => id),
      { code: 'no-group', message: 'is the id of no group in the directory' },
    ),
  ];
  if (faults.length > 0) throw new BadInputError(faults);
  const { rows } = await db.run(
    sql<{ people: number }>`SELECT count(*)::int AS people FROM (${idsOfNamed(workspaceId, named)}) named`,
  );
  return { people: rows[0]?.people ?? 0, groups };
}

/** Of these ids those that the directory or its history knows: somebody who was deleted may still have to leave. */
async function knownPeople(db: Db, workspaceId: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(sql<{ id: string }>`
    SELECT x.id FROM unnest(${ids}::uuid[]) AS x(id)
    WHERE EXISTS (SELECT FROM directory_user u WHERE u.workspace_id = ${workspace} AND u.id = x.id)
      OR EXISTS (SELECT FROM sync_link l WHERE l.workspace_id = ${workspace} AND l.directory_user_id = x.id)
      OR EXISTS (SELECT FROM former_link f WHERE f.workspace_id = ${workspace} AND f.directory_user_id = x.id)`);
  return rows.map(({ id }) => id);
}

async function knownGroups(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<ChosenPeople['groups']> {
  if (ids.length === 0) return [];
  const { rows } = await db.run(sql<{ id: string; name: string }>`
    SELECT id, display_name AS name FROM directory_group
    WHERE workspace_id = ${workspaceId} AND id = ANY (${ids}::uuid[]) ORDER BY display_name, id`);
  return rows;
}

function nobodyNamed(): BadInputError {
  const message = 'directoryUserIds or groupIds must name somebody.';
  return new BadInputError([{ path: 'directoryUserIds', message, code: 'required' }]);
}
