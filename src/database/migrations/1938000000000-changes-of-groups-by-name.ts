import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As `groupNameKeyMaxChars`: an index takes so much of every name. */
const keyMaxChars = 500;

const index = 'sync_group_change_by_name';

/** What a run did to groups is read by their names, a page from an index. Nothing is locked while it is made. */
export class ChangesOfGroupsByName1938000000000 implements MigrationInterface {
  name = 'ChangesOfGroupsByName1938000000000';
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    // One that was interrupted stays behind, and is of no use.
    await queryRunner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${index}`);
    await queryRunner.query(
      `CREATE INDEX CONCURRENTLY ${index} ON sync_group_change
         (workspace_id, run_id, (left(scim_fold(name), ${keyMaxChars}) COLLATE "C"), group_id)`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP INDEX ${index}`);
  }
}
