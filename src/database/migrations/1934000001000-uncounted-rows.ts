import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropIndexes, makeIndexes } from './indexes-without-locks.ts';

const indexes = {
  directory_user_uncounted: 'directory_user (workspace_id, id) WHERE NOT counted',
  directory_group_uncounted: 'directory_group (workspace_id, id) WHERE NOT counted',
};

/** Finds those that the release before this one creates. There are none yet. Nothing is locked while it is made. */
export class UncountedRows1934000001000 implements MigrationInterface {
  name = 'UncountedRows1934000001000';
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await makeIndexes(queryRunner, indexes);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropIndexes(queryRunner, indexes);
  }
}
