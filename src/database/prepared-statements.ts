import { createHash } from 'node:crypto';

/** Names that one process gives at most; what comes later is planned each time, as without a name. */
const namesMax = 200;

/** A longer text is a filter that nobody sends twice. */
const textLengthMaxChars = 8_000;

const nameOf = new Map<string, string>();

/**
 * Has PostgreSQL keep the plan of a statement on each connection: for a short statement planning is most of the work.
 * Only for texts that come again and again; a value never stands in them.
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

/** The name under which a statement's plan is kept, if it is. */
export function preparedName(sql: string): string | undefined {
  return nameOf.get(sql);
}
