import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { synchronize } from '../harness/synchronize.ts';
import { useService } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';

const few = 500;
const times = 8;
/** Enough for the planner to believe that it knows the tables. */
const peopleElsewhere = 6_000;
/** Where the whole workspace is read for each person, the rows are 64 times as many, and more. */
const rowsTimesMax = times * 3;
/** An idle connection of PostgreSQL tells within ten seconds what it has read. */
const toldWithinMs = 11_000;

const service = useService();

it('previews and synchronizes a workspace that the statistics do not know yet by reading as many rows for each person', async () => {
  // Otherwise PostgreSQL gets to know the workspace at some moment in between.
  await service.dataSource.query(`DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT relname FROM pg_stat_user_tables LOOP
      EXECUTE format('ALTER TABLE %I SET (autovacuum_enabled = false)', name);
    END LOOP; END $$`);
  const elsewhere = await givenWorkspace(service);
  await seedDirectory(elsewhere.id, peopleElsewhere);
  await synchronize(elsewhere.admin);
  await service.dataSource.query('ANALYZE');
  const before = await rowsReadSoFar();
  await previewAndSynchronize(few);
  const between = await rowsReadSoFar();
  await previewAndSynchronize(few * times);
  const [ofFew, ofMany] = [between - before, (await rowsReadSoFar()) - between];
  expect(ofFew).toBeGreaterThan(few);
  expect(ofMany / ofFew).toBeLessThan(rowsTimesMax);
});

/** Makes members of so many people in a workspace of their own. */
async function previewAndSynchronize(people: number): Promise<void> {
  const { id, admin } = await givenWorkspace(service);
  await seedDirectory(id, people);
  const { body } = await admin.get('/api/user-provisioning').expect(200);
  expect(body).toMatchObject({ pending: { create: people } });
  await synchronize(admin);
}

async function rowsReadSoFar(): Promise<number> {
  await sleep(toldWithinMs);
  const [{ rows }] = await service.dataSource.query<[{ rows: string }]>(
    'SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) AS rows FROM pg_stat_user_tables',
  );
  return Number(rows);
}

/** People in the directory and the queue, as SCIM would have left them there. */
async function seedDirectory(workspaceId: string, count: number): Promise<void> {
  await service.dataSource.query(
    `WITH person AS (
       SELECT n, uuidv7() AS id, 'person' || n || '@example.com' AS name FROM generate_series(1, $2::int) AS n
     ), arrived AS (
       INSERT INTO directory_user
         (workspace_id, id, external_id, user_name, user_name_key, active, resource, created_at, modified_at, counted)
       SELECT $1, id, 'object-' || n, name, name, true, jsonb_build_object('userName', name, 'active', true,
           'emails', jsonb_build_array(jsonb_build_object('type', 'work', 'primary', true, 'value', name)),
           'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', jsonb_build_object(
             'manager', jsonb_build_object('value', 'object-' || (n / 10 + 1)))), $3, $3, true
       FROM person
     ), counted AS (
       INSERT INTO directory_count (workspace_id, slot, users, groups) VALUES ($1, 1, $2, 0)
     )
     INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
     SELECT $1, id, gen_random_uuid(), 'created', $3 FROM person`,
    [workspaceId, count, service.clock.now()],
  );
}
