import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plainHttp } from '../harness/plain-http.ts';
import { DataSource } from 'typeorm';
import { cloneDatabase, closeBeforeDrop } from '../harness/database.ts';
import { type ServiceProcess, startServiceProcess } from '../harness/process.ts';
import { eventually, type Run, runEnded } from '../harness/synchronize.ts';
import { adminClient, type Client, givenWorkspace, type TestWorkspace } from '../harness/workspace.ts';

const people = 6000;
const operatorToken = 'operator-token-of-the-tests';

describe('a run whose process is killed', () => {
  let database: DataSource;
  let service: ServiceProcess;
  let workspace: TestWorkspace;
  let environment: Record<string, string>;

  beforeAll(async () => {
    const { url } = await cloneDatabase();
    environment = { DATABASE_URL: url, OPERATOR_TOKEN: operatorToken };
    database = await new DataSource({ type: 'postgres', url }).initialize();
    closeBeforeDrop(() => database.destroy());
    service = await startServiceProcess(environment);
    workspace = await givenWorkspace(hostOf(service));
    await seedDirectory(database, workspace.id);
  });

  afterAll(async () => {
    await service.stop();
  });

  it('is taken over within 30 seconds and makes every change exactly once', async () => {
    const started = await workspace.admin.post('/api/sync-runs', {}).expect(202);
    const { id } = started.body;
    const seen = await eventually(() => progressOf(workspace.admin, id));
    await service.stop('SIGKILL');
    expect(seen.done).toBeLessThan(people);

    service = await startServiceProcess(environment);
    const backAt = performance.now();
    const admin = adminClient(hostOf(service), workspace.adminToken);
    const run = await runEnded(admin, id);
    expect(performance.now() - backAt).toBeLessThan(30_000);
    expect(run).toMatchObject({ state: 'succeeded', total: people, done: people, error: null });
    expect(run.counts.create).toBe(people);

    const [counted] = await database.query<Record<string, number>[]>(
      `SELECT (SELECT count(*)::int FROM member WHERE workspace_id = $1 AND status = 'active') AS members,
              (SELECT count(*)::int FROM sync_change WHERE workspace_id = $1 AND run_id = $2 AND state = 'made') AS changes,
              (SELECT count(DISTINCT member_id)::int FROM sync_change WHERE workspace_id = $1) AS changed,
              (SELECT count(*)::int FROM sync_queue WHERE workspace_id = $1) AS queued`,
      [workspace.id, id],
    );
    expect(counted).toEqual({ members: people, changes: people, changed: people, queued: 0 });
  });
});

function hostOf({ url }: ServiceProcess) {
  return { http: plainHttp(url), config: { operatorToken } };
}

/** The run once it has done something and is not at its end. */
async function progressOf(admin: Client, id: string): Promise<Run | null> {
  const { body } = await admin.get(`/api/sync-runs/${id}`).expect(200);
  const run = body;
  return run.done > 0 ? run : null;
}

/** A company as large as no test would push over HTTP, put where SCIM would have put it. */
async function seedDirectory(database: DataSource, workspaceId: string): Promise<void> {
  await database.query(
    `WITH person AS (
       SELECT gen_random_uuid() AS id, 'person' || n || '@example.com' AS name, 'object-' || n AS external
       FROM generate_series(1, $2::int) AS n
     ), arrived AS (
       INSERT INTO directory_user
         (workspace_id, id, external_id, user_name, user_name_key, active, resource, created_at, modified_at)
       SELECT $1, id, external, name, name, true, jsonb_build_object('userName', name, 'externalId', external,
         'active', true, 'displayName', name, 'emails', jsonb_build_array(
           jsonb_build_object('type', 'work', 'primary', true, 'value', name))), now(), now()
       FROM person
     )
     INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
     SELECT $1, id, gen_random_uuid(), 'created', now() FROM person`,
    [workspaceId, people],
  );
}
