import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What of a SCIM request was not read as it came: few requests have any, so it stands in a table of its own. */
export class ReadingNotes1817000000000 implements MigrationInterface {
  name = 'ReadingNotes1817000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE provisioning_log_note (
      workspace_id uuid NOT NULL,
      entry_id uuid NOT NULL,
      position integer NOT NULL,
      resource_id text,
      at timestamptz NOT NULL,
      notes jsonb NOT NULL,
      PRIMARY KEY (workspace_id, entry_id, position)
    )`);
    await queryRunner.query(
      `CREATE INDEX provisioning_log_note_resource ON provisioning_log_note (workspace_id, resource_id, at)`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE provisioning_log_note');
  }
}
