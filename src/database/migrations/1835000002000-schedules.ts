import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Synchronization may be scheduled several times a day: a claim names the moment as well as the date. */
export class Schedules1835000002000 implements MigrationInterface {
  name = 'Schedules1835000002000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE nightly_claim ADD COLUMN slot text NOT NULL DEFAULT '',
      DROP CONSTRAINT nightly_claim_pkey, ADD PRIMARY KEY (workspace_id, night, slot)`);
    await queryRunner.query(`CREATE INDEX workspace_hourly_sync ON workspace (next_sync_at)
      WHERE settings #>> '{schedule,which}' = 'hours'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX workspace_hourly_sync');
    await queryRunner.query(`DELETE FROM nightly_claim WHERE slot <> ''`);
    await queryRunner.query(`ALTER TABLE nightly_claim DROP CONSTRAINT nightly_claim_pkey,
      DROP COLUMN slot, ADD PRIMARY KEY (workspace_id, night)`);
  }
}
