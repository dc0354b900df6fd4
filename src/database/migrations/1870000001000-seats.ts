import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Seats: how many members of a workspace may be active, the people who wait for one, and the runs that give them one. */
export class Seats1870000001000 implements MigrationInterface {
  name = 'Seats1870000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE workspace
        ADD COLUMN seat_limit integer,
        ADD COLUMN seats_beyond text NOT NULL DEFAULT 'hold',
        ADD COLUMN seats_exhausted boolean NOT NULL DEFAULT false,
        ADD CONSTRAINT workspace_seat_limit_check CHECK (seat_limit >= 0) NOT VALID,
        ADD CONSTRAINT workspace_seats_beyond_check CHECK (seats_beyond IN ('hold', 'allow')) NOT VALID`);
    await queryRunner.query(
      'CREATE INDEX workspace_seats ON workspace (id) WHERE (seat_limit IS NOT NULL OR seats_exhausted)',
    );
    await setLinkStates(queryRunner, ['linked', 'conflict', 'held', 'excluded', 'suppressed', 'waiting']);
    await setTriggers(queryRunner, [...earlierTriggers, 'seat']);
    await setOneAtATime(queryRunner, ['manual', 'nightly', 'seat']);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`UPDATE sync_run SET trigger = 'nightly' WHERE trigger = 'seat'`);
    await setOneAtATime(queryRunner, ['manual', 'nightly']);
    await setTriggers(queryRunner, earlierTriggers);
    // People who wait are looked at again: an earlier version gives everybody a member.
    await queryRunner.query(`
      INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
      SELECT workspace_id, directory_user_id, gen_random_uuid(), 'settings', updated_at FROM sync_link
      WHERE state = 'waiting' ORDER BY workspace_id, directory_user_id
      ON CONFLICT (workspace_id, directory_user_id) DO NOTHING`);
    await queryRunner.query(`UPDATE sync_link SET state = 'linked', reason = NULL, directory_version = NULL
      WHERE state = 'waiting' AND member_id IS NOT NULL`);
    await queryRunner.query(`DELETE FROM sync_link WHERE state = 'waiting'`);
    await setLinkStates(queryRunner, ['linked', 'conflict', 'held', 'excluded', 'suppressed']);
    await queryRunner.query('DROP INDEX workspace_seats');
    await queryRunner.query(`
      ALTER TABLE workspace DROP COLUMN seat_limit, DROP COLUMN seats_beyond, DROP COLUMN seats_exhausted`);
  }
}

const earlierTriggers = ['manual', 'nightly', 'leaver', 'returner', 'undo', 'bring_back'];

function listed(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(', ');
}

async function setLinkStates(queryRunner: QueryRunner, states: readonly string[]): Promise<void> {
  await queryRunner.query('ALTER TABLE sync_link DROP CONSTRAINT sync_link_state_check');
  await queryRunner.query(
    `ALTER TABLE sync_link ADD CONSTRAINT sync_link_state_check CHECK (state IN (${listed(states)})) NOT VALID`,
  );
}

async function setTriggers(queryRunner: QueryRunner, triggers: readonly string[]): Promise<void> {
  await queryRunner.query('ALTER TABLE sync_run DROP CONSTRAINT sync_run_trigger_check');
  await queryRunner.query(
    `ALTER TABLE sync_run ADD CONSTRAINT sync_run_trigger_check CHECK (trigger IN (${listed(triggers)})) NOT VALID`,
  );
}

async function setOneAtATime(queryRunner: QueryRunner, triggers: readonly string[]): Promise<void> {
  await queryRunner.query('DROP INDEX sync_run_one_at_a_time');
  await queryRunner.query(
    `CREATE UNIQUE INDEX sync_run_one_at_a_time ON sync_run (workspace_id)
     WHERE state IN ('queued', 'running') AND trigger IN (${listed(triggers)})`,
  );
}
