import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The digest of the members of each workspace, which is kept and brought forward by events. */
export class MemberDigests1831000002000 implements MigrationInterface {
  name = 'MemberDigests1831000002000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE member_digest (
      workspace_id uuid PRIMARY KEY,
      sequence bigint NOT NULL,
      counts bytea NOT NULL,
      sums bytea NOT NULL
    )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE member_digest');
  }
}
