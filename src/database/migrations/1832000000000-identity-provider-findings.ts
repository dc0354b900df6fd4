import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What tells an admin what is wrong at the identity provider: attempts with a spoilt token, and refused requests by an
 * index of their own, so that the few among many are found at once.
 */
export class IdentityProviderFindings1832000000000 implements MigrationInterface {
  name = 'IdentityProviderFindings1832000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of up) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of down) await queryRunner.query(statement);
  }
}

const up = [
  `CREATE TABLE token_attempt (
     workspace_id uuid NOT NULL,
     token_id uuid NOT NULL,
     problem text NOT NULL,
     count integer NOT NULL,
     length_chars integer NOT NULL,
     user_agent text,
     first_at timestamptz NOT NULL,
     last_at timestamptz NOT NULL,
     PRIMARY KEY (workspace_id, token_id, problem)
   )`,
  `CREATE INDEX api_token_prefix ON api_token (prefix)`,
  `CREATE INDEX provisioning_log_refused ON provisioning_log (workspace_id, id) WHERE status >= 400`,
];

const down = [
  `DROP INDEX provisioning_log_refused`,
  `DROP INDEX api_token_prefix`,
  `DROP TABLE token_attempt`,
];
