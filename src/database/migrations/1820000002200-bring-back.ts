import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Taking back removals that the guard let through is a run of its own trigger. */
export class BringBack1820000002200 implements MigrationInterface {
  name = 'BringBack1820000002200';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE sync_run DROP CONSTRAINT sync_run_trigger_check');
    await queryRunner.query(
      `ALTER TABLE sync_run ADD CONSTRAINT sync_run_trigger_check
       CHECK (trigger IN ('manual', 'nightly', 'leaver', 'returner', 'undo', 'bring_back'))`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`UPDATE sync_run SET trigger = 'undo' WHERE trigger = 'bring_back'`);
    await queryRunner.query('ALTER TABLE sync_run DROP CONSTRAINT sync_run_trigger_check');
    await queryRunner.query(
      `ALTER TABLE sync_run ADD CONSTRAINT sync_run_trigger_check
       CHECK (trigger IN ('manual', 'nightly', 'leaver', 'returner', 'undo'))`,
    );
  }
}
