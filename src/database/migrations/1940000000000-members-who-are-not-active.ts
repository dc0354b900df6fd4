import type { MigrationInterface, QueryRunner } from 'typeorm';

const index = 'member_not_active';

/** Members who are not active are counted from an index, however many are. Nothing is locked while it is made. */
export class MembersWhoAreNotActive1940000000000 implements MigrationInterface {
  name = 'MembersWhoAreNotActive1940000000000';
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    // One that was interrupted stays behind, and is of no use.
    await queryRunner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${index}`);
    await queryRunner.query(
      `CREATE INDEX CONCURRENTLY ${index} ON member (workspace_id, status, id) WHERE status <> 'active'`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP INDEX ${index}`);
  }
}
