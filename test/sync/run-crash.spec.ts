import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plainHttp } from '../harness/plain-http.ts';
import { DataSource } from 'typeorm';
import { cloneDatabase, closeBeforeDrop } from '../harness/database.ts';
import { type ServiceProcess, startServiceProcess } from '../harness/process.ts';
import { eventually, type Run, runEnded } from '../harness/synchronize.ts';
import { adminClient, type Client, givenWorkspace, type TestWorkspace } from '../harness/workspace.ts';

const people = 4000;
const others = 500;
const operatorToken = 'operator-token-of-the-tests';

/** All nodes of a distributed database are asked every 30 seconds for runs that nobody works on. */
const takenOverWithinMs = process.env.TEST_CITUS_NODES === undefined ? 30_000 : 60_000;

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
    await seedDirectory(database, workspace.id, 'person', people);
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
    expect(performance.now() - backAt).toBeLessThan(takenOverWithinMs);
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

  it('is taken over as a run of chosen people where it was one, and leaves everybody else alone', async () => {
    const admin = adminClient(hostOf(service), workspace.adminToken);
    const directoryUserIds = await seedDirectory(database, workspace.id, 'chosen', people);
    await seedDirectory(database, workspace.id, 'other', others);
    const { body } = await admin.post('/api/sync-runs', { directoryUserIds }).expect(202);
    const seen = await eventually(() => progressOf(admin, body.id));
    await service.stop('SIGKILL');
    expect(seen.done).toBeLessThan(people);

    service = await startServiceProcess(environment);
    const run = await runEnded(adminClient(hostOf(service), workspace.adminToken), body.id);
    expect(run).toMatchObject({ state: 'succeeded', total: people, done: people, error: null });
    expect(run.counts.create).toBe(people);
    const [counted] = await database.query<Record<string, number>[]>(
      `SELECT (SELECT count(*)::int FROM member WHERE workspace_id = $1 AND email LIKE 'chosen%') AS chosen,
              (SELECT count(*)::int FROM member WHERE workspace_id = $1 AND email LIKE 'other%') AS others,
              (SELECT count(*)::int FROM sync_queue WHERE workspace_id = $1) AS queued,
              (SELECT count(*)::int FROM sync_run_person) AS noted`,
      [workspace.id],
    );
    expect(counted).toEqual({ chosen: people, others: 0, queued: others, noted: 0 });
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

/** A company as large as no test would push over HTTP, put where SCIM would have put it. @returns the people's ids */
async function seedDirectory(
  database: DataSource,
  workspaceId: string,
  name: string,
  count: number,
): Promise<string[]> {
  const rows = await database.query<{ id: string }[]>(
    `WITH person AS (
       SELECT gen_random_uuid() AS id, $3::text || n || '@example.com' AS name, $3::text || '-' || n AS external
       FROM generate_series(1, $2::int) AS n
     ), arrived AS (
       INSERT INTO directory_user
         (workspace_id, id, external_id, user_name, user_name_key, active, resource, created_at, modified_at)
       SELECT $1, id, external, name, name, true, jsonb_build_object('userName', name, 'externalId', external,
         'active', true, 'displayName', name, 'emails', jsonb_build_array(
           jsonb_build_object('type', 'work', 'primary', true, 'value', name))), now(), now()
       FROM person
     ), queued AS (
       INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
       SELECT $1, id, gen_random_uuid(), 'created', now() FROM person
     )
     SELECT id FROM person`,
    [workspaceId, count, name],
  );
  return rows.map(({ id }) => id);
}
