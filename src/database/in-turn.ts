import type { Queryable } from './queryable.ts';

/**
 * Does work in a transaction that may ask for several statements at once; see `InTurn`.
 *
 * @param transaction where the statements belong
 */
export async function statementsInTurn<T>(
  transaction: Queryable,
  work: (db: Queryable) => Promise<T>,
): Promise<T> {
  const db = new InTurn(transaction);
  try {
    return await work(db);
  } catch (error) {
    await db.end(error);
    throw error;
  }
}

/**
 * Runs statements on one connection in the order in which they were asked for, also when several pieces of work ask at
 * once: while PostgreSQL works on a statement of the one, the other may use the processor.
 *
 * It belongs to a transaction: after a statement that failed, or `end`, no other is sent. What still waited could
 * otherwise reach the connection when the transaction is over already.
 */
class InTurn implements Queryable {
  private readonly db: Queryable;
  private last: Promise<unknown> = Promise.resolve();
  private ended: { because: unknown } | null = null;

  constructor(db: Queryable) {
    this.db = db;
  }

  query<T>(sql: string, parameters?: unknown[]): Promise<T> {
    const asked = this.last.then(() => {
      if (this.ended !== null) throw this.ended.because;
      return this.db.query<T>(sql, parameters);
    });
    this.last = asked.catch((error: unknown) => {
      this.ended ??= { because: error };
    });
    return asked;
  }

  /** Waits for the statement that is under way; those behind it fail for the given reason. */
  async end(because: unknown): Promise<void> {
    this.ended ??= { because };
    await this.last;
  }
}
