import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A workspace that loses its entitlement is suspended until a moment that it may still be given back by. */
export class Suspensions1820000003000 implements MigrationInterface {
  name = 'Suspensions1820000003000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE workspace ADD COLUMN suspended_until timestamptz');
    await queryRunner.query(
      `CREATE INDEX workspace_suspended_until ON workspace (suspended_until) WHERE suspended_until IS NOT NULL`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE workspace DROP COLUMN suspended_until');
  }
}
