import type { DataSource, EntityManager } from 'typeorm';
import type { Answer, Db } from './db.ts';
import { compile, type Sql } from './sql.ts';
import { StatementPool } from './statement-pool.ts';

/** A transaction, as something that runs statements. */
class Transaction implements Db {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async run<Row>(statement: Sql<Row>): Promise<Answer<Row>> {
    const { text, values } = compile(statement);
    const { queryRunner } = this.#manager;
    if (!queryRunner) throw new Error('This entity manager belongs to no transaction');
    const { records, affected } = await queryRunner.query(text, values, true);
    return { rows: records as Row[], count: affected ?? 0 };
  }
}

const known = new WeakMap<EntityManager | DataSource, Db>();

/** Runs statements where TypeORM does: in a transaction, or on any connection of a data source. */
export function dbOf(typeorm: EntityManager | DataSource): Db {
  let db = known.get(typeorm);
  if (db === undefined) {
    db = 'driver' in typeorm ? new StatementPool(typeorm) : new Transaction(typeorm);
    known.set(typeorm, db);
  }
  return db;
}
