import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { company, type Company } from './company.ts';
import { hasFailed } from './cycle-report.ts';
import { differences, readManager, type JsonObject } from './entra-mapping.ts';
import type { Dialect } from './entra-messages.ts';
import { EntraClient } from './entra.ts';
import { FakeScimService, memberIds } from '../test/harness/fake-scim-service.ts';
import { nextDay } from './next-day.ts';

let service: FakeScimService;
let baseUrl: string;

beforeEach(async () => {
  service = new FakeScimService();
  baseUrl = await service.start();
});

afterEach(() => service.stop());

function entra(dialect: Dialect = 'default'): EntraClient {
  return new EntraClient({ baseUrl, token: 'secret', dialect, retryDelayMs: 1 });
}

/** The service holds exactly what the identity provider has: people, managers, groups and members. */
function expectSame(state: Company): void {
  const users = new Map([...service.users.values()].map((user) => [user.externalId, user]));
  const idOf = (objectId: string | null): unknown =>
    objectId === null ? undefined : users.get(objectId)?.id;
  expect(users.size).toBe(state.people.length);
  for (const person of state.people) {
    const user = users.get(person.objectId) as JsonObject;
    expect(differences(person, user)).toEqual([]);
    expect(readManager(user)).toEqual(idOf(person.managerId));
  }
  const groups = new Map([...service.groups.values()].map((group) => [group.externalId, group]));
  expect(groups.size).toBe(state.groups.length);
  for (const group of state.groups) {
    const stored = groups.get(group.objectId) as JsonObject;
    const present = memberIds(stored).filter((id) => service.users.has(id));
    expect(stored.displayName).toBe(group.displayName);
    expect(present.toSorted()).toEqual(group.members.map((id) => idOf(id)).toSorted());
  }
}

describe('Test Connection', () => {
  it('is positive on an empty list, and speaks as Entra does', async () => {
    expect(await entra().testConnection()).toMatchObject({ ok: true });
    const [request] = service.seen;
    expect(request?.url).toMatch(/^\/scim\/v2\/Users\?filter=userName\+eq\+%22[0-9a-f-]{36}%22$/);
    expect(request?.headers).toMatchObject({
      authorization: 'Bearer secret',
      adscimversion: '6.0',
      'user-agent': 'user-provisioning simulator (Entra ID)',
    });
  });

  it.each([
    [{ status: 404, body: '{"detail":"nothing found"}' }, /404: nothing found/],
    [{ status: 401, body: '<html>sign in</html>' }, /401: <html>/],
    [{ status: 200, body: '{"totalResults":0}' }, /without a list of Resources/],
    [{ status: 200, body: 'null' }, /without a list/],
    [{ status: 200, body: '{"Resources":[{}]}' }, /cannot exist/],
    [
      { status: 200, body: '{"Resources":[]}', headers: { 'content-type': 'text/html' } },
      /content type "text\/html"/,
    ],
    [{ status: 503, body: '' }, /no explanation/],
  ])('is negative on %j', async (answer, detail) => {
    service.fault = () => answer;
    const test = await entra().testConnection();
    expect(test.ok).toBe(false);
    expect(test.detail).toMatch(detail);
  });
});

describe.each<Dialect>(['default', 'flag'])('cycles in the %s dialect', (dialect) => {
  it('bring everybody, managers, groups and members; a second initial cycle changes nothing', async () => {
    const state = company(1, 60, 14);
    const first = await entra(dialect).initialCycle(state);
    expect(first.failures).toEqual([]);
    expect(first.users).toMatchObject({ created: 60, matched: 0, disabled: 1, managersSet: 59 });
    expect(first.groups).toMatchObject({ created: 14 });
    expectSame(state);

    service.seen.length = 0;
    const second = await entra(dialect).initialCycle(state);
    expect(second.users).toMatchObject({ created: 0, matched: 59, updated: 0, managersSet: 0 });
    expect(second.groups).toMatchObject({ created: 0, matched: 14, membersAdded: 0 });
    expect(service.seen.filter((request) => request.method !== 'GET')).toEqual([]);
  });

  it('bring the next days, also from a new process that has no ids', async () => {
    let before = company(2, 60, 14);
    await entra(dialect).initialCycle(before);
    for (let day = 1; day <= 3; day += 1) {
      const { company: after, events } = nextDay(before);
      const report = await entra(dialect).incrementalCycle(before, after);
      expect(report.failures).toEqual([]);
      expect(report.users).toMatchObject({ created: events.joiners.length, deleted: events.purged.length });
      expect(report.users).toMatchObject({
        disabled: events.leavers.length + events.tombstoned.length,
        restored: 1,
      });
      expectSame(after);
      before = after;
    }
    service.seen.length = 0;
    await entra(dialect).initialCycle(before);
    expect(service.seen.filter((request) => request.method !== 'GET')).toEqual([]);
  });
});

describe('the flag dialect', () => {
  it('says so in every URL, once', async () => {
    const client = new EntraClient({ baseUrl: `${baseUrl}/?aadOptscim062020`, token: 't', dialect: 'flag' });
    await client.initialCycle(company(1, 3, 1));
    for (const { url } of service.seen)
      expect(url).toMatch(/^\/scim\/v2\/(Users|Groups)[^?]*\?aadOptscim062020(&filter|&excl|$)/);
  });
});

describe('trouble', () => {
  it('is tried again when it may pass, and makes no duplicates when an answer was lost', async () => {
    let count = 0;
    service.fault = (request) => {
      count += 1;
      if (count % 7 !== 0) return null;
      if (request.method === 'POST') service.handle(request);
      return count % 2 === 0 ? { status: 503 } : { status: 429, headers: { 'retry-after': '0' } };
    };
    const state = company(1, 30, 4);
    const report = await entra().initialCycle(state);
    expect(report.failures).toEqual([]);
    expect(report.retries).toBeGreaterThan(5);
    expectSame(state);
  });

  it('that stays with one person is reported, and the others are provisioned', async () => {
    const state = company(1, 20, 0);
    service.fault = ({ method, body }) =>
      method === 'POST' && (body as JsonObject).externalId === state.people[0]?.objectId
        ? { status: 409, body: '{"detail":"userName is taken"}' }
        : null;
    const report = await entra().initialCycle(state);
    expect(report.failures).toEqual([
      {
        subject: state.people[0]?.displayName,
        kind: 'POST /Users',
        status: 409,
        detail: 'userName is taken',
      },
    ]);
    expect(report.requests).toContainEqual(
      expect.objectContaining({ kind: 'POST /Users', status: 409, count: 1 }),
    );
    expect(hasFailed(report)).toBe(true);
    expect(service.users.size).toBe(19);
  });

  it.each([
    [{ status: 401, body: '{"detail":"token revoked"}' }, /401: token revoked/],
    [{ status: 404, body: '' }, /must answer 200/],
    [{ status: 200, body: '[1,2' }, /no list of Resources/],
  ])('that makes work impossible ends in quarantine: %j', async (answer, reason) => {
    service.fault = () => answer;
    const report = await entra().initialCycle(company(1, 100, 5));
    expect(report.quarantined).toMatch(reason);
    expect(service.seen.length).toBeLessThan(20);
  });

  it.each(['null', '{}', '{"id":7}', 'oops', ''])(
    'a creation answered with %j is a failure',
    async (body) => {
      service.fault = ({ method }) => (method === 'POST' ? { status: 201, body } : null);
      const report = await entra().initialCycle(company(1, 3, 1));
      expect(report.failures).toHaveLength(4);
      expect(report.failures[0]?.detail).toMatch(/no id/);
    },
  );

  it.each(['null', '7', '{"Resources":[null,{"id":3}]}', '{"emails":[null,{"type":"work"}]}'])(
    'a body such as %j is survived',
    async (body) => {
      const before = company(1, 30, 3);
      await entra().initialCycle(before);
      service.fault = ({ method, url }) =>
        method === 'GET' && !url.includes('filter') ? { status: 200, body } : null;
      const report = await entra().incrementalCycle(before, nextDay(before).company);
      expect(report.quarantined).toBeNull();
    },
  );
});
