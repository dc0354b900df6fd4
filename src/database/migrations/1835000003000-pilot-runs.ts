import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runs of chosen people alone: the people they may decide about, for as long as they go on. */
export class PilotRuns1835000003000 implements MigrationInterface {
  name = 'PilotRuns1835000003000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE sync_run ADD COLUMN chosen jsonb');
    await queryRunner.query(`CREATE TABLE sync_run_person (
      workspace_id uuid NOT NULL,
      run_id uuid NOT NULL,
      directory_user_id uuid NOT NULL,
      PRIMARY KEY (workspace_id, run_id, directory_user_id)
    )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE sync_run_person');
    await queryRunner.query('ALTER TABLE sync_run DROP COLUMN chosen');
  }
}
