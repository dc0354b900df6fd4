import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What requests of the log are searched by, and what a refused request calls its person or group: only requests that say
 * it have any. Earlier requests of people who are in the directory are found by them. See
 * `docs/decisions/0039-searches-read-a-narrow-index.md`.
 */
export class LogSearch1834000001000 implements MigrationInterface {
  name = 'LogSearch1834000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE provisioning_log ADD COLUMN search_text text COLLATE "C", ADD COLUMN subject text`,
    );
    await queryRunner.query(
      `CREATE INDEX provisioning_log_search ON provisioning_log (workspace_id, id, search_text)
       WHERE search_text IS NOT NULL`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX provisioning_log_search');
    await queryRunner.query('ALTER TABLE provisioning_log DROP COLUMN search_text, DROP COLUMN subject');
  }
}
