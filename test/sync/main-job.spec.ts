import { beforeAll, describe, expect, it } from '@jest/globals';
import { company, type Company, type Person } from '../../simulator/company.ts';
import type { CycleReport } from '../../simulator/cycle-report.ts';
import { EntraClient } from '../../simulator/entra.ts';
import { nextDay, type NextDay } from '../../simulator/next-day.ts';
import { allMembers, eventually, type Member, type Run, synchronize } from '../harness/synchronize.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';

const users = 80;
const groups = 6;

/** One customer's story, in order: each test stands on what the one before it has done. */
describe.each(['default', 'flag'] as const)('the main job, with Entra speaking its %s dialect', (dialect) => {
  const service = useService();
  const workspace = useSharedWorkspace(service, { name: 'Nordlicht GmbH' });
  let entra: EntraClient;
  let today: Company;
  let tomorrow: NextDay;
  let initial: CycleReport;
  let firstRun: Run;

  beforeAll(() => {
    entra = new EntraClient({ baseUrl: `${service.url}/scim/v2`, token: workspace.token, dialect });
    today = company(7, users, groups);
    tomorrow = nextDay(today);
  });

  it('passes Test Connection before anything has been sent', async () => {
    expect(await entra.testConnection()).toMatchObject({ ok: true });
  });

  it('shows that the identity provider has been in contact', async () => {
    const contact = await eventually(async () => (await overview()).lastContact);
    expect(contact).toMatchObject({ status: 200 });
  });

  it('takes everyone and every group in the initial cycle without a failure', async () => {
    initial = await entra.initialCycle(today);
    expect(initial.failures).toEqual([]);
    expect(initial.users.created).toBe(users);
    expect(initial.groups.created).toBe(groups);
    expect((await overview()).directory).toMatchObject({ users, groups });
  });

  it('makes no member before the admin synchronizes', async () => {
    expect(await allMembers(workspace.admin)).toEqual([]);
  });

  it('previews every active person as a member to be created, with fields and a reason', async () => {
    const { body } = await workspace.admin.get('/api/sync-preview?kind=create&limit=200').expect(200);
    const preview = body;
    expect(preview.summary).toMatchObject({ create: active(today).length, conflict: 0, held: 0 });
    expect(preview.items).toHaveLength(active(today).length);
    const [first] = active(today);
    const change = preview.items.find((item) => item.name === first?.displayName);
    expect(change).toMatchObject({ kind: 'create', memberId: null });
    expect(change?.fields).toContainEqual({ field: 'email', before: null, after: first?.mail });
    expect((change?.reason as { text: string }).text).toMatch(/\w+ \w+/);
  });

  it('synchronizes exactly what the preview showed', async () => {
    firstRun = await synchronize(workspace.admin);
    expect(firstRun).toMatchObject({ state: 'succeeded', trigger: 'manual', error: null });
    expect(firstRun.counts.create).toBe(active(today).length);
    expect(firstRun.done).toBe(firstRun.total);
  });

  it('makes members with the mapped fields, properties and managers', async () => {
    const members = await allMembers(workspace.admin);
    expect(members).toHaveLength(active(today).length);
    const byEmail = new Map(members.map((member) => [member.email, member]));
    for (const person of active(today)) {
      const member = byEmail.get(addressOf(person));
      expect(member).toMatchObject({
        firstName: person.givenName,
        lastName: person.surname,
        displayName: person.displayName,
        jobTitle: person.jobTitle,
        status: 'active',
        source: 'provisioning',
        properties: { department: person.department },
      });
      expect(member?.managerId ?? null).toBe(managerOf(person, today, byEmail));
    }
  });

  it('has nothing left to do when asked again', async () => {
    const { body } = await workspace.admin.get('/api/sync-preview').expect(200);
    const { summary } = body;
    expect(Object.values(summary ?? { missing: 1 }).every((count) => count === 0)).toBe(true);
    expect((await synchronize(workspace.admin)).total).toBe(0);
  });

  it('takes the next day: joiners, movers, leavers, a rename, a tombstone, a deletion, a restore', async () => {
    const report = await entra.incrementalCycle(today, tomorrow.company);
    expect(report.failures).toEqual([]);
  });

  it('switches leavers off within seconds, without anybody pressing anything', async () => {
    const leavers = today.people.filter((person) => person.accountEnabled && !stays(person));
    expect(leavers.length).toBeGreaterThan(0);
    const off = await eventually(async () => {
      const deactivated = await allMembers(workspace.admin, '&status=deactivated');
      return deactivated.length >= leavers.length ? deactivated : null;
    });
    expect(off.map((member) => member.email).sort()).toEqual(leavers.map(addressOf).sort());
  });

  it('brings the members in line with the company of the next day', async () => {
    const run = await synchronize(workspace.admin);
    expect(run).toMatchObject({ state: 'succeeded' });
    const members = await allMembers(workspace.admin, '&status=active');
    const byEmail = new Map(members.map((member) => [member.email, member]));
    const expected = active(tomorrow.company);
    expect([...byEmail.keys()].sort()).toEqual(expected.map(addressOf).sort());
    for (const person of expected) {
      expect(byEmail.get(addressOf(person))).toMatchObject({
        lastName: person.surname,
        jobTitle: person.jobTitle,
        properties: { department: person.department },
      });
    }
  });

  it('tells a renamed person’s history in order', async () => {
    const [renamed] = tomorrow.events.renamed;
    const person = tomorrow.company.people.find((one) => renamed?.endsWith(`<${one.userPrincipalName}>`));
    const members = await allMembers(workspace.admin, '&status=active');
    const member = members.find((one) => one.email === (person && addressOf(person)));
    const { body } = await workspace.admin.get(`/api/members/${member?.id}/timeline`).expect(200);
    const kinds = body.items.map(({ by, kind }) => `${by} ${kind}`);
    expect(kinds[0]).toBe('identity_provider created');
    expect(kinds).toContain('sync create');
    expect(kinds.at(-1)).toBe('sync update');
  });

  it('makes the groups and their members', async () => {
    const { body } = await workspace.admin.get('/api/groups?limit=200').expect(200);
    const names = body.items.map((group) => group.name);
    expect(names.sort()).toEqual(tomorrow.company.groups.map((group) => group.displayName).sort());
  });

  it('has logged every request of the identity provider', async () => {
    const { body } = await workspace.admin.get('/api/provisioning-log?outcome=error').expect(200);
    expect(body.items).toEqual([]);
  });

  async function overview() {
    const { body } = await workspace.admin.get('/api/user-provisioning').expect(200);
    return body;
  }

  function stays(person: Person): boolean {
    const later = tomorrow.company.people.find((one) => one.objectId === person.objectId);
    return later !== undefined && later.accountEnabled && !later.softDeleted;
  }
});

function active({ people }: Company): Person[] {
  return people.filter((person) => person.accountEnabled && !person.softDeleted);
}

function addressOf(person: Person): string {
  return person.mail ?? person.userPrincipalName;
}

/** The id of the member who is the person's manager; null when the manager is no active member. */
function managerOf(person: Person, { people }: Company, byEmail: ReadonlyMap<string, Member>): string | null {
  const manager = people.find((one) => one.objectId === person.managerId);
  return manager === undefined ? null : (byEmail.get(addressOf(manager))?.id ?? null);
}
