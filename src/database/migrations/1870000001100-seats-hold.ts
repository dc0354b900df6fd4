import type { MigrationInterface, QueryRunner } from 'typeorm';

const checks = [
  ['workspace', 'workspace_seat_limit_check'],
  ['workspace', 'workspace_seats_beyond_check'],
  ['sync_link', 'sync_link_state_check'],
  ['sync_run', 'sync_run_trigger_check'],
] as const;

/** What seats allow holds for earlier rows, too. By itself, because it reads the tables and keeps nobody from writing. */
export class SeatsHold1870000001100 implements MigrationInterface {
  name = 'SeatsHold1870000001100';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const [table, check] of checks)
      await queryRunner.query(`ALTER TABLE ${table} VALIDATE CONSTRAINT ${check}`);
  }

  async down(): Promise<void> {}
}
