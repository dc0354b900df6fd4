import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Salted hashes of what erased people were called, so that the next push of the identity provider does not bring them back unnoticed. */
export class ErasedPeople1840000002000 implements MigrationInterface {
  name = 'ErasedPeople1840000002000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE erasure_salt (
        workspace_id uuid NOT NULL,
        salt bytea NOT NULL,
        CONSTRAINT erasure_salt_pkey PRIMARY KEY (workspace_id)
      )`);
    await queryRunner.query(`
      CREATE TABLE erased_identity (
        workspace_id uuid NOT NULL,
        hash bytea NOT NULL,
        erased_at timestamptz NOT NULL,
        CONSTRAINT erased_identity_pkey PRIMARY KEY (workspace_id, hash)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE erased_identity');
    await queryRunner.query('DROP TABLE erasure_salt');
  }
}
