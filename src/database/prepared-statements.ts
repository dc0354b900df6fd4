import { createHash } from 'node:crypto';
import pg from 'pg';

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

/** What pg fills in and reads of a query, beyond its types. */
interface NamedQuery extends pg.Query {
  name: string;
  callback: (error: Error | null, result: pg.QueryResult) => void;
}

/**
 * A client of the pool. When its connection breaks, whoever waits for an answer hears of it by his query, and while it
 * is idle the pool does; the event alone must not end the process.
 */
export class PooledClient extends pg.Client {
  /**
   * Whether it sends a statement without waiting for the answers to those before. To be changed only while it waits for
   * none.
   */
  declare pipeline: boolean;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** One that sends the statements of `prepared` under their names. */
export class PreparingClient extends PooledClient {}

PreparingClient.prototype.query = function (this: pg.Client, ...given: unknown[]) {
  const [text, values, ...rest] = given;
  const name = typeof text === 'string' && Array.isArray(values) ? nameOf.get(text) : undefined;
  const query = Reflect.get(pg.Client.prototype, 'query') as (...all: unknown[]) => unknown;
  if (name === undefined || rest.length > 0) return Reflect.apply(query, this, given);
  // Given text, values and name as one object, pg copies it property by property, which takes longer than routing.
  const named = new pg.Query(text as string, values as unknown[]) as NamedQuery;
  named.name = name;
  return new Promise((resolve, reject) => {
    named.callback = (error, result) => (error ? reject(error) : resolve(result));
    Reflect.apply(query, this, [named]);
  });
} as typeof pg.Client.prototype.query;
