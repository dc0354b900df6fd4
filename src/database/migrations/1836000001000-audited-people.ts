import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who an action on many people was about: one record of the action, and a row for each of them. */
export class AuditedPeople1836000001000 implements MigrationInterface {
  name = 'AuditedPeople1836000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE audit_log_target (
       workspace_id uuid NOT NULL,
       target text NOT NULL,
       audit_id uuid NOT NULL,
       PRIMARY KEY (workspace_id, target, audit_id)
     )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE audit_log_target');
  }
}
