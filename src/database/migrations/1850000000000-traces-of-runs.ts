import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The trace of the request that asked for a run: its events and webhooks belong to it. */
export class TracesOfRuns1850000000000 implements MigrationInterface {
  name = 'TracesOfRuns1850000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE sync_run ADD COLUMN traceparent text');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE sync_run DROP COLUMN traceparent');
  }
}
