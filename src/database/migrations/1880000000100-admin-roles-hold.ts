import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = [
  'ALTER TABLE admin_link VALIDATE CONSTRAINT admin_link_role_check',
  'ALTER TABLE admin_session VALIDATE CONSTRAINT admin_session_role_check',
];

/** The roles of those who were there before hold, too. By itself, because it reads the tables and keeps nobody from writing. */
export class AdminRolesHold1880000000100 implements MigrationInterface {
  name = 'AdminRolesHold1880000000100';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of up) await queryRunner.query(statement);
  }

  async down(): Promise<void> {}
}
