import { expect, it } from '@jest/globals';
import { synchronize } from '../harness/synchronize.ts';
import { useService } from '../harness/use-service.ts';
import { givenWorkspace, type TestWorkspace } from '../harness/workspace.ts';

const people = 2_000;
/** Enough members elsewhere for the planner to believe that it knows the tables. */
const peopleElsewhere = 20_000;
/** A scan of the whole workspace for each person makes it seven, and more the more people there are. */
const timesDearerMax = 4;
const rounds = 3;

const service = useService();

it('previews a workspace that the statistics do not know yet about as fast as one that they do', async () => {
  const known = await givenWorkspace(service);
  const elsewhere = await givenWorkspace(service);
  await seedDirectory(elsewhere.id, peopleElsewhere);
  await synchronize(elsewhere.admin);
  await seedDirectory(known.id, people);
  await service.dataSource.query('ANALYZE');
  const fresh = await givenWorkspace(service);
  await seedDirectory(fresh.id, people);
  await previewMs(known);
  service.clock.advance({ seconds: 1 });
  // In turn, and the quickest of each: another process may have the processor at any moment.
  const quickestMs = { known: Infinity, fresh: Infinity };
  for (let round = 0; round < rounds; round += 1) {
    quickestMs.known = Math.min(quickestMs.known, await previewMs(known));
    quickestMs.fresh = Math.min(quickestMs.fresh, await previewMs(fresh));
  }
  expect(quickestMs.fresh / quickestMs.known).toBeLessThan(timesDearerMax);
});

/** Milliseconds that counting all pending changes takes. A new plan is made whenever the queue has changed. */
async function previewMs({ id, admin }: TestWorkspace): Promise<number> {
  await service.dataSource.query(
    `UPDATE sync_queue SET version = gen_random_uuid() WHERE workspace_id = $1 AND directory_user_id = (
       SELECT directory_user_id FROM sync_queue WHERE workspace_id = $1 LIMIT 1)`,
    [id],
  );
  const begun = performance.now();
  const { body } = await admin.get('/api/user-provisioning').expect(200);
  expect(body).toMatchObject({ pending: { create: people } });
  return performance.now() - begun;
}

/** People in the directory and the queue, as SCIM would have left them there. */
async function seedDirectory(workspaceId: string, count: number): Promise<void> {
  await service.dataSource.query(
    `WITH person AS (
       SELECT n, uuidv7() AS id, 'person' || n || '@example.com' AS name FROM generate_series(1, $2::int) AS n
     ), arrived AS (
       INSERT INTO directory_user
         (workspace_id, id, external_id, user_name, user_name_key, active, resource, created_at, modified_at)
       SELECT $1, id, 'object-' || n, name, name, true, jsonb_build_object('userName', name, 'active', true,
           'emails', jsonb_build_array(jsonb_build_object('type', 'work', 'primary', true, 'value', name)),
           'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', jsonb_build_object(
             'manager', jsonb_build_object('value', 'object-' || (n / 10 + 1)))), $3, $3
       FROM person
     )
     INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
     SELECT $1, id, gen_random_uuid(), 'created', $3 FROM person`,
    [workspaceId, count, service.clock.now()],
  );
}
