import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Few of a run's changes are held, or wait for a manager or another person at its end: they are found without reading
 * through all the others, which had just been written. And a page of members has room for the next version of some of
 * them: what changes of a member is in no index as a rule, so none has to be touched.
 */
export class LighterRuns1798000000000 implements MigrationInterface {
  name = 'LighterRuns1798000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE INDEX sync_change_held ON sync_change (workspace_id, run_id) WHERE state = 'held'`,
    );
    await queryRunner.query(
      `CREATE INDEX sync_change_waiting ON sync_change (workspace_id, run_id)
       WHERE reason #> '{params,managerPending}' IS NOT NULL OR reason #> '{params,referencesPending}' IS NOT NULL`,
    );
    await queryRunner.query('ALTER TABLE member SET (fillfactor = 90)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE member RESET (fillfactor)');
    await queryRunner.query('DROP INDEX sync_change_waiting');
    await queryRunner.query('DROP INDEX sync_change_held');
  }
}
