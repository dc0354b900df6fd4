import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The id that the vendor gives a workspace; the record of an erasure keeps it. */
export class ExternalIdsOfWorkspaces1831000001100 implements MigrationInterface {
  name = 'ExternalIdsOfWorkspaces1831000001100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE workspace ADD COLUMN external_id text COLLATE "C"');
    await queryRunner.query(
      'ALTER TABLE workspace ADD CONSTRAINT workspace_external_id_key UNIQUE (external_id)',
    );
    await queryRunner.query('ALTER TABLE workspace_erasure ADD COLUMN external_id text COLLATE "C"');
    await queryRunner.query(
      'CREATE INDEX workspace_erasure_external_id ON workspace_erasure (external_id) WHERE external_id IS NOT NULL',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE workspace_erasure DROP COLUMN external_id');
    await queryRunner.query('ALTER TABLE workspace DROP COLUMN external_id');
  }
}
