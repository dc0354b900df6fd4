import { createHash } from 'node:crypto';

/** Most names that one process gives; later statements are planned each time. */
const namesMax = 200;

/** A longer text is a filter that no client sends twice. */
const textLengthMaxChars = 8_000;

const nameOf = new Map<string, string>();

/**
 * Makes PostgreSQL keep the plan of a statement on each connection: for a short statement, planning is most of the work.
 * Only for texts that come again and again and contain no values.
 *
 * @param sql the statement
 * @returns the same text
 */
export function prepared(sql: string): string {
  if (!nameOf.has(sql) && nameOf.size < namesMax && sql.length <= textLengthMaxChars) {
    nameOf.set(sql, createHash('sha256').update(sql).digest('base64url').slice(0, 22));
  }
  return sql;
}

/** The name of a statement whose plan is kept; undefined for others. */
export function preparedName(sql: string): string | undefined {
  return nameOf.get(sql);
}
