import type { Db } from '../../database/db.ts';
import { type Parameter, parameter, raw, type Sql, sql } from '../../database/sql.ts';

/** What is counted, by the columns of `directory_count`, and where it is. */
export const countedTables = { users: 'directory_user', groups: 'directory_group' } as const;
export type Counted = keyof typeof countedTables;

/** Over so many rows of `directory_count` the writers of one workspace spread. */
const slots = 32;

/**
 * The part of a statement that counts what it created or deleted. It locks a row that others may want until the commit.
 * So it must be the last to lock anything, and waits for the parts that also do: then nobody waits in a circle.
 *
 * @param difference a `SELECT` of one number `n`: see {@link allOf} and {@link lessCountedOf}
 * @param behind the names of the parts that lock rows, or wait for them; each answers with rows
 */
export function countDifference(
  counted: Counted,
  workspace: Parameter,
  difference: Sql,
  behind: readonly string[] = [],
): Sql {
  const isLast = behind.map((part) => ` AND (SELECT count(*) FROM ${part}) >= 0`).join('');
  return sql`${into(counted)}
       SELECT ${workspace}, ${ownSlot}, 0, d.n
       FROM (${difference}) d WHERE d.n <> 0${raw(isLast)}
       ${orAdd(counted)}`;
}

/** {@link countDifference} for a statement that creates so many in any case, and locks nothing of others. */
export function countMore(counted: Counted, workspace: Parameter, more: number): Sql {
  return sql`${into(counted)} VALUES (${workspace}, ${ownSlot}, 0, ${more}::bigint)
       ${orAdd(counted)}`;
}

const ownSlot = raw(`1 + pg_backend_pid() % ${slots}`);

/** The last column is what is counted. */
function into(counted: Counted): Sql {
  return raw(
    `INSERT INTO directory_count (workspace_id, slot, ${counted === 'users' ? 'groups, users' : 'users, groups'})`,
  );
}

function orAdd(counted: Counted): Sql {
  return raw(
    `ON CONFLICT (workspace_id, slot) DO UPDATE SET ${counted} = directory_count.${counted} + excluded.${counted}`,
  );
}

/** Takes users out of what is kept, at the end of a transaction that has deleted so many that were counted. */
export async function countFewerUsers(db: Db, workspaceId: string, users: number): Promise<void> {
  await db.run(countDifference('users', parameter(workspaceId), sql`SELECT -${users}::integer AS n`));
}

/** All rows that a part has created, all of them with `counted`. */
export function allOf(created: string): Sql {
  return raw(`SELECT count(*) AS n FROM ${created}`);
}

/** Those rows that a part has deleted, and that were counted; or those that are to be deleted. */
export function lessCountedOf(gone: string | Sql): Sql {
  return sql`SELECT -count(*) FILTER (WHERE counted) AS n FROM ${typeof gone === 'string' ? raw(gone) : gone}`;
}

/**
 * How many there are, without looking at each: what is kept in `directory_count`, and what an earlier release has
 * created since. An expression that is null until they have been counted once.
 */
export function knownCount(counted: Counted, workspace: Parameter): Sql {
  return sql`((SELECT sum(${raw(counted)})::bigint FROM directory_count WHERE workspace_id = ${workspace}
       HAVING bool_or(slot = 0 AND ${raw(counted)} IS NOT NULL))
     + (SELECT count(*) FROM ${raw(countedTables[counted])} WHERE workspace_id = ${workspace} AND NOT counted))`;
}

/** When to count again; null when they have never been counted. An expression. */
export function recountTime(workspace: Parameter): Sql {
  return sql`(SELECT recount_at FROM directory_count WHERE workspace_id = ${workspace} AND slot = 0)`;
}

/** How many there are, from what is known or by looking at each. An expression. */
export function exactCount(counted: Counted, workspace: Parameter): Sql {
  return sql`coalesce(${knownCount(counted, workspace)},
       (SELECT count(*) FROM ${raw(countedTables[counted])} WHERE workspace_id = ${workspace}))`;
}

/** How many users a directory has. */
export async function countUsers(db: Db, workspaceId: string): Promise<number> {
  return (await readCount(db, 'users', workspaceId)).count;
}

/** How many there are, and when they are to be counted again; null when they never were. */
export interface ReadCount {
  count: number;
  recountAt: Date | null;
}

/** Reads how many users or groups a directory has. */
export async function readCount(db: Db, counted: Counted, workspaceId: string): Promise<ReadCount> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<ReadCount>`SELECT ${exactCount(counted, workspace)}::integer AS count, ${recountTime(workspace)} AS "recountAt"`,
  );
  return rows[0] ?? { count: 0, recountAt: null };
}
