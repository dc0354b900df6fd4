import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The log can be read by the API token that requests came with, the newest first, however few there are of it. */
export class RequestsByToken1820000005000 implements MigrationInterface {
  name = 'RequestsByToken1820000005000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE INDEX provisioning_log_token ON provisioning_log (workspace_id, token_id, id)`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX provisioning_log_token');
  }
}
