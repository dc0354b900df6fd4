import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Workspaces that are for trying things out, and the simulation that runs or ran last in each. */
export class Sandboxes1797000000100 implements MigrationInterface {
  name = 'Sandboxes1797000000100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE workspace ADD COLUMN sandbox boolean NOT NULL DEFAULT false');
    await queryRunner.query(`CREATE TABLE simulation (
      workspace_id uuid PRIMARY KEY,
      id uuid NOT NULL,
      provider text NOT NULL CHECK (provider IN ('entra', 'okta')),
      people integer NOT NULL,
      state text NOT NULL CHECK (state IN ('running', 'succeeded', 'failed', 'stopped')),
      phase text,
      done integer NOT NULL DEFAULT 0,
      total integer NOT NULL DEFAULT 0,
      failures integer NOT NULL DEFAULT 0,
      error text,
      token_id uuid NOT NULL,
      stop_requested boolean NOT NULL DEFAULT false,
      started_at timestamptz NOT NULL,
      heartbeat_at timestamptz NOT NULL,
      finished_at timestamptz
    )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE simulation');
    await queryRunner.query('ALTER TABLE workspace DROP COLUMN sandbox');
  }
}
