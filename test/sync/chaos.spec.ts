import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pg } from '../harness/one-query-at-a-time.ts';
import { plainHttp } from '../harness/plain-http.ts';
import { clusterDir } from '../../src/database/embedded/cluster.ts';
import { runningDatabaseUrl } from '../../src/database/embedded/embedded-postgres.ts';
import { readPostmasterFile } from '../../src/database/embedded/postmaster-file.ts';
import {
  makeDataDir,
  readOperatorToken,
  type ServiceProcess,
  startServiceProcess,
} from '../harness/process.ts';
import type { Run } from '../harness/synchronize.ts';
import {
  adminClient,
  type Client,
  givenWorkspace,
  scimClient,
  type TestWorkspace,
} from '../harness/workspace.ts';

/** `npm run test:chaos` kills more often, and a larger company. */
const kills = Number(process.env.CHAOS_KILLS ?? 2);
const people = Number(process.env.CHAOS_PEOPLE ?? 2500);

const resumesWithinMs = 30_000;
const killAfterMaxMs = 1500;
const pauseOfWriterMs = 20;

let folder: Awaited<ReturnType<typeof makeDataDir>>;
let service: ServiceProcess;
let workspace: TestWorkspace;
let operatorToken: string;
let stopWriting = false;

beforeAll(async () => {
  folder = await makeDataDir();
  service = await startServiceProcess({ DATA_DIR: folder.dataDir });
  operatorToken = await readOperatorToken(folder.dataDir);
  workspace = await givenWorkspace(hostNow());
  await sql(seed, [workspace.id, people]);
}, 120_000);

afterAll(async () => {
  await service.stop();
  await folder.remove();
});

describe('runs whose process and whose PostgreSQL are killed at random moments, while SCIM writes arrive', () => {
  it(
    `go on by themselves after each of ${kills} kills and lose and repeat nothing`,
    async () => {
      const writing = writeForEver();
      for (let n = 0; n < kills; n += 1) {
        const id = await runWithWork();
        await sleep(Math.random() * killAfterMaxMs);
        if (n % 3 === 1) await killPostgres();
        else await killService();
        await eventuallyOver(id);
      }
      stopWriting = true;
      await writing;
      await eventuallyOver(await requestRun());
      await eventuallyOver(await requestRun());
      expect(await faults()).toEqual({ strangers: 0, unsynced: 0, queued: 0, twice: 0, torn: 0, failed: 0 });
      expect(await written()).toBeGreaterThan(0);
    },
    kills * 60_000 + 120_000,
  );
});

/** The service may be another process, on another port, at each call. */
function hostNow() {
  return { http: plainHttp(service.url), config: { operatorToken } };
}

function admin(): Client {
  return adminClient(hostNow(), workspace.adminToken);
}

/** A run that has everybody to look at: each of them has something new. */
async function runWithWork(): Promise<string> {
  await sql(news, [workspace.id]);
  return requestRun();
}

/** Asks for a run until it is queued; another one that is on its way will do. */
async function requestRun(): Promise<string> {
  for (;;) {
    const { status, body } = await admin().post('/api/sync-runs', {});
    const { id, runId } = body as { id?: string; runId?: string };
    const found = status === 202 ? id : status === 409 ? runId : undefined;
    if (found !== undefined) return found;
    await sleep(100);
  }
}

async function killService(): Promise<void> {
  await service.stop('SIGKILL');
  service = await startServiceProcess({ DATA_DIR: folder.dataDir });
}

/** The service starts its database again; it is ready when that is back. */
async function killPostgres(): Promise<void> {
  const file = readPostmasterFile(clusterDir(folder.dataDir));
  if (file !== null) process.kill(file.pid, 'SIGKILL');
  await sleep(100);
  await service.ready();
}

/** From now on the run gets further at least every 30 seconds, and in the end it has succeeded. */
async function eventuallyOver(id: string): Promise<void> {
  let seen = -1;
  let deadline = performance.now() + resumesWithinMs;
  for (;;) {
    const { status, body } = await admin().get(`/api/sync-runs/${id}`);
    const run = body as Run;
    if (status === 200 && run.state !== 'queued' && run.state !== 'running') {
      expect(run).toMatchObject({ state: 'succeeded', error: null });
      return;
    }
    if (status === 200 && run.done > seen) {
      seen = run.done;
      deadline = performance.now() + resumesWithinMs;
    }
    if (performance.now() > deadline) throw new Error(`The run stands still: ${JSON.stringify(body)}`);
    await sleep(100);
  }
}

/** The identity provider writes on, whatever happens; what fails it does not repeat. */
async function writeForEver(): Promise<void> {
  for (let n = 0; !stopWriting; n += 1) {
    const number = 1 + Math.floor(Math.random() * people);
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
    const Operations = [{ op: 'replace', path: 'title', value: `Written ${n}` }];
    await scimClient(hostNow(), workspace.token)
      .patch(`/Users/${idOf(number)}`, { schemas, Operations })
      .then(
        () => undefined,
        () => undefined,
      );
    await sleep(pauseOfWriterMs);
  }
}

function idOf(number: number): string {
  return `01930000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

async function sql(statement: string, parameters: unknown[]): Promise<Record<string, number>[]> {
  for (;;) {
    const client = new pg.Client({ connectionString: runningDatabaseUrl(folder.dataDir) ?? '' });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<Record<string, number>>(statement, parameters)).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

async function faults(): Promise<Record<string, number> | undefined> {
  const [row] = await sql(faultsSql, [workspace.id]);
  return row;
}

async function written(): Promise<number> {
  const [row] = await sql(
    `SELECT count(*)::int AS count FROM member WHERE workspace_id = $1 AND job_title LIKE 'Written %'`,
    [workspace.id],
  );
  return row?.count ?? 0;
}

const seed = `
  WITH person AS (
    SELECT n, ('01930000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS id, 'person' || n || '@example.com' AS name
    FROM generate_series(1, $2::int) AS n
  )
  INSERT INTO directory_user
    (workspace_id, id, external_id, user_name, user_name_key, active, resource, created_at, modified_at)
  SELECT $1, id, 'object-' || n, name, name, true, jsonb_build_object('userName', name, 'externalId', 'object-' || n,
    'active', true, 'displayName', name, 'title', 'First', 'emails', jsonb_build_array(
      jsonb_build_object('type', 'work', 'primary', true, 'value', name))), now(), now()
  FROM person`;

/** Everybody gets another title, as if the identity provider had sent it. */
const news = `
  WITH changed AS (
    UPDATE directory_user SET version = version + 1, modified_at = now(),
      resource = jsonb_set(resource, '{title}', to_jsonb('News ' || version))
    WHERE workspace_id = $1 RETURNING id)
  INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
  SELECT $1, id, gen_random_uuid(), 'updated', now() FROM changed
  ON CONFLICT (workspace_id, directory_user_id) DO UPDATE SET version = excluded.version`;

/**
 * strangers: members that are nobody's; unsynced: people whose member says something else; twice: people who were
 * created more than once, or never; torn: changes that do not begin where the one before ended.
 */
const faultsSql = `
  SELECT
    (SELECT count(*)::int FROM member m WHERE m.workspace_id = $1 AND NOT EXISTS (
       SELECT 1 FROM directory_user u WHERE u.workspace_id = $1 AND u.id = m.id)) AS strangers,
    (SELECT count(*)::int FROM directory_user u LEFT JOIN member m ON m.workspace_id = $1 AND m.id = u.id
     WHERE u.workspace_id = $1 AND (m.job_title IS DISTINCT FROM u.resource ->> 'title' OR m.status <> 'active'
       OR m.email <> u.user_name)) AS unsynced,
    (SELECT count(*)::int FROM sync_queue WHERE workspace_id = $1) AS queued,
    (SELECT count(*)::int FROM directory_user u WHERE u.workspace_id = $1 AND 1 <> (
       SELECT count(*) FROM sync_change c
       WHERE c.workspace_id = $1 AND c.directory_user_id = u.id AND c.kind = 'create')) AS twice,
    (SELECT count(*)::int FROM (
       SELECT f ->> 'before' AS before, lag(f ->> 'after') OVER (PARTITION BY directory_user_id ORDER BY c.id) AS previous
       FROM sync_change c, jsonb_array_elements(c.fields) f
       WHERE c.workspace_id = $1 AND f ->> 'field' = 'jobTitle') chain
     WHERE before IS DISTINCT FROM previous) AS torn,
    (SELECT count(*)::int FROM sync_run WHERE workspace_id = $1 AND state <> 'succeeded') AS failed`;
