import { peopleNamedBy } from '../../attribute-mapping/mapping/map-attributes.ts';
import { mappingPace } from '../../attribute-mapping/mapping/mapping-pace.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { userMeantBy } from '../../scim/directory/directory-sql.ts';
import type { StatementPipeline } from '../../database/statement-pipeline.ts';
import type { Db } from '../../database/db.ts';
import { arrayLiteral } from '../../database/row-arrays.ts';
import { parameter, raw, sql, when } from '../../database/sql.ts';
import { addErased } from './erased-people.ts';
import { addFormerMembers } from './former-links.ts';
import { type ManagerChains, readManagerChains } from './manager-chains.ts';
import { type GroupsChoice, groupsChoice } from '../policy/chosen-groups.ts';
import { memberJson } from '../../member-directory/members/member-parts.ts';
import type { MemberState, Person } from '../decision/person.ts';
import { peopleStatement, toPerson } from './person-rows.ts';
import { readGroups } from './read-person-groups.ts';
import type { SyncPolicy } from '../policy/sync-policy.ts';

/**
 * Who holds an address in the database.
 *
 * @property alive whether the directory user that the member is linked to is active
 * @property due the same plan is about that person
 */
export interface StoredHolder {
  member: MemberState;
  directoryUserId: string | null;
  alive: boolean;
  due: boolean;
}

/** The person a manager reference names; `memberId` is null while they have no member. */
export interface StoredManager {
  directoryUserId: string;
  memberId: string | null;
}

/**
 * Everything that decisions about some people need, as stored in the database.
 *
 * @property holders by folded address
 * @property managers by the reference as mapped
 * @property chains the managers above these people, as far as they have members
 */
export interface LoadedPeople {
  people: Person[];
  holders: Map<string, StoredHolder>;
  managers: Map<string, StoredManager>;
  chains: ManagerChains;
}

/**
 * Loads these people in a handful of set-based statements, however many they are.
 *
 * @param lock locks the members that the caller is going to write; without it this is for a preview, which counts groups
 * that a run would create first as existing
 * @param now decides which other people are due
 */
export async function loadPeople(
  db: StatementPipeline,
  workspaceId: string,
  ids: readonly string[],
  policy: SyncPolicy,
  options: { lock: boolean; now: Date },
): Promise<LoadedPeople> {
  if (ids.length === 0) return { people: [], holders: new Map(), managers: new Map(), chains: new Map() };
  const [, { rows }] = await Promise.all([
    options.lock ? lockMembers(db, workspaceId, ids) : null,
    db.run(peopleStatement(workspaceId, ids, policy)),
  ]);
  const people = await mappingPace.each(workspaceId, rows, (row) => {
    const { person, workUnits } = toPerson(row, policy);
    return { made: person, mapped: { workUnits } };
  });
  const references = people.flatMap(({ mapped }) => (mapped === null ? [] : peopleNamedBy(mapped)));
  const [, , , holders, managers] = await Promise.all([
    addReturners(db, workspaceId, people, options.lock),
    addFormerMembers(db, workspaceId, people, options.lock),
    rows[0]?.has_erased === true ? addErased(db, workspaceId, people) : null,
    holdersOf(db, workspaceId, people, options),
    managersOf(db, workspaceId, references),
  ]);
  const bosses = new Set([
    ...people.flatMap(({ member }) => member?.managerId ?? []),
    ...[...managers.values()].flatMap(({ memberId }) => memberId ?? []),
  ]);
  const [chains] = await Promise.all([
    readManagerChains(db, workspaceId, [...bosses]),
    addGroups(db, workspaceId, people, holders, {
      choice: groupsChoice(policy.settings.groups),
      planned: !options.lock,
    }),
  ]);
  return { people, holders, managers, chains };
}

/** Adds the groups of these people, and of every member that may be one of them: their own, a leaver, one to adopt. */
async function addGroups(
  db: Db,
  workspaceId: string,
  people: readonly Person[],
  holders: ReadonlyMap<string, StoredHolder>,
  options: { choice: GroupsChoice; planned: boolean },
): Promise<void> {
  const members = new Set([...holders.values()].map(({ member }) => member.id));
  for (const { member, returners } of people)
    for (const { id } of member === null ? returners : [member, ...returners]) members.add(id);
  const ids = people.map(({ directoryUserId }) => directoryUserId);
  const groupsOf = await readGroups(db, workspaceId, { people: ids, members: [...members] }, options);
  for (const person of people) person.groups = groupsOf?.(person.directoryUserId) ?? null;
}

/** Always in the order of their ids, so that two batches cannot wait for each other. */
async function lockMembers(db: Db, workspaceId: string, ids: readonly string[]): Promise<void> {
  const workspace = parameter(workspaceId);
  await db.run(
    sql<{ count: string }>`SELECT count(*) FROM (
       SELECT l.member_id FROM unnest(${arrayLiteral(ids)}::uuid[]) AS p(id) CROSS JOIN LATERAL (
         SELECT member_id FROM sync_link WHERE workspace_id = ${workspace}
           AND directory_user_id = p.id OFFSET 0) l
       ORDER BY l.member_id OFFSET 0) linked
     CROSS JOIN LATERAL (
       SELECT id FROM member WHERE workspace_id = ${workspace}
         AND id = linked.member_id OFFSET 0 FOR NO KEY UPDATE) m`.onOneNode(workspaceId, { count: 'bigint' }),
  );
}

/** Adds the members that carried the `externalId` of somebody without a member, and whose directory user is gone. */
async function addReturners(db: Db, workspaceId: string, people: Person[], lock: boolean): Promise<void> {
  const unlinked = people.filter((person) => person.directoryUser?.active && person.member === null);
  const byExternalId = new Map(unlinked.map((person) => [person.directoryUser?.externalId ?? '', person]));
  byExternalId.delete('');
  if (byExternalId.size === 0) return;
  const workspace = parameter(workspaceId);
  const wanted = arrayLiteral([...byExternalId.keys()].sort());
  const { rows } = await db.run(
    sql<{ member: MemberState }>`
     SELECT ${memberJson('m')} AS member FROM unnest(${wanted}::text[]) AS wanted(external_id)
     CROSS JOIN LATERAL (
       SELECT * FROM member WHERE workspace_id = ${workspace} AND external_id = wanted.external_id
       ORDER BY id OFFSET 0 ${when(lock, sql`FOR NO KEY UPDATE`)}) m
     WHERE (SELECT u.id FROM sync_link l
       JOIN directory_user u ON u.workspace_id = ${workspace} AND u.id = l.directory_user_id
       WHERE l.workspace_id = ${workspace} AND l.member_id = m.id) IS NULL`.onOneNode(workspaceId, {
      member: 'json',
    }),
  );
  for (const { member } of rows) byExternalId.get(member.externalId ?? '')?.returners.push(member);
}

interface HolderRow {
  member: MemberState;
  directory_user_id: string | null;
  alive: boolean;
  due: boolean;
}

async function holdersOf(
  db: Db,
  workspaceId: string,
  people: Person[],
  options: { lock: boolean; now: Date },
): Promise<Map<string, StoredHolder>> {
  const keys = new Set<string>();
  for (const { mapped, member } of people) {
    const email = mapped?.fields.email;
    if (typeof email === 'string' && (member?.emailKey !== foldCase(email) || member.status === 'removed')) {
      keys.add(foldCase(email));
    }
  }
  if (keys.size === 0) return new Map();
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<HolderRow>`SELECT ${memberJson('m')} AS member, l.directory_user_id,
       coalesce((SELECT active FROM directory_user u
         WHERE u.workspace_id = ${workspace} AND u.id = l.directory_user_id), false) AS alive, (
       SELECT q.directory_user_id FROM sync_queue q WHERE q.workspace_id = ${workspace}
         AND q.directory_user_id = l.directory_user_id AND q.due_at <= ${options.now}) IS NOT NULL AS due
     FROM unnest(${arrayLiteral([...keys].sort())}::text[]) AS wanted(email_key)
     CROSS JOIN LATERAL (
       SELECT * FROM member WHERE workspace_id = ${workspace} AND email_key = wanted.email_key
         AND status <> 'removed'
       OFFSET 0 ${when(options.lock, sql`FOR NO KEY UPDATE`)}) m
     LEFT JOIN LATERAL (
       SELECT directory_user_id FROM sync_link WHERE workspace_id = ${workspace}
         AND member_id = m.id OFFSET 0) l ON true`.onOneNode(workspaceId, {
      member: 'json',
      directory_user_id: 'uuid',
      alive: 'boolean',
      due: 'boolean',
    }),
  );
  return new Map(
    rows.map(({ member, directory_user_id: directoryUserId, alive, due }) => [
      member.emailKey,
      { member, directoryUserId, alive, due },
    ]),
  );
}

async function managersOf(
  db: Db,
  workspaceId: string,
  references: readonly string[],
): Promise<Map<string, StoredManager>> {
  if (references.length === 0) return new Map();
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<{ reference: string; directory_user_id: string; member_id: string | null }>`
     SELECT r.reference, u.id AS directory_user_id, l.member_id
     FROM unnest(${arrayLiteral([...new Set(references)])}::text[]) AS r(reference)
     CROSS JOIN LATERAL (${userMeantBy('n.id', raw('r.reference'), workspace)}) u
     LEFT JOIN LATERAL (
       SELECT member_id FROM sync_link WHERE workspace_id = ${workspace}
         AND directory_user_id = u.id OFFSET 0) l ON true`.onOneNode(workspaceId, {
      reference: 'text',
      directory_user_id: 'uuid',
      member_id: 'uuid',
    }),
  );
  return new Map(
    rows.map((row) => [row.reference, { directoryUserId: row.directory_user_id, memberId: row.member_id }]),
  );
}
