import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { lanes } from '../../src/database/lanes/lane.ts';
import type { SyncRunsService } from '../../src/sync/requests/sync-runs.service.ts';
import { allMembers, eventually, synchronize } from '../harness/synchronize.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { sleepingStatements } from '../harness/waiting-statements.ts';
import { signIn } from '../harness/workspace.ts';
import { givenUser, patchOf, type Resource, userBody } from '../scim/directory.ts';

/** Each of these people takes a search by their title as long as a long filter would; all take more than one may. */
const slowPeople = 400;
const slowMs = 25;
const pauseMs = 500;
const readsMax = 50;

const service = useService();
const greedy = useSharedWorkspace(service, { name: 'Greedy' });
const other = useSharedWorkspace(service, { name: 'Other' });
let person: Resource;

beforeAll(async () => {
  person = await givenUser(other.scim);
  const model = await givenUser(greedy.scim, { displayName: 'Same Name', title: 'slow' });
  await service.dataSource.query(
    `INSERT INTO directory_user (workspace_id, id, user_name, user_name_key, active, resource, display_name_hash,
       email_hashes, created_at, modified_at)
     SELECT workspace_id, gen_random_uuid(), 'slow' || n, 'slow' || n, active, resource, display_name_hash, email_hashes,
       created_at, modified_at
     FROM directory_user, generate_series(1, $2::int - 1) AS n WHERE id = $1`,
    [model.id, slowPeople],
  );
  await service.dataSource.query(
    `CREATE OR REPLACE FUNCTION scim_fold(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS $fn$
     BEGIN
       IF value = 'slow' THEN PERFORM pg_sleep(${slowMs / 1000}); END IF;
       RETURN lower(normalize(value, NFC)) COLLATE "C";
     END $fn$`,
  );
});

/** A search that takes longer than a list may. */
function slowSearch() {
  return greedy.scim.post('/Users/.search', {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
    filter: 'displayName eq "Same Name" and title co "zz"',
  });
}

/** How many slow searches PostgreSQL works on. */
const searching = () => sleepingStatements(service.dataSource);

/** On a busy machine, its requests also wait too long behind its searches, and are told to come back: as its client does. */
function comingBack<Answer>(ask: () => PromiseLike<Answer>): Promise<Answer> {
  return eventually(async () => {
    try {
      return await ask();
    } catch (error) {
      if (/got (?:429|503) /.test(String(error))) return null;
      throw error;
    }
  });
}

async function until(isSo: (n: number) => boolean): Promise<void> {
  while (!isSo(await searching())) await sleep(20);
}

describe('while one workspace searches for too much', () => {
  const answers: { status: number; body: unknown; retryAfter: string | undefined }[] = [];
  let goesOn = true;
  let attack: Promise<unknown>;

  beforeAll(async () => {
    const again = async () => {
      while (goesOn) {
        const { status, body, headers } = await slowSearch();
        answers.push({ status, body, retryAfter: headers['retry-after'] });
        if (status === 429) await sleep(pauseMs);
      }
    };
    attack = Promise.all(Array.from({ length: 60 }, again));
    await until((n) => n > 0);
  });

  afterAll(async () => {
    goesOn = false;
    await attack;
  });

  it('the others read without waiting for any search of it to end', async () => {
    const ended = () => answers.filter(({ status }) => status === 400).length;
    let unhurried = 0;
    for (let times = 0; times < readsMax; times += 1) {
      const before = ended();
      await other.scim.get(`/Users/${person.id}`).expect(200);
      if (ended() === before) unhurried += 1;
    }
    expect(unhurried).toBeGreaterThan(readsMax / 2);
  });

  it('it has no more than its share of the connections', async () => {
    for (let times = 0; times < 10; times += 1) {
      expect(await searching()).toBeLessThanOrEqual(2);
      await sleep(50);
    }
  });

  it('the others write, list, sign in and synchronize, and who leaves them is switched off', async () => {
    const userName = 'leaver@other.example';
    const leaver = await givenUser(other.scim, { userName, emails: [{ value: userName, primary: true }] });
    await other.scim.get('/Users?filter=title%20pr').expect(200);
    await synchronize(other.admin);
    expect(await signIn(service, other.id)).not.toBe('');
    await other.scim
      .patch(`/Users/${leaver.id}`, patchOf({ op: 'replace', path: 'active', value: false }))
      .expect(200);
    for (;;) {
      const member = (await allMembers(other.admin)).find(({ email }) => email === userName);
      if (member?.status === 'deactivated') break;
      await sleep(100);
    }
    await service.http.get('/health/ready').expect(200);
  });

  it('its own people are still found, written and shown', async () => {
    const { body: made } = await comingBack(() => greedy.scim.post('/Users', userBody({})).expect(201));
    await comingBack(() => greedy.scim.get(`/Users/${made.id}`).expect(200));
    const filter = encodeURIComponent(`userName eq "${String(made.userName)}"`);
    const { body } = await comingBack(() => greedy.scim.get(`/Users?filter=${filter}`).expect(200));
    expect(body.totalResults).toBe(1);
    await greedy.admin.get('/api/user-provisioning').expect(200);
  });

  it('it is told what it may do: narrow the filter, or come back', async () => {
    while (!answers.some(({ status }) => status === 400)) await sleep(50);
    // On a busy machine a search may also find no connection in time: it is told to come back, too.
    const statuses = new Set(answers.map(({ status }) => status));
    expect([400, 429, 503]).toEqual(expect.arrayContaining([...statuses]));
    for (const { status, retryAfter } of answers) if (status !== 400) expect(retryAfter).toMatch(/^\d+$/);
    const tooMany = answers.find(({ status }) => status === 400);
    const detail: unknown = expect.stringMatching(/5 seconds.*Narrow the filter/);
    expect(tooMany?.body).toMatchObject({ scimType: 'tooMany', status: '400', detail });
    const busy = answers.find(({ status }) => status === 429);
    expect(busy?.retryAfter).toBe('5');
    expect(busy?.body).toMatchObject({ status: '429' });
  });
});

describe('while the back end writes to a workspace that is locked', () => {
  it('the others write and read', async () => {
    const locking = service.dataSource.createQueryRunner();
    await locking.startTransaction();
    await locking.query('SELECT FROM workspace WHERE id = $1 FOR UPDATE', [greedy.id]);
    const writes = Array.from({ length: 2 * service.config.poolSize }, () =>
      greedy.operator
        .patch(`/operator/workspaces/${greedy.id}`, { name: 'Greedy' })
        .then(({ status }) => status),
    );
    try {
      await sleep(pauseMs);
      await other.admin.get('/api/members').expect(200);
      await other.scim
        .patch(`/Users/${person.id}`, patchOf({ op: 'replace', path: 'title', value: 'beside' }))
        .expect(200);
    } finally {
      await locking.rollbackTransaction();
      await locking.release();
    }
    expect(new Set(await Promise.all(writes))).toEqual(new Set([200]));
  });
});

describe('a statement', () => {
  /** Asks for the slow search and goes away when PostgreSQL is at it. */
  async function leaveEarly(): Promise<void> {
    const url = `${service.url}/scim/v2/Users?filter=${encodeURIComponent('title co "zz"')}`;
    const request = httpRequest(url, { headers: { Authorization: `Bearer ${greedy.token}` } });
    request.on('error', () => undefined);
    request.on('response', (response: IncomingMessage) => response.resume());
    request.end();
    await until((n) => n > 0);
    request.destroy();
  }

  it('ends when its client goes, long before its time is over', async () => {
    await until((n) => n === 0);
    const startedMs = performance.now();
    await leaveEarly();
    await until((n) => n === 0);
    expect(performance.now() - startedMs).toBeLessThan(lanes.list.statementMaxMs);
  });

  it('that is ended harms nobody who gets its connection next', async () => {
    const path = `/Users?filter=${encodeURIComponent('active eq true')}&count=1`;
    for (let times = 0; times < 10; times += 1) {
      await leaveEarly();
      const answers = await Promise.all([1, 2, 3, 4].map(() => other.scim.get(path)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    }
  });

  it('of a lookup finds all, however many bear the name', async () => {
    const filter = encodeURIComponent('displayName eq "Same Name"');
    const { body } = await greedy.scim.get(`/Users?filter=${filter}&count=20`).expect(200);
    expect(body).toMatchObject({ totalResults: slowPeople, itemsPerPage: 20 });
  });
});

describe('watching a run', () => {
  const open: ClientRequest[] = [];
  let runId: string;

  beforeAll(async () => {
    // Another process works on it, and never comes to its end.
    const [run] = await service.dataSource.query<{ id: string }[]>(
      `INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, created_at, started_at, lease_owner,
         lease_until)
       VALUES ($1, gen_random_uuid(), 'manual', 'running', 'admin@example.com', now(), now(), gen_random_uuid(),
         'infinity')
       RETURNING id`,
      [other.id],
    );
    runId = run?.id ?? '';
  });

  afterAll(() => {
    for (const request of open) request.destroy();
  });

  /** Opens a stream. @returns the status that it begins with */
  function watch(): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const headers = { Authorization: `Bearer ${other.adminToken}` };
      const request = httpRequest(`${service.url}/api/sync-runs/${runId}/events`, { headers });
      request.on('error', reject);
      request.on('response', (response: IncomingMessage) => {
        response.on('error', () => undefined);
        response.resume();
        resolve(response.statusCode);
      });
      request.end();
      open.push(request);
    });
  }

  /** How often the run is read while something takes a second. */
  async function readsOfRun(): Promise<number> {
    const read = jest.spyOn(service.provider<SyncRunsService>('SyncRunsService'), 'get');
    await sleep(1_000);
    const times = read.mock.calls.length;
    read.mockRestore();
    return times;
  }

  it('costs the database the same, however many watch, and one admin cannot have any number of streams', async () => {
    expect(await watch()).toBe(200);
    expect(await readsOfRun()).toBeGreaterThan(0);
    for (let streams = 1; streams < service.config.quotas.streamsPerSession; streams += 1)
      expect(await watch()).toBe(200);
    expect(await readsOfRun()).toBeLessThan(service.config.quotas.streamsPerSession);
    expect(await watch()).toBe(429);
    open.shift()?.destroy();
    while ((await watch()) === 429) await sleep(pauseMs);
  });
});
