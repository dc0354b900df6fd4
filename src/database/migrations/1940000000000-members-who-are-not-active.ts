import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropIndexes, makeIndexes } from './indexes-without-locks.ts';

const indexes = { member_not_active: `member (workspace_id, status, id) WHERE status <> 'active'` };

/** Members who are not active are counted from an index, however many are. Nothing is locked while it is made. */
export class MembersWhoAreNotActive1940000000000 implements MigrationInterface {
  name = 'MembersWhoAreNotActive1940000000000';
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await makeIndexes(queryRunner, indexes);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropIndexes(queryRunner, indexes);
  }
}
