import type { EntityManager } from 'typeorm';
import type { PooledClient } from './pooled-client.ts';
import { prepared } from './prepared-statements.ts';
import type { Queryable } from './queryable.ts';

/** The connection of a transaction, as far as it is needed here. */
export type PipelinedConnection = Pick<PooledClient, 'pipeline'> & {
  query(sql: string, parameters: unknown[]): Promise<{ rows: unknown }>;
};

/**
 * Does work in a transaction that may ask for several statements at once. They are sent without waiting for the answers
 * to those before and answered in their order: while PostgreSQL works on some of them, others may use the processor, and
 * it always knows what comes next. Each answers with its rows.
 *
 * After a statement that failed none is sent, and those that were sent already fail with it; nothing is under way any
 * more when this returns or throws, so that nothing can reach the connection when the transaction is over.
 *
 * @param options `keepPlans`: whether their plans are kept on the connection. Not while a table that they look into may
 * be empty: its plan would be to read it from end to end, also when it has grown.
 */
export async function inPipeline<T>(
  transaction: EntityManager,
  work: (db: StatementPipeline) => Promise<T>,
  options: { keepPlans: boolean } = { keepPlans: false },
): Promise<T> {
  if (!transaction.queryRunner) throw new Error('Statements in turn belong to a transaction');
  return pipelined((await transaction.queryRunner.connect()) as PipelinedConnection, work, options);
}

/** {@link inPipeline}, on its connection. */
export async function pipelined<T>(
  connection: PipelinedConnection,
  work: (db: StatementPipeline) => Promise<T>,
  { keepPlans }: { keepPlans: boolean } = { keepPlans: false },
): Promise<T> {
  const db = new StatementPipeline(connection, keepPlans);
  connection.pipeline = true;
  try {
    return await work(db);
  } catch (error) {
    throw await db.end(error);
  } finally {
    await db.end(new Error('This work is over'));
    connection.pipeline = false;
  }
}

/** Whoever takes one of these may ask for several statements at once. */
export class StatementPipeline implements Queryable {
  private readonly connection: PipelinedConnection;
  private readonly keepPlans: boolean;
  private last: Promise<unknown> = Promise.resolve();
  private ended: { because: unknown } | null = null;

  constructor(connection: PipelinedConnection, keepPlans: boolean) {
    this.connection = connection;
    this.keepPlans = keepPlans;
  }

  async query<T>(sql: string, parameters: unknown[] = []): Promise<T> {
    this.goOn();
    const answer = this.connection.query(this.keepPlans ? keptText(sql) : sql, parameters);
    const before = this.last;
    this.last = answer.catch(async (error: unknown) => {
      // pg may tell of the failure of a later statement first: its cause is that of an earlier one.
      await before;
      this.ended ??= { because: error };
    });
    await this.last;
    this.goOn();
    return (await answer).rows as T;
  }

  /** Waits for what is under way. @returns why it ended, the first reason there was */
  async end(because: unknown): Promise<unknown> {
    this.ended ??= { because };
    await this.last;
    return this.ended.because;
  }

  private goOn(): void {
    if (this.ended !== null) throw this.ended.because;
  }
}

/** Plans are kept by text, and where they are not to be kept the same statement may come as it is. */
function keptText(sql: string): string {
  return prepared(`/* kept */ ${sql}`);
}
