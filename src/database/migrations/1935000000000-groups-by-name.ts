import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropIndexes, makeIndexes } from './indexes-without-locks.ts';

/** As `groupNameKeyMaxChars`: an index takes so much of every name. */
const keyMaxChars = 500;

const indexes = {
  directory_group_by_name: `directory_group (workspace_id, (left(display_name_key, ${keyMaxChars})), id)`,
  member_group_by_name: `member_group (workspace_id, (left(scim_fold(name), ${keyMaxChars}) COLLATE "C"), id)`,
};

/** Lists of groups by name read a page from an index. Nothing is locked while it is made. */
export class GroupsByName1935000000000 implements MigrationInterface {
  name = 'GroupsByName1935000000000';
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await makeIndexes(queryRunner, indexes);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropIndexes(queryRunner, indexes);
  }
}
