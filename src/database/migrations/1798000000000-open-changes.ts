import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Few of a run's changes are held, or wait for a manager or another person at its end: they are found without reading
 * through all the others, which had just been written.
 */
export class OpenChanges1798000000000 implements MigrationInterface {
  name = 'OpenChanges1798000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE INDEX sync_change_held ON sync_change (workspace_id, run_id) WHERE state = 'held'`,
    );
    await queryRunner.query(
      `CREATE INDEX sync_change_waiting ON sync_change (workspace_id, run_id)
       WHERE reason #> '{params,managerPending}' IS NOT NULL OR reason #> '{params,referencesPending}' IS NOT NULL`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX sync_change_waiting');
    await queryRunner.query('DROP INDEX sync_change_held');
  }
}
