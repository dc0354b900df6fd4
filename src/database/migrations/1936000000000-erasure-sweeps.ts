import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When what was still being written while a workspace was erased is looked for: a column, null for what is long past. It has
 * no index: the table has a row for each workspace that was ever erased.
 */
export class ErasureSweeps1936000000000 implements MigrationInterface {
  name = 'ErasureSweeps1936000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE workspace_erasure ADD COLUMN sweep_at timestamptz');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE workspace_erasure DROP COLUMN sweep_at');
  }
}
