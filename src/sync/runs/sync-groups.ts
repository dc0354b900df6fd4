import type { EntityManager } from 'typeorm';
import { dbOf } from '../../database/db-of.ts';
import type { MemberEvents } from '../../member-directory/events/member-events.ts';
import type { Db } from '../../database/db.ts';
import { parameter, sql, when } from '../../database/sql.ts';
import { type GroupsChoice, isChosenBy, readGroupsChoice } from '../policy/chosen-groups.ts';
import { memberGroupName } from '../policy/group-name.ts';
import { dropGroups, isDeserted, type NamedGroupChange, noteGroups } from '../record/group-changes.ts';
import type { LeasedRun } from '../record/run-lease.ts';
import { inHalves, type Refused } from '../planning/in-halves.ts';

/**
 * The run that updates groups.
 *
 * @property ofChosen it is about chosen people alone
 */
export interface GroupsRun {
  workspaceId: string;
  runId: string;
  now: Date;
  ofChosen: boolean;
  events: MemberEvents;
}

/**
 * Creates and renames the member groups that the workspace chose, before a run looks at the people who will join them. A
 * member group has the id of its directory group. What an admin undid is not repeated.
 *
 * Costs nothing for groups that did not change. A run of chosen people only creates the groups that these are in: a new name
 * is everybody's, and so waits for a run that is about everybody.
 *
 * @param askedAt when the run was asked for: groups that came later wait for the next one
 * @returns the groups that the database refuses, by their ids: they stay as they were
 */
export async function makeGroups(
  transaction: EntityManager,
  run: GroupsRun,
  askedAt: Date,
): Promise<Refused<string>[]> {
  const choice = await readGroupsChoice(dbOf(transaction), run.workspaceId);
  const changed = await changedGroups(dbOf(transaction), run, choice, askedAt);
  const refused = await inHalves(
    transaction,
    changed,
    (savepoint, groups) => bringInLine(dbOf(savepoint), run, groups),
    run.events,
  );
  return refused.map(({ item, error }) => ({ item: item.id, error }));
}

/**
 * Deletes the member groups whose directory group is gone or no longer chosen, after a run has looked at the people. A
 * group stays as long as somebody is in it who is not decided about.
 *
 * @returns the groups that the database refuses to delete, by their ids
 */
export async function deleteGroups(
  transaction: EntityManager,
  run: GroupsRun,
  dropped: readonly NamedGroupChange[],
): Promise<Refused<string>[]> {
  const refused = await inHalves(
    transaction,
    dropped,
    (savepoint, groups) => dropGroups(dbOf(savepoint), run, groups),
    run.events,
  );
  return refused.map(({ item, error }) => ({ item: item.groupId, error }));
}

/**
 * The groups that {@link deleteGroups} is to delete, by the choice as it is stored now. Groups that this run itself created are
 * left to the next one, and so are all in a run of chosen people: these may leave a group, but it is there for the others until
 * a run has looked at them, too.
 */
export async function droppedGroups(
  db: Db,
  { workspaceId, id: runId, ofChosen }: LeasedRun,
  choice: GroupsChoice,
): Promise<NamedGroupChange[]> {
  if (ofChosen) return [];
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<NamedGroupChange>`
     SELECT 'delete' AS kind, g.id AS "groupId", g.name, g.name AS "nameBefore" FROM member_group g
     WHERE g.workspace_id = ${workspace} AND g.directory_group_id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM directory_group d
       WHERE d.workspace_id = ${workspace} AND d.id = g.directory_group_id AND ${isChosenBy(choice)})
       AND NOT EXISTS (SELECT 1 FROM suppressed_group s
         WHERE s.workspace_id = ${workspace} AND s.group_id = g.id AND s.kind = 'delete')
       AND NOT EXISTS (SELECT 1 FROM sync_group_change c
         WHERE c.workspace_id = ${workspace} AND c.run_id = ${runId} AND c.group_id = g.id
           AND c.kind = 'create')
       AND ${isDeserted(workspace)}
     ORDER BY g.id`.onOneNode(workspaceId, {
      kind: 'text',
      groupId: 'uuid',
      name: 'text',
      nameBefore: 'text',
    }),
  );
  return rows;
}

/** A group whose version in the directory differs from the product's. */
interface ChangedGroup {
  id: string;
  version: string;
  name: string;
  /** Its current name; null: it is not a group of the product yet. */
  nameBefore: string | null;
}

/** Whether {@link makeGroups} would find a group to create or to rename, as this connection sees the groups. */
export async function areGroupsToMake(
  db: Db,
  { workspaceId, id: runId, ofChosen, createdAt }: LeasedRun,
  choice: GroupsChoice,
): Promise<boolean> {
  return (await changedGroups(db, { workspaceId, runId, ofChosen }, choice, createdAt)).length > 0;
}

/** Locked against other runs; the identity provider may still write, which gives the group a newer version. */
async function changedGroups(
  db: Db,
  { workspaceId, runId, ofChosen }: Pick<GroupsRun, 'workspaceId' | 'runId' | 'ofChosen'>,
  choice: GroupsChoice,
  askedAt: Date,
): Promise<ChangedGroup[]> {
  const workspace = parameter(workspaceId);
  const ofPeopleChosen = sql`AND g.id IS NULL AND EXISTS (SELECT FROM directory_group_member gm
    JOIN sync_run_person p ON p.workspace_id = gm.workspace_id AND p.run_id = ${runId}
      AND p.directory_user_id = gm.user_id
    WHERE gm.workspace_id = ${workspace} AND gm.group_id = d.id)`;
  const { rows } = await db.run(
    sql<ChangedGroup>`
       SELECT d.id, d.version, CASE WHEN s.kind = 'rename' THEN g.name ELSE d.display_name END AS name,
       g.name AS "nameBefore"
     FROM directory_group d
     LEFT JOIN member_group g ON g.workspace_id = ${workspace} AND g.directory_group_id = d.id
     LEFT JOIN suppressed_group s ON s.workspace_id = ${workspace} AND s.group_id = d.id
     WHERE d.workspace_id = ${workspace} AND ${isChosenBy(choice)}
       AND g.directory_group_version IS DISTINCT FROM d.version
       AND s.kind IS DISTINCT FROM 'create' AND (g.id IS NOT NULL OR d.created_at <= ${askedAt})
       ${when(ofChosen, ofPeopleChosen)}
     ORDER BY d.id`.onOneNode(workspaceId, {
      id: 'uuid',
      version: 'bigint',
      name: 'text',
      nameBefore: 'text',
    }),
  );
  return rows.map((group) => ({ ...group, name: memberGroupName(group.name, group.id) }));
}

async function bringInLine(db: Db, run: GroupsRun, groups: readonly ChangedGroup[]): Promise<void> {
  const now = parameter(run.now);
  const ids = groups.map(({ id }) => id);
  const versions = groups.map(({ version }) => version);
  const names = groups.map(({ name }) => name);
  await db.run(
    sql`INSERT INTO member_group
       (workspace_id, id, name, directory_group_id, directory_group_version, created_at, updated_at)
     SELECT ${run.workspaceId}, v.id, v.name, v.id, v.version, ${now}, ${now}
     FROM unnest(${ids}::uuid[], ${versions}::bigint[], ${names}::text[]) AS v(id, version, name) ORDER BY v.id
     ON CONFLICT (workspace_id, directory_group_id) DO UPDATE SET name = excluded.name,
       directory_group_version = excluded.directory_group_version, updated_at = excluded.updated_at`,
  );
  const named = groups.flatMap(({ id, name, nameBefore }): NamedGroupChange[] => {
    if (name === nameBefore) return [];
    return [{ kind: nameBefore === null ? 'create' : 'rename', groupId: id, name, nameBefore }];
  });
  await noteGroups(db, run, named);
}
