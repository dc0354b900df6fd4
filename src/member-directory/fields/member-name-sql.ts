import { raw, type Sql, sql } from '../../database/sql.ts';

/**
 * The expression of what `memberName` says; of no member, null.
 *
 * @param member the alias of the table
 */
export function memberNameSql(member: string): Sql {
  const m = raw(member);
  return sql`coalesce(${m}.display_name, nullif(concat_ws(' ', ${m}.first_name, ${m}.last_name), ''), ${m}.email)`;
}
