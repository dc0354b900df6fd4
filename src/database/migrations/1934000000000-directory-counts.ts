import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How many users and groups a directory has, kept by the statements that create and delete them. Those that are there
 * already are taken as counted: the first recount of a workspace counts them. The next two migrations belong to this one.
 * See `docs/decisions/0085-a-directory-is-counted-by-its-writers.md`.
 */
export class DirectoryCounts1934000000000 implements MigrationInterface {
  name = 'DirectoryCounts1934000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of up) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of down) await queryRunner.query(statement);
  }
}

const up = [
  `CREATE TABLE directory_count (
     workspace_id uuid NOT NULL,
     slot integer NOT NULL,
     users bigint,
     groups bigint,
     recount_at timestamptz,
     PRIMARY KEY (workspace_id, slot)
   ) WITH (fillfactor = 50)`,
  'ALTER TABLE directory_user ADD COLUMN counted boolean NOT NULL DEFAULT true',
  'ALTER TABLE directory_group ADD COLUMN counted boolean NOT NULL DEFAULT true',
];

const down = [
  'ALTER TABLE directory_group DROP COLUMN counted',
  'ALTER TABLE directory_user DROP COLUMN counted',
  'DROP TABLE directory_count',
];
