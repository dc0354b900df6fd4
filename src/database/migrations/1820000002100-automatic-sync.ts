import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nothing is synchronized by itself before an admin said so; where a run has been, somebody did. */
export class AutomaticSync1820000002100 implements MigrationInterface {
  name = 'AutomaticSync1820000002100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE workspace ADD COLUMN automatic_sync text NOT NULL DEFAULT 'not_started'
       CONSTRAINT workspace_automatic_sync_check CHECK (automatic_sync IN ('not_started', 'on', 'paused'))`,
    );
    await queryRunner.query(
      `UPDATE workspace w SET automatic_sync = 'on'
       WHERE EXISTS (SELECT 1 FROM sync_run r WHERE r.workspace_id = w.id)`,
    );
    await queryRunner.query(
      `UPDATE workspace SET next_sync_at = NULL WHERE automatic_sync <> 'on' AND next_sync_at IS NOT NULL`,
    );
  }

  /** Every active workspace had its nights: who has none planned gets one now, and the following ones by it. */
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `UPDATE workspace SET next_sync_at = now()
       WHERE entitled AND activated_at IS NOT NULL AND next_sync_at IS NULL`,
    );
    await queryRunner.query('ALTER TABLE workspace DROP COLUMN automatic_sync');
  }
}
