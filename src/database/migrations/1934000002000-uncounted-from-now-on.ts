import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * From now on, what the release before this one creates is known not to be counted: it does not name the column. Nothing has
 * been counted until here, so that nothing is missing.
 */
export class UncountedFromNowOn1934000002000 implements MigrationInterface {
  name = 'UncountedFromNowOn1934000002000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['directory_user', 'directory_group'])
      await queryRunner.query(`ALTER TABLE ${table} ALTER COLUMN counted SET DEFAULT false`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['directory_user', 'directory_group'])
      await queryRunner.query(`ALTER TABLE ${table} ALTER COLUMN counted SET DEFAULT true`);
  }
}
