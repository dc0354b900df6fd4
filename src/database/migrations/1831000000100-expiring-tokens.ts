import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often the host product has been told that a token expires. */
export class ExpiringTokens1831000000100 implements MigrationInterface {
  name = 'ExpiringTokens1831000000100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE api_token ADD COLUMN expiry_told_days integer');
    await queryRunner.query(
      `CREATE INDEX api_token_expires_at ON api_token (expires_at) WHERE revoked_at IS NULL AND expires_at IS NOT NULL`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX api_token_expires_at');
    await queryRunner.query('ALTER TABLE api_token DROP COLUMN expiry_told_days');
  }
}
