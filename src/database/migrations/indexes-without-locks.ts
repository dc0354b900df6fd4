import type { QueryRunner } from 'typeorm';

/** Indexes by their names, each with its table and what it holds. */
export type Indexes = Readonly<Record<string, string>>;

/** Makes indexes without locking anything, outside of a transaction (`transaction = false`). */
export async function makeIndexes(queryRunner: QueryRunner, indexes: Indexes): Promise<void> {
  for (const [index, on] of Object.entries(indexes)) {
    // One that was interrupted stays behind, and is of no use.
    await queryRunner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${index}`);
    await queryRunner.query(`CREATE INDEX CONCURRENTLY ${index} ON ${on}`);
  }
}

/** Takes them back. */
export async function dropIndexes(queryRunner: QueryRunner, indexes: Indexes): Promise<void> {
  for (const index of Object.keys(indexes)) await queryRunner.query(`DROP INDEX ${index}`);
}
