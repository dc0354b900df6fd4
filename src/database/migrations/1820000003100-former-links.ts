import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who was which member before an admin linked that member to another directory user. */
export class FormerLinks1820000003100 implements MigrationInterface {
  name = 'FormerLinks1820000003100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE former_link (
         workspace_id uuid NOT NULL,
         directory_user_id uuid NOT NULL,
         member_id uuid NOT NULL,
         external_id text COLLATE "C",
         name text NOT NULL,
         given_to uuid NOT NULL,
         given_by text NOT NULL,
         given_at timestamptz NOT NULL,
         PRIMARY KEY (workspace_id, directory_user_id)
       )`,
    );
    await queryRunner.query(
      `CREATE INDEX former_link_external_id ON former_link (workspace_id, external_id) WHERE external_id IS NOT NULL`,
    );
    await queryRunner.query(`CREATE INDEX former_link_given_to ON former_link (workspace_id, given_to)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE former_link');
  }
}
