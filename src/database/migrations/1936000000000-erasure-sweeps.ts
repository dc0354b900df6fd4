import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When what was still being written while a workspace was erased is looked for: a column, null for what is long past. */
export class ErasureSweeps1936000000000 implements MigrationInterface {
  name = 'ErasureSweeps1936000000000';
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE workspace_erasure ADD COLUMN IF NOT EXISTS sweep_at timestamptz`);
    await queryRunner.query(`CREATE INDEX CONCURRENTLY IF NOT EXISTS workspace_erasure_sweep
      ON workspace_erasure (sweep_at) WHERE sweep_at IS NOT NULL`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE workspace_erasure DROP COLUMN sweep_at`);
  }
}
