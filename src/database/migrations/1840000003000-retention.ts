import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long what is past is kept, by workspace. */
export class Retention1840000003000 implements MigrationInterface {
  name = 'Retention1840000003000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE workspace ADD COLUMN retention jsonb NOT NULL DEFAULT '{}'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE workspace DROP COLUMN retention');
  }
}
