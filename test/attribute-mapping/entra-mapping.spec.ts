import { beforeAll, describe, expect, it } from '@jest/globals';
import { company, type Company, type Person } from '../../simulator/company.ts';
import { customUrn, enterpriseUrn } from '../../simulator/entra-mapping.ts';
import { EntraClient } from '../../simulator/entra.ts';
import { allMembers, type Member, synchronize } from '../harness/synchronize.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';

const users = 8;
const workerType = `${customUrn}:workerType`;

/** One customer's story, in order: each test stands on what the one before it has done. */
describe.each(['default', 'flag'] as const)('attributes of Entra in its %s dialect', (dialect) => {
  const service = useService();
  const workspace = useSharedWorkspace(service, { name: 'Nordlicht GmbH' });
  let entra: EntraClient;
  let today: Company;

  beforeAll(() => {
    entra = new EntraClient({ baseUrl: `${service.url}/scim/v2`, token: workspace.token, dialect });
    today = company(7, users, 0);
    for (const [n, person] of today.people.entries()) {
      person.accountEnabled = true;
      person.mail = person.userPrincipalName;
      person.workerType = n === 3 ? 'contractor' : 'employee';
      person.department = n < 4 ? 'Engineering' : 'Sales';
      person.managerId = n === 0 ? null : (today.people[0]?.objectId ?? null);
    }
    // Without an address she cannot become a member yet, but others name her as their manager already.
    personAt(today, 0).mail = null;
  });

  /** Lets a day pass, on which the company changes so, and synchronizes. */
  async function nextDay(change: (company: Company) => void): Promise<void> {
    const tomorrow = structuredClone(today);
    change(tomorrow);
    expect((await entra.incrementalCycle(today, tomorrow)).failures).toEqual([]);
    today = tomorrow;
    expect(await synchronize(workspace.admin)).toMatchObject({ state: 'succeeded' });
  }

  async function members(): Promise<Map<string, Member>> {
    return new Map((await allMembers(workspace.admin)).map((member) => [member.email, member]));
  }

  async function memberAt(n: number): Promise<Member> {
    const member = (await members()).get(personAt(today, n).userPrincipalName);
    if (!member) throw new Error(`Nobody is ${personAt(today, n).displayName}`);
    return member;
  }

  async function optionNames(key: string): Promise<string[]> {
    const { body } = await workspace.admin.get('/api/properties').expect(200);
    const { items } = body;
    const options = items.find((property) => property.key === key)?.options ?? [];
    return options.map(({ name }) => name).toSorted();
  }

  it('suggests a property for the custom attribute that arrived, with its values', async () => {
    expect((await entra.initialCycle(today)).failures).toEqual([]);
    const { body } = await workspace.admin.get('/api/attribute-mapping/suggestions').expect(200);
    const { items } = body;
    const suggestion = items.find(({ path }) => path === workerType);
    expect(suggestion?.property).toMatchObject({
      type: 'select',
      options: [{ name: 'contractor' }, { name: 'employee' }],
    });
    await workspace.admin.post('/api/properties', suggestion?.property ?? {}).expect(201);
    await workspace.admin.post('/api/properties', { name: 'Badge', type: 'text' }).expect(201);
    await workspace.admin.post('/api/properties', { name: 'Unit', type: 'select' }).expect(201);
    const template = `{${workerType}} {${enterpriseUrn}:employeeNumber}`;
    const rules = [
      { source: 'emails[type eq "work"].value', target: { field: 'email' } },
      { source: 'manager', target: { field: 'manager' } },
      { source: `${enterpriseUrn}:department`, target: { property: 'unit' }, unknownOption: 'create' },
      {
        source: 'userName',
        transforms: [{ name: 'template', args: [template] }],
        target: { property: 'badge' },
      },
      suggestion?.rule,
    ];
    await workspace.admin.put('/api/attribute-mapping', { rules }).expect(200);
  });

  it('shows the custom attribute to Entra in the schemas', async () => {
    const { body } = await workspace.scim.get('/Schemas').expect(200);
    const { Resources } = body;
    const extension = Resources.find(({ id }) => id === customUrn);
    expect(extension?.attributes).toEqual([expect.objectContaining({ name: 'workerType' })]);
  });

  it('carries custom attributes, departments and templates to the members', async () => {
    expect(await synchronize(workspace.admin)).toMatchObject({ state: 'succeeded' });
    expect((await members()).size).toBe(users - 1);
    expect((await memberAt(3)).properties).toEqual({
      worker_type: 'contractor',
      badge: `contractor ${personAt(today, 3).employeeId}`,
      unit: 'engineering',
    });
    expect((await memberAt(5)).properties).toMatchObject({ worker_type: 'employee', unit: 'sales' });
    expect(await optionNames('unit')).toEqual(['Engineering', 'Sales']);
    expect((await memberAt(1)).managerId).toBeNull();
  });

  it('follows a department that is renamed, and makes the new name an option', async () => {
    await nextDay(({ people }) => {
      for (const person of people)
        if (person.department === 'Engineering') person.department = 'Product Engineering';
    });
    const units = [...(await members()).values()].map(({ properties }) => properties.unit).toSorted();
    expect(units).toEqual([
      ...Array<string>(3).fill('product engineering'),
      ...Array<string>(4).fill('sales'),
    ]);
    expect(await optionNames('unit')).toEqual(['Engineering', 'Product Engineering', 'Sales']);
  });

  it('makes an option of a new value of the custom attribute', async () => {
    await nextDay((company) => {
      Object.assign(personAt(company, 2), { workerType: 'Working Student' });
    });
    expect((await memberAt(2)).properties).toMatchObject({
      worker_type: 'working student',
      badge: `Working Student ${personAt(today, 2).employeeId}`,
    });
    expect(await optionNames('worker_type')).toEqual(['Working Student', 'contractor', 'employee']);
  });

  it('fills in the manager who becomes a member later, with the run after that', async () => {
    await nextDay((company) => {
      const boss = personAt(company, 0);
      boss.mail = boss.userPrincipalName;
    });
    await synchronize(workspace.admin);
    const boss = await memberAt(0);
    for (const member of (await members()).values())
      expect(member.managerId).toBe(member.id === boss.id ? null : boss.id);
  });

  it('follows people who get a manager who joins on the same day', async () => {
    await nextDay((company) => {
      const joiner = { ...personAt(company, 0), ...newcomer };
      company.people.push(joiner);
      personAt(company, 4).managerId = joiner.objectId;
    });
    expect((await memberAt(4)).managerId).toBe((await memberAt(users)).id);
  });
});

const newcomer: Partial<Person> = {
  objectId: '0f1e2d3c-4b5a-4968-8776-655443322110',
  userPrincipalName: 'new.boss@nordlicht.example',
  mail: 'new.boss@nordlicht.example',
  displayName: 'New Boss',
};

function personAt(company: Company, n: number): Person {
  const person = company.people[n];
  if (!person) throw new Error(`There is no person ${n}`);
  return person;
}
