import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { company } from './company.ts';
import { hasFailed } from './cycle-report.ts';
import { FakeScimService, memberIds } from '../test/harness/fake-scim-service.ts';
import { nextDay } from './next-day.ts';
import { OktaClient } from './okta.ts';

let service: FakeScimService;
let baseUrl: string;
let okta: OktaClient;

beforeEach(async () => {
  service = new FakeScimService();
  baseUrl = await service.start();
  okta = new OktaClient({ baseUrl, token: 'secret', retryDelayMs: 1 });
});

afterEach(() => service.stop());

describe('a simulated Okta', () => {
  it('tests the credentials by the first page, in Okta’s manner', async () => {
    expect(await okta.testConnection()).toMatchObject({ ok: true });
    const [request] = service.seen;
    expect(request?.url).toBe('/scim/v2/Users?startIndex=1&count=2');
    expect(request?.headers['user-agent']).toBe('user-provisioning simulator (Okta)');
  });

  it('says why the credentials are refused', async () => {
    service.fault = () => ({ status: 401, body: '{"detail":"bad token"}' });
    expect(await okta.testConnection()).toEqual({ ok: false, detail: 'GET /Users answered 401: bad token' });
  });

  it('brings everybody who is active, and the groups with their members', async () => {
    const state = company(3, 40, 4);
    const report = await okta.initialCycle(state);
    expect(report.failures).toEqual([]);
    const active = state.people.filter(({ accountEnabled }) => accountEnabled);
    expect([...service.users.values()].map(({ userName }) => userName).sort()).toEqual(
      active.map(({ userPrincipalName }) => userPrincipalName).sort(),
    );
    const activeIds = new Set(active.map(({ objectId }) => objectId));
    for (const group of state.groups) {
      const pushed = [...service.groups.values()].find(
        ({ displayName }) => displayName === group.displayName,
      );
      const expected = group.members.filter((id) => activeIds.has(id));
      expect(memberIds(pushed ?? {})).toHaveLength(expected.length);
    }
    expect(service.seen.some(({ url }) => url.includes('?filter=userName%20eq%20%22'))).toBe(true);
  });

  it('brings what the next day changed, remembering nobody, and deletes nobody', async () => {
    const monday = company(3, 60, 8);
    await okta.initialCycle(monday);
    const { company: tuesday, events } = nextDay(monday);
    const report = await new OktaClient({ baseUrl, token: 'secret' }).incrementalCycle(monday, tuesday);
    expect(report.failures).toEqual([]);
    expect(events.renamed).toHaveLength(1);
    expect(events.groupsRenamed).toHaveLength(1);
    const assigned = tuesday.people.filter((person) => person.accountEnabled && !person.softDeleted);
    const stored = [...service.users.values()];
    const active = stored.filter((user) => user.active === true).map(({ userName }) => userName);
    expect(active.sort()).toEqual(assigned.map(({ userPrincipalName }) => userPrincipalName).sort());
    expect(stored.length - active.length).toBe(report.users.disabled);
    expect(service.seen.some(({ method }) => method === 'DELETE')).toBe(false);
    const nameOf = new Map(stored.map(({ id, userName }) => [id, userName]));
    for (const group of tuesday.groups) {
      const pushed = [...service.groups.values()].find((each) => each.displayName === group.displayName);
      const names = memberIds(pushed ?? {}).map((id) => nameOf.get(id));
      const expected = assigned.filter(({ objectId }) => group.members.includes(objectId));
      const activeNames = names.filter((name) => active.includes(name));
      expect(activeNames.sort()).toEqual(expected.map(({ userPrincipalName }) => userPrincipalName).sort());
    }
  });

  it('finds everybody again and makes nobody twice', async () => {
    const state = company(3, 20, 2);
    await okta.initialCycle(state);
    const before = service.users.size;
    const again = await new OktaClient({ baseUrl, token: 'secret' }).initialCycle(state);
    expect(hasFailed(again)).toBe(false);
    expect(again.users).toMatchObject({ created: 0, matched: before });
    expect([service.users.size, service.groups.size]).toEqual([before, 2]);
  });
});
