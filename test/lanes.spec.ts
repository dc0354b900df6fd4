import { request as httpRequest, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lanes } from '../src/database/lanes/lane.ts';
import { startService, type Service } from './harness/service.ts';
import { allMembers, synchronize } from './harness/synchronize.ts';
import { givenWorkspace, signIn, type TestWorkspace } from './harness/workspace.ts';
import { givenUser, patchOf, type ListBody, type Resource } from './scim/directory.ts';

/** Each of these people takes a search by their title as long as a long filter would; all take more than one may. */
const slowPeople = 400;
const slowMs = 25;
const pauseMs = 200;

let service: Service;
let greedy: TestWorkspace;
let other: TestWorkspace;
let person: Resource;

beforeAll(async () => {
  service = await startService();
  greedy = await givenWorkspace(service, { name: 'Greedy' });
  other = await givenWorkspace(service, { name: 'Other' });
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
async function searching(): Promise<number> {
  const [row] = await service.dataSource.query<{ n: number }[]>(
    `SELECT count(*)::int AS n FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event = 'PgSleep'`,
  );
  return row?.n ?? 0;
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

  it('the others read before its first search has ended', async () => {
    const ended = answers.filter(({ status }) => status === 400).length;
    for (let times = 0; times < 50; times += 1) await other.scim.get(`/Users/${person.id}`).expect(200);
    expect(answers.filter(({ status }) => status === 400).length - ended).toBeLessThanOrEqual(2);
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
    const { id, userName } = await givenUser(greedy.scim);
    await greedy.scim.get(`/Users/${id}`).expect(200);
    const filter = encodeURIComponent(`userName eq "${String(userName)}"`);
    const { body } = await greedy.scim.get(`/Users?filter=${filter}`).expect(200);
    expect((body as ListBody).totalResults).toBe(1);
    await greedy.admin.get('/api/user-provisioning').expect(200);
  });

  it('it is told what it may do: narrow the filter, or come back', async () => {
    while (!answers.some(({ status }) => status === 400)) await sleep(50);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400, 429]));
    const tooMany = answers.find(({ status }) => status === 400);
    expect(tooMany?.body).toMatchObject({ scimType: 'tooMany', status: '400' });
    expect((tooMany?.body as { detail: string }).detail).toMatch(/5 seconds.*Narrow the filter/);
    const busy = answers.find(({ status }) => status === 429);
    expect(busy?.retryAfter).toBe('5');
    expect(busy?.body).toMatchObject({ status: '429' });
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
