import type { Db } from '../database/db.ts';
import { parameter, raw, sql } from '../database/sql.ts';
import { columnName } from '../database/table/table.ts';
import type { Holding } from './holdings.ts';
import type { KnownPerson } from './person.ts';

/** Deletes the rows of a table that are about the person alone, or leaves them without the person. @returns what was done */
export async function eraseOwnOf(
  db: Db,
  person: KnownPerson,
  { table, own, fate }: Holding,
): Promise<{ deleted?: number; redacted?: number }> {
  if (own === null || fate === 'apart') return {};
  const isOwn = sql`workspace_id = ${parameter(person.workspaceId)} AND (${own(person)})`;
  if (fate === 'goes') {
    const { count } = await db.run(sql`DELETE FROM ${raw(table.name)} WHERE ${isOwn}`);
    return { deleted: count };
  }
  const values = Object.entries(fate).map(([field, value]) => `${columnName(field)} = ${value}`);
  if (values.length === 0) return {};
  const { count } = await db.run(sql`UPDATE ${raw(table.name)} SET ${raw(values.join(', '))} WHERE ${isOwn}`);
  return { redacted: count };
}
