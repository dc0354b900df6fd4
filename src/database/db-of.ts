import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { inStatementSpan } from '../tracing/spans.ts';
import type { CommitNote, TransactionDb } from './commit-notes.ts';
import type { Answer, Db } from './db.ts';
import { onNodesOf, runOnNode } from './on-one-node.ts';
import type { PooledClient } from './pooled-client.ts';
import { compile } from './compiled-statement.ts';
import { type Sql } from './sql.ts';
import { StatementPool } from './statement-pool.ts';

/** A transaction, as something that runs statements. */
class Transaction implements TransactionDb {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  run<Row>(statement: Sql<Row>): Promise<Answer<Row>> {
    return runOnNode(this.#manager.dataSource, statement, 'inTransaction', (placed) => this.#ask(placed));
  }

  async #ask<Row>(statement: Sql<Row>): Promise<Answer<Row>> {
    const { text, values } = compile(statement);
    const { records, affected } = await inStatementSpan(text, () =>
      this.#queryRunner.query(text, values, true),
    );
    return { rows: records as Row[], count: affected ?? 0 };
  }

  tellAtCommit(note: CommitNote): void {
    this.#client.tellAtCommit(note);
  }

  beforeCommit(work: (db: Db) => Promise<void>, order?: string): void {
    this.#client.beforeCommit((db) => work(onNodesOf(this.#manager.dataSource, db)), order);
  }

  /** The connection of a transaction that has begun; see "Patches of foreign objects" in ARCHITECTURE.md. */
  get #client(): PooledClient {
    return (this.#queryRunner as unknown as { databaseConnection: PooledClient }).databaseConnection;
  }

  get #queryRunner(): QueryRunner {
    const { queryRunner } = this.#manager;
    if (!queryRunner) throw new Error('This entity manager belongs to no transaction');
    return queryRunner;
  }
}

const known = new WeakMap<EntityManager | DataSource, Db>();

/** Runs statements where TypeORM does: in a transaction, or on any connection of a data source. */
export function dbOf(typeorm: EntityManager): TransactionDb;
export function dbOf(typeorm: EntityManager | DataSource): Db;
export function dbOf(typeorm: EntityManager | DataSource): Db {
  let db = known.get(typeorm);
  if (db === undefined) {
    db = 'driver' in typeorm ? new StatementPool(typeorm) : new Transaction(typeorm);
    known.set(typeorm, db);
  }
  return db;
}
