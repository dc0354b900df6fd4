import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Properties say whether they are required and who fills them. */
export class PropertyDuties1796000000000 implements MigrationInterface {
  name = 'PropertyDuties1796000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE property ADD COLUMN required boolean NOT NULL DEFAULT false,
         ADD COLUMN filled_by text NOT NULL DEFAULT 'both' CHECK (filled_by IN ('both', 'provisioning', 'people'))`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE property DROP COLUMN filled_by, DROP COLUMN required');
  }
}
