import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds those that the release before this one creates. There are none yet. Nothing is locked while it is made. */
export class UncountedRows1934000001000 implements MigrationInterface {
  name = 'UncountedRows1934000001000';
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['directory_user', 'directory_group']) {
      // One that was interrupted stays behind, and is of no use.
      await queryRunner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${table}_uncounted`);
      await queryRunner.query(
        `CREATE INDEX CONCURRENTLY ${table}_uncounted ON ${table} (workspace_id, id) WHERE NOT counted`,
      );
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX directory_group_uncounted');
    await queryRunner.query('DROP INDEX directory_user_uncounted');
  }
}
