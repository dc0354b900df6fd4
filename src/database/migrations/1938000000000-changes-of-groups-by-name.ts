import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropIndexes, makeIndexes } from './indexes-without-locks.ts';

/** As `groupNameKeyMaxChars`: an index takes so much of every name. */
const keyMaxChars = 500;

const indexes = {
  sync_group_change_by_name: `sync_group_change
         (workspace_id, run_id, (left(scim_fold(name), ${keyMaxChars}) COLLATE "C"), group_id)`,
};

/** What a run did to groups is read by their names, a page from an index. Nothing is locked while it is made. */
export class ChangesOfGroupsByName1938000000000 implements MigrationInterface {
  name = 'ChangesOfGroupsByName1938000000000';
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await makeIndexes(queryRunner, indexes);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropIndexes(queryRunner, indexes);
  }
}
