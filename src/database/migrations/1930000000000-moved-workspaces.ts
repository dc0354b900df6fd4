import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = [
  `ALTER TABLE workspace ADD COLUMN moved_at timestamptz`,
  `ALTER TABLE workspace ADD COLUMN moved_to text`,
  `CREATE TABLE moved_cursor_key (
     workspace_id uuid NOT NULL,
     key bytea NOT NULL,
     PRIMARY KEY (workspace_id, key)
   )`,
];

const down = [
  'DROP TABLE moved_cursor_key',
  'ALTER TABLE workspace DROP COLUMN moved_to',
  'ALTER TABLE workspace DROP COLUMN moved_at',
];

/** Workspaces that were moved to another database, and the cursors that those have who follow one that was moved here. */
export class MovedWorkspaces1930000000000 implements MigrationInterface {
  name = 'MovedWorkspaces1930000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of up) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of down) await queryRunner.query(statement);
  }
}
