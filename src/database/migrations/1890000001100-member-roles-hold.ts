import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What roles allow holds for earlier runs, too. By itself, because it reads the table and keeps nobody from writing. */
export class MemberRolesHold1890000001100 implements MigrationInterface {
  name = 'MemberRolesHold1890000001100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE sync_run VALIDATE CONSTRAINT sync_run_trigger_check');
  }

  async down(): Promise<void> {}
}
