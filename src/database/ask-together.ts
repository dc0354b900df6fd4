import type { DataSource } from 'typeorm';
import type { Db } from './db.ts';
import { dbOf } from './db-of.ts';
import { GatheredStatements } from './gathered-statements.ts';
import { takesMany } from './known-distributed.ts';

/** Questions that do not need one another. */
export type Asks<All> = { readonly [At in keyof All]: (db: Db) => Promise<All[At]> };

/**
 * Asks for several things of one workspace, outside of a transaction, none of which needs another: one after the other on one
 * PostgreSQL, by one command where the database is distributed.
 *
 * @returns the answers in the same order
 * @throws what the first of them throws that fails
 */
export async function askTogether<All extends readonly unknown[] | []>(
  dataSource: DataSource,
  asks: Asks<All>,
): Promise<All> {
  const db = dbOf(dataSource);
  if (takesMany(dataSource)) {
    const each = asks as readonly ((db: Db) => Promise<unknown>)[];
    const gathered = new GatheredStatements('alone', (statement) => db.run(statement));
    const gathering: Db = { run: (statement) => gathered.add(statement) ?? db.run(statement) };
    return (await Promise.all(each.map((ask) => ask(gathering)))) as unknown as All;
  }
  return askInTurn(db, asks);
}

/** The same in a transaction: one after the other. */
export async function askInTurn<All extends readonly unknown[] | []>(db: Db, asks: Asks<All>): Promise<All> {
  const answers: unknown[] = [];
  for (const ask of asks as readonly ((db: Db) => Promise<unknown>)[]) answers.push(await ask(db));
  return answers as unknown as All;
}
