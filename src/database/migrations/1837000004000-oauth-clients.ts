import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * OAuth clients. A client is an API token whose bearer secrets are access tokens: they expire, and are given out for one of
 * the client's own secrets.
 */
export class OAuthClients1837000004000 implements MigrationInterface {
  name = 'OAuthClients1837000004000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE api_token ADD COLUMN access_token_minutes integer');
    await queryRunner.query('ALTER TABLE api_token_secret ADD COLUMN expires_at timestamptz');
    await queryRunner.query(
      'CREATE INDEX api_token_secret_expires_at ON api_token_secret (expires_at) WHERE expires_at IS NOT NULL',
    );
    await queryRunner.query(`
      CREATE TABLE oauth_client_secret (
        secret_hash bytea NOT NULL,
        workspace_id uuid NOT NULL,
        client_id uuid NOT NULL,
        prefix text NOT NULL,
        last_four text NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz,
        replaced_at timestamptz,
        last_used_at timestamptz,
        CONSTRAINT oauth_client_secret_pkey PRIMARY KEY (secret_hash)
      )`);
    await queryRunner.query(
      'CREATE INDEX oauth_client_secret_client ON oauth_client_secret (workspace_id, client_id)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE oauth_client_secret');
    await queryRunner.query('DROP INDEX api_token_secret_expires_at');
    await queryRunner.query('ALTER TABLE api_token_secret DROP COLUMN expires_at');
    await queryRunner.query('DELETE FROM api_token WHERE access_token_minutes IS NOT NULL');
    await queryRunner.query('ALTER TABLE api_token DROP COLUMN access_token_minutes');
  }
}
