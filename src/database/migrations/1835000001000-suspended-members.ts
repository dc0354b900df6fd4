import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Members suspended by an admin: who did it, when and why. It stands beside `suspended_at`, which the removal guard owns,
 * so that nothing that synchronization writes can end it. See `docs/decisions/0036-an-admin-suspends-beside-provisioning.md`.
 */
export class SuspendedMembers1835000001000 implements MigrationInterface {
  name = 'SuspendedMembers1835000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE member ADD COLUMN suspension jsonb');
    await queryRunner.query(
      'CREATE INDEX member_suspension ON member (workspace_id, id) WHERE suspension IS NOT NULL',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX member_suspension');
    await queryRunner.query('ALTER TABLE member DROP COLUMN suspension');
  }
}
