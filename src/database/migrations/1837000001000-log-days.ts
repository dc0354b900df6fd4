import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How much of the provisioning log each workspace fills in a day, for its quota. */
export class LogDays1837000001000 implements MigrationInterface {
  name = 'LogDays1837000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE provisioning_log_day (
        workspace_id uuid NOT NULL,
        day date NOT NULL,
        bytes bigint NOT NULL,
        CONSTRAINT provisioning_log_day_pkey PRIMARY KEY (workspace_id, day)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE provisioning_log_day');
  }
}
