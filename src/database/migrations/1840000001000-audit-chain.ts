import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Records of the audit log are numbered and chained by hashes, and say where they came from. Records of before have no
 * number, nor have those of an earlier version that still runs while it is replaced.
 */
export class AuditChain1840000001000 implements MigrationInterface {
  name = 'AuditChain1840000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE audit_log
        ADD COLUMN sequence bigint,
        ADD COLUMN previous_hash bytea,
        ADD COLUMN hash bytea,
        ADD COLUMN salt bytea,
        ADD COLUMN redacted jsonb,
        ADD COLUMN session_id uuid,
        ADD COLUMN address text,
        ADD COLUMN request_id text`);
    await queryRunner.query(
      'CREATE UNIQUE INDEX audit_log_sequence ON audit_log (workspace_id, sequence) WHERE sequence IS NOT NULL',
    );
    await queryRunner.query(`
      CREATE TABLE audit_head (
        workspace_id uuid NOT NULL,
        sequence bigint NOT NULL,
        hash bytea NOT NULL,
        published bigint NOT NULL DEFAULT 0,
        pruned bigint NOT NULL DEFAULT 0,
        pruned_hash bytea,
        CONSTRAINT audit_head_pkey PRIMARY KEY (workspace_id)
      )`);
    await queryRunner.query(
      'CREATE INDEX audit_head_unpublished ON audit_head (workspace_id) WHERE sequence > published',
    );
    await queryRunner.query(`
      CREATE TABLE audit_publication (
        is_only boolean NOT NULL DEFAULT true,
        position bigint NOT NULL,
        CONSTRAINT audit_publication_pkey PRIMARY KEY (is_only),
        CONSTRAINT audit_publication_is_only_check CHECK (is_only)
      )`);
    await queryRunner.query('INSERT INTO audit_publication (position) VALUES (0)');
    await queryRunner.query(`
      CREATE TABLE published_audit (
        position bigint NOT NULL,
        workspace_id uuid NOT NULL,
        first_sequence bigint NOT NULL,
        last_sequence bigint NOT NULL,
        CONSTRAINT published_audit_pkey PRIMARY KEY (position)
      )`);
    await queryRunner.query('CREATE INDEX published_audit_workspace ON published_audit (workspace_id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE published_audit');
    await queryRunner.query('DROP TABLE audit_publication');
    await queryRunner.query('DROP TABLE audit_head');
    await queryRunner.query('DROP INDEX audit_log_sequence');
    await queryRunner.query(`
      ALTER TABLE audit_log
        DROP COLUMN sequence, DROP COLUMN previous_hash, DROP COLUMN hash, DROP COLUMN salt, DROP COLUMN redacted,
        DROP COLUMN session_id, DROP COLUMN address, DROP COLUMN request_id`);
  }
}
