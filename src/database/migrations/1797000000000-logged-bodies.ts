import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The provisioning log keeps what was sent and answered, in a table of its own so that listing stays lean, and knows the
 * entries of the history that a request left. Old requests are found by an index that costs next to nothing: they lie
 * in the order of their time.
 */
export class LoggedBodies1797000000000 implements MigrationInterface {
  name = 'LoggedBodies1797000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'ALTER TABLE provisioning_log ADD COLUMN found integer, ADD COLUMN event_ids uuid[]',
    );
    await queryRunner.query('CREATE INDEX provisioning_log_at ON provisioning_log USING brin (at)');
    await queryRunner.query(`CREATE TABLE provisioning_log_body (
      workspace_id uuid NOT NULL,
      id uuid NOT NULL,
      request json,
      answer json,
      PRIMARY KEY (workspace_id, id)
    )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE provisioning_log_body');
    await queryRunner.query('DROP INDEX provisioning_log_at');
    await queryRunner.query('ALTER TABLE provisioning_log DROP COLUMN event_ids, DROP COLUMN found');
  }
}
