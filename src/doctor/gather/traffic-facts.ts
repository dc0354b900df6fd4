import type { Db } from '../../database/db.ts';
import { parameter, sql } from '../../database/sql.ts';
import { days } from '../../errors/duration.ts';
import { foldName } from '../../scim-core/fold.ts';
import { isNoteCode, isUnreadable, type ReadingNote } from '../../scim-core/reading-note.ts';
import { own } from '../../scim-core/resource.ts';
import type { DroppedFact, GroupFact, NestedGroup, RefusalFact, RequestFact } from '../facts/facts.ts';

/** The newest requests that are looked at. */
export const newestRequestsMax = 500;
/** The newest refused writes, and what was left out of requests, of so many days. */
export const newestRefusalsMax = 200;
export const newestNotesMax = 200;
const recentDays = 7;
/** Groups, and members of groups who are no people, that are looked at. */
export const newestGroupsMax = 100;
export const strangersMax = 500;
/** Longest name of who was refused, in characters. */
const nameLengthMaxChars = 120;

/** The newest requests of a workspace. */
export async function readRequests(db: Db, workspaceId: string): Promise<RequestFact[]> {
  const { rows } = await db.run(
    sql<RequestFact>`SELECT id, at, token_id AS "tokenId", method, path, status, resource_type AS "resourceType",
        resource_id AS "resourceId", user_agent AS "userAgent", found
      FROM provisioning_log WHERE workspace_id = ${workspaceId} ORDER BY id DESC LIMIT ${newestRequestsMax}`,
  );
  return rows;
}

interface RefusalRow extends Omit<RefusalFact, 'target' | 'name'> {
  id: string;
  path: string;
  knownAs: string | null;
  request: unknown;
}

/** The newest refused writes of the last days, and whether the same succeeded since. */
export async function readRefusals(db: Db, workspaceId: string, now: Date): Promise<RefusalFact[]> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<RefusalRow>`SELECT l.id, l.at, l.status, l.method, l.path, l.resource_type AS "resourceType",
        l.resource_id AS "resourceId", coalesce(l.detail, '') AS detail, b.request,
        coalesce(u.user_name, g.display_name) AS "knownAs",
        l.resource_id IS NOT NULL AND EXISTS (
          SELECT FROM provisioning_log s WHERE s.workspace_id = ${workspace} AND s.resource_id = l.resource_id
            AND s.id > l.id AND s.status < 400 AND s.method <> 'GET') AS "isResolved"
      FROM (
        SELECT * FROM provisioning_log
        WHERE workspace_id = ${workspace} AND status >= 400 ORDER BY id DESC LIMIT ${newestRefusalsMax}
      ) l
      LEFT JOIN provisioning_log_body b ON b.workspace_id = ${workspace} AND b.id = l.id
      LEFT JOIN directory_user u ON u.workspace_id = ${workspace} AND u.id = scim_uuid(l.resource_id)
      LEFT JOIN directory_group g ON g.workspace_id = ${workspace} AND g.id = scim_uuid(l.resource_id)
      WHERE l.at > ${new Date(now.getTime() - days(recentDays))} AND l.method <> 'GET' AND l.resource_type IS NOT NULL
      ORDER BY l.id DESC`,
  );
  const refusals = rows.map(toRefusal);
  const settled = await settledAccounts(db, workspaceId, refusals);
  return refusals.map(({ id, account, ...refusal }) => ({
    ...refusal,
    isResolved: refusal.isResolved || isSettled(settled, account, id),
  }));
}

/** The account that a refused creation was about: another one of the same name is another person. */
interface Account {
  userName: string;
  externalId: string | null;
}

function toRefusal({
  request,
  path,
  knownAs,
  ...row
}: RefusalRow): RefusalFact & { id: string; account: Account | null } {
  const text = (key: string) => {
    const value = own(request, key);
    return typeof value === 'string' && value !== '' ? value.slice(0, nameLengthMaxChars) : null;
  };
  const userName = text('userName');
  const isAboutPerson = row.resourceId === null && userName !== null;
  const shown = text('displayName') ?? userName ?? text('externalId');
  const target = row.resourceId ?? userName ?? text('externalId') ?? text('displayName') ?? path;
  return {
    ...row,
    target,
    name: knownAs ?? shown ?? path,
    account: isAboutPerson ? { userName, externalId: text('externalId') } : null,
  };
}

interface Settled {
  name: string;
  externalId: string | null;
  /** The id of the request that wrote them last; null: the log does not know it any more. */
  writtenBy: string | null;
}

/** People of the directory who have the names of refused creations, and by which request they were written last. */
async function settledAccounts(
  db: Db,
  workspaceId: string,
  refusals: readonly { account: Account | null }[],
): Promise<Map<string, Settled>> {
  const workspace = parameter(workspaceId);
  const names = new Set(
    refusals.flatMap(({ account }) => (account === null ? [] : [foldName(account.userName)])),
  );
  if (names.size === 0) return new Map();
  const { rows } = await db.run(
    sql<Settled>`SELECT u.user_name_key AS name, u.external_id AS "externalId", (
        SELECT l.id FROM provisioning_log l WHERE l.workspace_id = ${workspace} AND l.resource_id = u.id::text
          AND l.status < 400 AND l.method <> 'GET' ORDER BY l.id DESC LIMIT 1) AS "writtenBy"
      FROM directory_user u WHERE u.workspace_id = ${workspace} AND u.user_name_key = ANY (${[...names]}::text[])`,
  );
  return new Map(rows.map((row) => [row.name, row]));
}

function isSettled(
  settled: ReadonlyMap<string, Settled>,
  account: Account | null,
  refusedId: string,
): boolean {
  const person = account === null ? undefined : settled.get(foldName(account.userName));
  if (account === null || person === undefined) return false;
  // Ids of requests are in the order of their making.
  if (person.writtenBy === null || person.writtenBy <= refusedId) return false;
  return account.externalId === null || account.externalId === person.externalId;
}

/** What was left out of requests about people because it could not be read, unless the person was sent better since. */
export async function readDropped(db: Db, workspaceId: string, now: Date): Promise<DroppedFact[]> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<{ at: Date; resourceId: string | null; notes: ReadingNote[] }>`
      SELECT n.at, n.resource_id AS "resourceId", n.notes
      FROM (
        SELECT * FROM provisioning_log_note
        WHERE workspace_id = ${workspace} ORDER BY entry_id DESC, position DESC LIMIT ${newestNotesMax}
      ) n
      JOIN directory_user u ON u.workspace_id = ${workspace} AND u.id = scim_uuid(n.resource_id)
      WHERE n.at > ${new Date(now.getTime() - days(recentDays))}
        AND NOT EXISTS (
          SELECT FROM provisioning_log s WHERE s.workspace_id = ${workspace} AND s.resource_id = n.resource_id
            AND s.id > n.entry_id AND s.status < 400 AND s.method <> 'GET')
      ORDER BY n.entry_id DESC`,
  );
  return rows.flatMap(({ at, resourceId, notes }) =>
    notes
      .filter((note) => isNoteCode(note.code) && isUnreadable(note))
      .map((note) => ({ at, resourceId, note })),
  );
}

/** The newest groups of a workspace. */
export async function readGroups(db: Db, workspaceId: string): Promise<GroupFact[]> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<GroupFact>`SELECT g.id, g.display_name AS name, g.created_at AS "createdAt", NOT EXISTS (
        SELECT FROM directory_group_member m WHERE m.workspace_id = ${workspace} AND m.group_id = g.id) AS "isEmpty"
      FROM directory_group g WHERE g.workspace_id = ${workspace}
      ORDER BY g.created_at DESC, g.id DESC LIMIT ${newestGroupsMax}`,
  );
  return rows;
}

/** Groups that are members of groups, among the first members who are no people. */
export async function readNested(db: Db, workspaceId: string): Promise<NestedGroup[]> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<NestedGroup>`SELECT g.display_name AS outer, g.id AS "outerId", n.display_name AS inner
      FROM (
        SELECT group_id, value FROM directory_group_member
        WHERE workspace_id = ${workspace} AND user_id IS NULL LIMIT ${strangersMax}
      ) m
      JOIN directory_group n ON n.workspace_id = ${workspace} AND n.id = scim_uuid(m.value)
      JOIN directory_group g ON g.workspace_id = ${workspace} AND g.id = m.group_id
      ORDER BY g.display_name, n.display_name`,
  );
  return rows;
}
