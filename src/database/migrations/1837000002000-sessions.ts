import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sessions that can be told apart and that end when they are not used. An earlier version still signs admins in while it is
 * replaced: its sessions get an id by default, and count as used when they were opened.
 */
export class Sessions1837000002000 implements MigrationInterface {
  name = 'Sessions1837000002000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE admin_session
        ADD COLUMN id uuid NOT NULL DEFAULT md5(gen_random_uuid()::text)::uuid,
        ADD COLUMN last_used_at timestamptz,
        ADD COLUMN user_agent text,
        ADD COLUMN address text`);
    await queryRunner.query('DROP INDEX admin_session_workspace');
    await queryRunner.query('CREATE UNIQUE INDEX admin_session_id ON admin_session (workspace_id, id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE INDEX admin_session_workspace ON admin_session (workspace_id)');
    await queryRunner.query('DROP INDEX admin_session_id');
    await queryRunner.query(`
      ALTER TABLE admin_session
        DROP COLUMN id, DROP COLUMN last_used_at, DROP COLUMN user_agent, DROP COLUMN address`);
  }
}
