import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The credentials of the host product's back end, and audit records that name one. */
export class ProductKeys1831000001000 implements MigrationInterface {
  name = 'ProductKeys1831000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE product_key (
      id uuid PRIMARY KEY,
      name text NOT NULL,
      scopes text[] NOT NULL,
      workspace_ids uuid[],
      created_at timestamptz NOT NULL,
      revoked_at timestamptz
    )`);
    await queryRunner.query(`CREATE TABLE product_key_secret (
      secret_hash bytea PRIMARY KEY,
      key_id uuid NOT NULL CONSTRAINT product_key_secret_key_fkey REFERENCES product_key (id) ON DELETE CASCADE,
      prefix text NOT NULL,
      last_four text NOT NULL,
      created_at timestamptz NOT NULL,
      expires_at timestamptz,
      replaced_at timestamptz,
      last_used_at timestamptz
    )`);
    await queryRunner.query('CREATE INDEX product_key_secret_key ON product_key_secret (key_id)');
    await queryRunner.query(
      'CREATE UNIQUE INDEX product_key_secret_newest ON product_key_secret (key_id) WHERE replaced_at IS NULL',
    );
    await queryRunner.query(
      'ALTER TABLE audit_log ADD COLUMN actor_key_id uuid, ADD COLUMN actor_key_name text',
    );
    await replaceActorKinds(queryRunner, `'operator', 'product', 'admin', 'system'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`UPDATE audit_log SET actor_kind = 'operator' WHERE actor_kind = 'product'`);
    await replaceActorKinds(queryRunner, `'operator', 'admin', 'system'`);
    await queryRunner.query('ALTER TABLE audit_log DROP COLUMN actor_key_id, DROP COLUMN actor_key_name');
    await queryRunner.query('DROP TABLE product_key_secret');
    await queryRunner.query('DROP TABLE product_key');
  }
}

function replaceActorKinds(queryRunner: QueryRunner, kinds: string): Promise<unknown> {
  return queryRunner.query(`ALTER TABLE audit_log DROP CONSTRAINT audit_log_actor_kind_check,
    ADD CONSTRAINT audit_log_actor_kind_check CHECK (actor_kind IN (${kinds}))`);
}
