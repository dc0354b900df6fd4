import type { DataSource, EntityManager } from 'typeorm';
import type { CommitNote, TransactionDb } from './commit-notes.ts';
import { inStatementSpan } from '../tracing/spans.ts';
import { answerOf, type Answer, type Db, type DriverResult } from './db.ts';
import { GatheredStatements } from './gathered-statements.ts';
import { takesMany } from './known-distributed.ts';
import { onNodesOf, runOnNode } from './on-one-node.ts';
import type { PooledClient } from './pooled-client.ts';
import { prepared } from './prepared-statements.ts';
import { compile } from './compiled-statement.ts';
import { type Sql } from './sql.ts';

/** What a pipeline needs from the connection of a transaction. */
export type PipelinedConnection = Pick<PooledClient, 'pipeline' | 'tellAtCommit' | 'beforeCommit'> & {
  query(sql: string, parameters: unknown[]): Promise<DriverResult>;
};

/**
 * Runs work in a transaction that may ask for several statements at once. Each statement is sent without waiting for the
 * earlier answers, and they are answered in order: the service can compute while PostgreSQL works, and PostgreSQL always
 * knows what comes next.
 *
 * After a statement has failed, no other is sent, and those already sent fail with it. When this returns or throws,
 * nothing is under way any more, so nothing can reach the connection after the end of the transaction.
 *
 * @param options `keepPlans`: keep the plans on the connection. Not while a table that they read may be empty:
 * PostgreSQL would plan to read it from end to end, and go on doing so when it has grown.
 */
export async function inPipeline<T>(
  transaction: EntityManager,
  work: (db: StatementPipeline) => Promise<T>,
  options: { keepPlans: boolean } = { keepPlans: false },
): Promise<T> {
  if (!transaction.queryRunner) throw new Error('A pipeline belongs to a transaction');
  const connection = (await transaction.queryRunner.connect()) as PipelinedConnection;
  return pipelined(connection, work, options, transaction.dataSource);
}

/** {@link inPipeline}, on its connection. */
export async function pipelined<T>(
  connection: PipelinedConnection,
  work: (db: StatementPipeline) => Promise<T>,
  { keepPlans }: { keepPlans: boolean } = { keepPlans: false },
  dataSource: DataSource | null = null,
): Promise<T> {
  const db = new StatementPipeline(connection, keepPlans, dataSource);
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

/** A connection that accepts several statements at once. A function that takes one may ask without waiting. */
export class StatementPipeline implements TransactionDb {
  private readonly connection: PipelinedConnection;
  private readonly keepPlans: boolean;
  private readonly dataSource: DataSource | null;
  private last: Promise<unknown> = Promise.resolve();
  private readonly gathered = new GatheredStatements('inTransaction', (statement) => this.send(statement));
  private ended: { because: unknown } | null = null;

  constructor(connection: PipelinedConnection, keepPlans: boolean, dataSource: DataSource | null) {
    this.dataSource = dataSource;
    this.connection = connection;
    this.keepPlans = keepPlans;
  }

  run<Row>(statement: Sql<Row>): Promise<Answer<Row>> {
    const { dataSource } = this;
    if (dataSource === null) return this.send(statement);
    if (takesMany(dataSource)) {
      const answer = this.gathered.add(statement);
      if (answer !== null) return answer;
      this.gathered.flush();
    }
    return runOnNode(dataSource, statement, 'inTransaction', (placed) => this.send(placed));
  }

  /**
   * Until this ends, statements that a node of a distributed database can carry out together are sent by one command. Wait for
   * no answer meanwhile.
   *
   * @returns what ends it
   */
  hold(): () => void {
    return this.gathered.hold();
  }

  private async send<Row>(statement: Sql<Row>): Promise<Answer<Row>> {
    const { text, values } = compile(statement);
    return answerOf<Row>(await inStatementSpan(text, () => this.ask(text, values)));
  }

  tellAtCommit(note: CommitNote): void {
    this.connection.tellAtCommit(note);
  }

  beforeCommit(work: (db: Db) => Promise<void>, order?: string): void {
    const { dataSource } = this;
    const placed = dataSource === null ? work : (db: Db) => work(onNodesOf(dataSource, db));
    this.connection.beforeCommit(placed, order);
  }

  /** Waits for what is under way. @returns the first reason why the pipeline ended */
  async end(because: unknown): Promise<unknown> {
    this.ended ??= { because };
    this.gathered.flush();
    await this.last;
    return this.ended.because;
  }

  private async ask(text: string, values: unknown[]): Promise<DriverResult> {
    this.refuseAfterEnd();
    const answer = this.connection.query(this.keepPlans ? keptText(text) : text, values);
    const before = this.last;
    this.last = answer.catch(async (error: unknown) => {
      // pg may report the failure of a later statement first; the cause is the failure of an earlier one.
      await before;
      this.ended ??= { because: error };
    });
    await this.last;
    this.refuseAfterEnd();
    return answer;
  }

  private refuseAfterEnd(): void {
    if (this.ended !== null) throw this.ended.because;
  }
}

/** Plans are kept by text. The comment keeps this text apart from the same statement where its plan must not be kept. */
function keptText(sql: string): string {
  return prepared(`/* kept */ ${sql}`);
}
