import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By which operator token a workspace was erased. */
export class NamedOperators1837000003000 implements MigrationInterface {
  name = 'NamedOperators1837000003000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE workspace_erasure ADD COLUMN actor_name text');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE workspace_erasure DROP COLUMN actor_name');
  }
}
