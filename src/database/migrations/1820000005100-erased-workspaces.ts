import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is kept of a workspace that was erased: who erased it, when, and how much it was. It belongs to no workspace any
 * more, so its column is not called `workspace_id`, and it names no person.
 */
export class ErasedWorkspaces1820000005100 implements MigrationInterface {
  name = 'ErasedWorkspaces1820000005100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE workspace_erasure (
      id uuid PRIMARY KEY,
      erased_workspace uuid NOT NULL,
      at timestamptz NOT NULL,
      actor_kind text NOT NULL CHECK (actor_kind IN ('operator')),
      counts jsonb NOT NULL
    )`);
    await queryRunner.query(
      'CREATE UNIQUE INDEX workspace_erasure_workspace ON workspace_erasure (erased_workspace)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE workspace_erasure');
  }
}
