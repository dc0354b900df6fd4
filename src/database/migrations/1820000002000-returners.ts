import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who comes back is queued as a returner, has the lane of the leavers, and runs of their own trigger. */
export class Returners1820000002000 implements MigrationInterface {
  name = 'Returners1820000002000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE INDEX sync_queue_lane ON sync_queue (workspace_id, reason, due_at)
       WHERE reason IN ('leaver', 'returner')`,
    );
    await queryRunner.query('DROP INDEX sync_queue_leavers');
    await queryRunner.query('ALTER TABLE sync_run DROP CONSTRAINT sync_run_trigger_check');
    await queryRunner.query(
      `ALTER TABLE sync_run ADD CONSTRAINT sync_run_trigger_check
       CHECK (trigger IN ('manual', 'nightly', 'leaver', 'returner', 'undo'))`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`UPDATE sync_run SET trigger = 'leaver' WHERE trigger = 'returner'`);
    await queryRunner.query('ALTER TABLE sync_run DROP CONSTRAINT sync_run_trigger_check');
    await queryRunner.query(
      `ALTER TABLE sync_run ADD CONSTRAINT sync_run_trigger_check
       CHECK (trigger IN ('manual', 'nightly', 'leaver', 'undo'))`,
    );
    await queryRunner.query(`UPDATE sync_queue SET reason = 'updated' WHERE reason = 'returner'`);
    await queryRunner.query(
      `CREATE INDEX sync_queue_leavers ON sync_queue (due_at, workspace_id) WHERE reason = 'leaver'`,
    );
    await queryRunner.query('DROP INDEX sync_queue_lane');
  }
}
