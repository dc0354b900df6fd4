import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { pg } from '../harness/one-query-at-a-time.ts';
import { plainHttp } from '../harness/plain-http.ts';
import { runningDatabaseUrl } from '../../src/database/embedded/embedded-postgres.ts';
import { closeBeforeDrop } from '../harness/database.ts';
import { changePerson, personBody } from '../harness/directory-person.ts';
import { makeDataDir, readOperatorToken, type ServiceProcess, spawnService } from '../harness/process.ts';
import { eventually, runEnded, synchronize } from '../harness/synchronize.ts';
import { givenWorkspace, type TestWorkspace } from '../harness/workspace.ts';

const canary = 'Kanarienvogel';
const address = `anna.${canary}@vogel.example`;
const secret = 'Hunter2-Hunter2';

/** A line of the service's log. */
interface Line {
  msg: string;
  workspace?: string;
  requestId?: string;
  runId?: string;
  err?: { message: string; code?: string; constraint?: string };
}

let service: ServiceProcess;
let dataDir: string;
let database: pg.Client;
let host: Parameters<typeof givenWorkspace>[0];
let workspace: TestWorkspace;

beforeAll(async () => {
  const made = await makeDataDir();
  dataDir = made.dataDir;
  service = await spawnService({ DATA_DIR: dataDir, LOG_LEVEL: 'debug' });
  closeBeforeDrop(async () => {
    await database?.end();
    await service.stop();
    await made.remove();
  });
  await service.ready();
  host = { http: plainHttp(service.url), config: { operatorToken: await readOperatorToken(dataDir) } };
  database = new pg.Client({ connectionString: runningDatabaseUrl(dataDir) ?? '' });
  await database.connect();
  workspace = await givenWorkspace(host, { adminEmail: `admin.${address}` });
}, 300_000);

function lines(): Line[] {
  return service
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
}

function lineOf(isMeant: (line: Line) => boolean): Promise<Line> {
  return eventually(() => Promise.resolve(lines().find(isMeant) ?? null));
}

/** Has PostgreSQL fail on a table in a way that repeats the row. */
async function whileFailing(table: string, body: string, work: () => Promise<unknown>): Promise<void> {
  await database.query(
    `CREATE OR REPLACE FUNCTION fail_${table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} RETURN NEW; END $$`,
  );
  await database.query(
    `CREATE TRIGGER fail BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION fail_${table}()`,
  );
  try {
    await work();
  } finally {
    await database.query(`DROP TRIGGER fail ON ${table}`);
  }
}

const raise = (code: string) =>
  `RAISE EXCEPTION 'refused: %', NEW USING ERRCODE = '${code}', DETAIL = NEW::text, HINT = NEW::text;`;

/** What is no fault of the data, so that nobody's part of it can be put aside. */
const bugOfServer = 'XX000';

describe('no person and no secret is in a log file', () => {
  it('of what is asked, wherever it stands', async () => {
    const { scim, admin, operator } = workspace;
    await scim.post('/Users', personBody(address, { name: { familyName: canary } })).expect(201);
    await scim.post('/Users', personBody(address)).expect(409);
    await scim.get(`/Users/${address}`).expect(404);
    await scim.delete(`/Groups/${canary}`).expect(404);
    await scim.get(`/Users?filter=userName+eq+"${address}"&${canary}=1&${address}`).expect(200);
    await scim.get(`/Users?filter=${canary}`).expect(400);
    await scim.get(`/Users?filter=password+eq+"${secret}"`).expect(403);
    await scim.post('/Users/.search', { filter: `password eq "${secret}"` });
    await scim.get(`/${canary}/${address}`).expect(404);
    await scim.post('/Users', { userName: [canary, { [canary]: address }] });
    await admin.get(`/api/members/${address}`).expect(404);
    await admin.post('/api/members', { email: address, [canary]: canary }).expect(400);
    await admin.post('/api/members', { email: address }).expect(201);
    await admin.post('/api/members', { email: address }).expect(409);
    await operator.post('/operator/workspaces', { name: canary, [canary]: 1 }).expect(400);
    await host.http.get(`/settings/members/${address}`);
    await host.http.get(`/${canary}?${address}`);
    await host.http.post('/api/session').set('Content-Type', 'application/json').send(`{"a": ${canary}}`);
    await host.http.post('/api/session').send({ code: canary }).expect(401);
    await lineOf(({ msg }) => msg.startsWith('request'));
  });

  it.each([
    ['P0001', raise('P0001')],
    ['XX000', raise(bugOfServer)],
    ['22012', 'PERFORM length(NEW.user_name) / 0;'],
    ['23514', `RAISE check_violation USING MESSAGE = NEW::text, DETAIL = NEW::text;`],
  ])('of a request that fails in the database with %s', async (code, body) => {
    await whileFailing('directory_user', body, async () => {
      await workspace.scim.post('/Users', personBody(`x${code}${address}`));
    });
    const line = await lineOf(({ err }) => err?.code === code);
    expect(line.err?.message).toMatch(/^PostgreSQL: .+ \(SQLSTATE \w{5}\)$/);
  });

  it('of a constraint that a row breaks', async () => {
    await database.query(
      `ALTER TABLE directory_user ADD CONSTRAINT unbroken CHECK (user_name NOT LIKE '%broken%')`,
    );
    await workspace.scim.post('/Users', personBody(`broken${address}`));
    await database.query('ALTER TABLE directory_user DROP CONSTRAINT unbroken');
    await lineOf(({ err }) => err?.constraint === 'unbroken');
  });

  it('of what is written in the background', async () => {
    await whileFailing('provisioning_log', raise('P0001'), async () => {
      await workspace.scim.get(`/Users/${address}`).expect(404);
      await lineOf(({ msg }) => msg.includes('put aside'));
    });
  });

  it('of a run that fails, whose line names its own workspace and no request that poked it', async () => {
    const other = await givenWorkspace(host);
    await other.scim.post('/Users', personBody(`other.${address}`)).expect(201);
    await whileFailing('member', raise(bugOfServer), async () => {
      const runId = '0198f2a4-7c1e-7abc-8def-0123456789ab';
      await database.query(
        `INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, created_at)
         VALUES ($1, $2, 'nightly', 'queued', 'system', now())`,
        [other.id, runId],
      );
      const { body } = await workspace.admin.post('/api/sync-runs', {}).expect(202);
      const line = await lineOf((each) => each.msg === 'A run failed' && each.runId === runId);
      expect(line).toMatchObject({ workspace: other.id, err: { code: bugOfServer } });
      expect(line.requestId).toBeUndefined();
      const mine = await lineOf((each) => each.msg === 'A run failed' && each.runId === body.id);
      expect(mine).toMatchObject({ workspace: workspace.id });
      expect(mine.requestId).toBeUndefined();
      const { body: run } = await other.admin.get(`/api/sync-runs/${runId}`).expect(200);
      expect(JSON.stringify(run)).not.toMatch(/refused|Kanarienvogel/);
      await database.query(`DELETE FROM sync_run WHERE state <> 'succeeded'`);
    });
    expect(await synchronize(other.admin)).toMatchObject({ state: 'succeeded' });
  });

  it('of a person whose change is refused in a run', async () => {
    const { scim, admin } = await givenWorkspace(host);
    await scim.post('/Users', personBody(`refused.${address}`)).expect(201);
    await whileFailing('member', raise('P0001'), async () => {
      expect(await synchronize(admin)).toMatchObject({ counts: { conflict: 1 } });
      await lineOf(({ msg }) => msg === 'What was decided about a person cannot be written');
    });
  });

  it('of a leaver who cannot be switched off', async () => {
    const { scim, admin } = workspace;
    const { body: made } = await scim.post('/Users', personBody(`leaver.${address}`)).expect(201);
    await runEnded(admin, (await admin.post('/api/sync-runs', {}).expect(202)).body.id);
    await whileFailing('member', raise(bugOfServer), async () => {
      await changePerson(scim, (made as { id: string }).id, { active: false });
      const line = await lineOf(({ msg }) => msg === 'Handling the leavers of a workspace failed');
      expect(line).toMatchObject({ workspace: workspace.id });
      expect(line.requestId).toBeUndefined();
    });
  });

  it('of a person who is exported and erased, and of who is refused', async () => {
    const { scim, admin, operator, id } = await givenWorkspace(host);
    const { body: made } = await scim.post('/Users', personBody(`erased.${address}`)).expect(201);
    const userId = (made as { id: string }).id;
    await runEnded(admin, (await admin.post('/api/sync-runs', {}).expect(202)).body.id);
    const path = `/operator/workspaces/${id}/directory-users/${userId}` as const;
    await operator.get(`${path}/export`).expect(200);
    await operator.post(`${path}/erase`, { reason: `Asked by ${address}` }).expect(200);
    await scim.post('/Users', personBody(`erased.${address}`)).expect(201);
    await host.http.get('/scim/v2/Users').set('Authorization', `Bearer ${address}`).expect(401);
    await operator.get('/operator/audit').expect(200);
    await operator.get(`/operator/workspaces/${id}/members/ext:${address}`).expect(404);
  });

  it('as a search through the whole of both files shows', async () => {
    await sleep(1_000);
    const said = service.output();
    expect(lines().filter(({ err }) => err !== undefined).length).toBeGreaterThan(4);
    for (const word of [canary.toLowerCase(), 'vogel.example', secret.toLowerCase()]) {
      expect(said.split('\n').filter((line) => line.toLowerCase().includes(word))).toEqual([]);
    }
    const file = join(dataDir, 'postgresql.log');
    expect(existsSync(file)).toBe(true);
    const ofPostgres = readFileSync(file, 'utf8').toLowerCase();
    expect(ofPostgres).toContain('ready to accept connections');
    for (const word of [canary.toLowerCase(), 'vogel.example', 'refused', secret.toLowerCase()]) {
      expect(ofPostgres).not.toContain(word);
    }
  });
});
