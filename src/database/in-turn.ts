import type { Queryable } from './queryable.ts';

/**
 * Runs statements on one connection in the order in which they were asked for, also when several pieces of work ask at
 * once: while PostgreSQL works on a statement of the one, the other may use the processor.
 */
export class InTurn implements Queryable {
  private readonly db: Queryable;
  private last: Promise<unknown> = Promise.resolve();

  constructor(db: Queryable) {
    this.db = db;
  }

  query<T>(sql: string, parameters?: unknown[]): Promise<T> {
    const asked = this.last.then(() => this.db.query<T>(sql, parameters));
    this.last = asked.catch(() => undefined);
    return asked;
  }
}
