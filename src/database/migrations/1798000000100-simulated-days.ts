import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A simulated identity provider plays one day after another. */
export class SimulatedDays1798000000100 implements MigrationInterface {
  name = 'SimulatedDays1798000000100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE simulation ADD COLUMN day integer NOT NULL DEFAULT 0');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE simulation DROP COLUMN day');
  }
}
