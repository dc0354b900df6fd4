import type { DatabaseSync } from 'node:sqlite';
import { expect } from '@jest/globals';
import type pg from 'pg';
import type { Client, Group, Member } from '../../clients/node/src/index.ts';

/** What a copy has of a workspace. Members are without their groups, which are rows of their own. */
export interface Copy {
  members: Omit<Member, 'groups'>[];
  groups: Group[];
  memberships: string[];
}

export type CopyReader = (workspaceId: string) => Promise<Copy>;

/** Reads the copy in an SQLite database. */
export function readSqliteCopy(database: DatabaseSync): CopyReader {
  const rows = (sql: string, workspaceId: string) => database.prepare(sql).all(workspaceId);
  return (workspaceId) =>
    Promise.resolve({
      members: rows('SELECT data FROM mirror_member WHERE workspace_id = ?', workspaceId).map(
        ({ data }) => JSON.parse(String(data)) as Member,
      ),
      groups: rows('SELECT id, name FROM mirror_group WHERE workspace_id = ?', workspaceId).map(
        ({ id, name }) => ({
          id: String(id),
          name: String(name),
        }),
      ),
      memberships: rows(
        `SELECT member_id || ' ' || group_id AS pair FROM mirror_membership WHERE workspace_id = ?`,
        workspaceId,
      ).map(({ pair }) => String(pair)),
    });
}

/** Reads the copy in a PostgreSQL database. */
export function readPostgresCopy(pool: pg.Pool): CopyReader {
  const rows = async <T extends pg.QueryResultRow>(sql: string, workspaceId: string) =>
    (await pool.query<T>(sql, [workspaceId])).rows;
  return async (workspaceId) => ({
    members: (
      await rows<{ data: Member }>('SELECT data FROM mirror_member WHERE workspace_id = $1', workspaceId)
    ).map(({ data }) => data),
    groups: await rows<Group>('SELECT id, name FROM mirror_group WHERE workspace_id = $1', workspaceId),
    memberships: (
      await rows<{ pair: string }>(
        `SELECT member_id || ' ' || group_id AS pair FROM mirror_membership WHERE workspace_id = $1`,
        workspaceId,
      )
    ).map(({ pair }) => pair),
  });
}

/** Compares a copy with what the service answers: every field of every member, and who is in which group. */
export async function expectSameAsService(client: Client, workspaceId: string, copy: Copy): Promise<void> {
  const members = await collected(client.members.find(workspaceId));
  const groups = await groupsOfService(client, workspaceId);
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  expect(copy.members.toSorted(byId)).toEqual(members.map(({ groups: _, ...rest }) => rest).toSorted(byId));
  expect(copy.memberships.toSorted()).toEqual(
    members.flatMap(({ id, groups: own }) => own.map((group) => `${id} ${group.id}`)).toSorted(),
  );
  expect(copy.groups.toSorted(byId)).toEqual(groups);
}

/**
 * Compares the copy in an SQLite database with what the service answers, member by member, so that a million need no more
 * memory than a page of them.
 */
export async function expectSqliteSameAsService(
  client: Client,
  workspaceId: string,
  database: DatabaseSync,
): Promise<void> {
  const dataOf = database.prepare('SELECT data FROM mirror_member WHERE workspace_id = ? AND id = ?');
  const groupsOf = database.prepare(
    'SELECT group_id FROM mirror_membership WHERE workspace_id = ? AND member_id = ? ORDER BY group_id',
  );
  let count = 0;
  for await (const { groups, ...member } of client.members.find(workspaceId)) {
    count += 1;
    const data = String(dataOf.get(workspaceId, member.id)?.data ?? null);
    expect(JSON.parse(data)).toEqual(member);
    expect(groupsOf.all(workspaceId, member.id).map((row) => row.group_id)).toEqual(
      groups.map(({ id }) => id).toSorted(),
    );
  }
  const numberOf = (table: string) =>
    database.prepare(`SELECT count(*) AS n FROM ${table} WHERE workspace_id = ?`).get(workspaceId)?.n;
  expect(numberOf('mirror_member')).toBe(count);
  const copiedGroups = database
    .prepare('SELECT id, name FROM mirror_group WHERE workspace_id = ? ORDER BY id')
    .all(workspaceId);
  expect(copiedGroups.map((group) => ({ ...group }))).toEqual(await groupsOfService(client, workspaceId));
}

async function groupsOfService(client: Client, workspaceId: string): Promise<Group[]> {
  const groups = new Map<string, Group>();
  for await (const line of client.snapshot(workspaceId)) {
    if (line.kind === 'group') groups.set(line.id, { id: line.id, name: line.name });
  }
  return [...groups.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** All of an iteration. */
export async function collected<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of iterable) all.push(one);
  return all;
}
