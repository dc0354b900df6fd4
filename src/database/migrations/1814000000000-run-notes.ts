import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A run says what it could not do as it should have: rules that were too costly, groups that could not be written. */
export class RunNotes1814000000000 implements MigrationInterface {
  name = 'RunNotes1814000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE sync_run ADD COLUMN notes jsonb NOT NULL DEFAULT '[]'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE sync_run DROP COLUMN notes');
  }
}
