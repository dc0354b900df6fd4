import type { MigrationInterface, QueryRunner } from 'typeorm';

const roles = `CHECK (role IN ('owner', 'editor', 'viewer'))`;

const up = [
  `CREATE TABLE vendor_identity (
     is_only boolean PRIMARY KEY DEFAULT true CONSTRAINT vendor_identity_is_only_check CHECK (is_only),
     issuer text NOT NULL,
     jwks_uri text NOT NULL,
     audience text NOT NULL,
     updated_at timestamptz NOT NULL
   )`,
  `CREATE TABLE spent_assertion (
     id_hash bytea PRIMARY KEY,
     expires_at timestamptz NOT NULL
   )`,
  `CREATE INDEX spent_assertion_expiry ON spent_assertion (expires_at)`,
  `ALTER TABLE admin_link ADD COLUMN role text NOT NULL DEFAULT 'owner'`,
  `ALTER TABLE admin_link ADD CONSTRAINT admin_link_role_check ${roles} NOT VALID`,
  `ALTER TABLE admin_session ADD COLUMN role text NOT NULL DEFAULT 'owner'`,
  `ALTER TABLE admin_session ADD CONSTRAINT admin_session_role_check ${roles} NOT VALID`,
];

const down = [
  'ALTER TABLE admin_session DROP COLUMN role',
  'ALTER TABLE admin_link DROP COLUMN role',
  'DROP TABLE spent_assertion',
  'DROP TABLE vendor_identity',
];

/** Signing in by the vendor's own assertions, and roles of admins. Those who are signed in already may do everything, as before. */
export class VendorSignIn1880000000000 implements MigrationInterface {
  name = 'VendorSignIn1880000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of up) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of down) await queryRunner.query(statement);
  }
}
