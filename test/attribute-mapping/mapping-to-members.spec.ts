import { describe, expect, it } from '@jest/globals';
import { allMembers, type Member, synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { patchUser } from '../scim/directory.ts';

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const custom = 'urn:ietf:params:scim:schemas:extension:CustomExtensionName:2.0:User';
const emailRule = { source: 'userName', target: { field: 'email' } };

const service = useService();
const workspace = useWorkspace(service);

/** Sends a person as Entra ID does. */
async function push(name: string, more: object = {}): Promise<string> {
  const user = {
    schemas: [core, enterprise, custom],
    userName: `${name}@example.com`,
    externalId: name,
    active: true,
    displayName: name,
    ...more,
  };
  const { body } = await workspace.scim.post('/Users', user).expect(201);
  return body.id;
}

async function property(body: object): Promise<void> {
  await workspace.admin.post('/api/properties', body).expect(201);
}

async function rules(...more: object[]): Promise<void> {
  await workspace.admin.put('/api/attribute-mapping', { rules: [emailRule, ...more] }).expect(200);
}

async function member(name: string): Promise<Member> {
  const found = (await allMembers(workspace.admin)).find(({ email }) => email === `${name}@example.com`);
  if (!found) throw new Error(`${name} is no member`);
  return found;
}

async function optionsOf(key: string): Promise<unknown> {
  const { body } = await workspace.admin.get('/api/properties').expect(200);
  return body.items.find((item) => item.key === key)?.options;
}

describe('a mapping, all the way to the member', () => {
  it('follows a custom extension and a department that is renamed, making options of new values', async () => {
    await property({ name: 'Unit', type: 'select', options: ['Sales'] });
    await property({ name: 'Costs', type: 'number' });
    await rules(
      { source: `${enterprise}:department`, target: { property: 'unit' }, unknownOption: 'create' },
      {
        source: `${custom}:costCenter`,
        transforms: [{ name: 'extract', args: ['[0-9]+'] }],
        target: { property: 'costs' },
      },
    );
    const ann = await push('ann', {
      [enterprise]: { department: 'SALES' },
      [custom]: { costCenter: 'DE-700' },
    });
    await push('bob', { [enterprise]: { department: 'Research' } });
    await push('eve', { [enterprise]: { department: 'research' } });
    expect((await synchronize(workspace.admin)).state).toBe('succeeded');
    expect((await member('ann')).properties).toEqual({ unit: 'Sales', costs: 700 });
    expect((await member('bob')).properties).toEqual({ unit: 'research' });
    expect((await member('eve')).properties).toEqual({ unit: 'research' });
    expect(await optionsOf('unit')).toEqual([
      { key: 'Sales', name: 'Sales' },
      { key: 'research', name: expect.stringMatching(/^research$/i) },
    ]);
    await patchUser(workspace.scim, ann, {
      op: 'Replace',
      path: `${enterprise}:department`,
      value: 'Field sales',
    });
    await synchronize(workspace.admin);
    expect((await member('ann')).properties.unit).toBe('field sales');
  });

  it('cleans what providers write, and keeps known options beside unknown ones, which it reports', async () => {
    await property({ name: 'Skills', type: 'multi_select', options: ['SQL', 'TypeScript'] });
    await property({ name: 'Phone', type: 'phone' });
    await property({ name: 'Remote', type: 'checkbox' });
    await rules(
      { source: 'displayName', target: { field: 'displayName' } },
      { source: 'preferredLanguage', target: { field: 'language' } },
      { source: 'roles.value', target: { property: 'skills' } },
      { source: 'phoneNumbers.value', target: { property: 'phone' } },
      { source: 'title', target: { property: 'remote' } },
    );
    await push('ann', {
      userName: 'SMTP:ann@example.com',
      displayName: 'Ann\u202e Archer',
      preferredLanguage: 'de_DE.UTF-8',
      roles: [{ value: 'Go' }, { value: 'sql' }],
      phoneNumbers: [{ value: 'tel:+49-89-12345', type: 'work' }],
      title: '1',
    });
    await push('guest', { userName: 'guest_x.example#EXT#@tenant.example' });
    const { body } = await workspace.admin.get('/api/sync-preview').expect(200);
    const { items } = body;
    expect(items.map(({ kind, reason }) => [kind, reason.code, reason.params])).toMatchObject([
      ['create', 'new-person', { problems: [{ target: 'properties.skills', code: 'unknown-option' }] }],
      ['conflict', 'missing-email', { problems: [{ target: 'email', code: 'not-an-email-address' }] }],
    ]);
    await synchronize(workspace.admin);
    expect(await member('ann')).toMatchObject({
      displayName: 'Ann Archer',
      language: 'de-DE',
      properties: { skills: ['SQL'], phone: '+49-89-12345', remote: true },
    });
  });

  it('keeps what provisioning owns and the old value when a new one has a problem', async () => {
    await property({ name: 'Costs', type: 'number' });
    await rules({ source: `${custom}:costCenter`, target: { property: 'costs' } });
    const ann = await push('ann', { [custom]: { costCenter: '7' } });
    await synchronize(workspace.admin);
    await patchUser(workspace.scim, ann, { op: 'Replace', path: `${custom}:costCenter`, value: 'seven' });
    await synchronize(workspace.admin);
    expect(await member('ann')).toMatchObject({
      properties: { costs: 7 },
      provisionedFields: expect.arrayContaining(['properties.costs']),
    });
  });

  it('fills a property of type user, also when the person arrives later or in the same run', async () => {
    await property({ name: 'Mentor', type: 'user' });
    await rules({ source: `${custom}:mentor`, target: { property: 'mentor' } });
    await push('ann', { [custom]: { mentor: 'zoe' } });
    await push('bob', { [custom]: { mentor: 'cyd' } });
    await push('cyd');
    await synchronize(workspace.admin);
    expect((await member('bob')).properties.mentor).toBe((await member('cyd')).id);
    expect((await member('ann')).properties).toEqual({});
    await push('zoe');
    await synchronize(workspace.admin);
    expect((await member('ann')).properties.mentor).toBe((await member('zoe')).id);
  });

  it('follows who joins and leaves a group that a rule reads, and the group’s name', async () => {
    await property({ name: 'Remote', type: 'checkbox' });
    await property({ name: 'Skills', type: 'multi_select' });
    await rules(
      { source: { inGroup: 'Remote*' }, target: { property: 'remote' } },
      { source: { groupNames: 'Skill *' }, target: { property: 'skills' }, unknownOption: 'create' },
    );
    const ann = await push('ann');
    await synchronize(workspace.admin);
    expect((await member('ann')).properties).toEqual({ remote: false });
    const group = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Remote people' };
    const made = await workspace.scim.post('/Groups', { ...group, members: [{ value: ann }] }).expect(201);
    const path = `/Groups/${made.body.id}`;
    await synchronize(workspace.admin);
    expect((await member('ann')).properties).toEqual({ remote: true });
    await workspace.scim
      .put(path, { ...group, displayName: 'Skill SQL', members: [{ value: ann }] })
      .expect(200);
    await synchronize(workspace.admin);
    expect((await member('ann')).properties).toEqual({ remote: false, skills: ['skill sql'] });
    await workspace.scim.delete(path).expect(204);
    await synchronize(workspace.admin);
    expect((await member('ann')).properties).toEqual({ remote: false });
  });

  it('queues nobody for a group that is not synchronized and that no rule reads', async () => {
    const groups = { which: 'picked', picked: [] };
    await workspace.admin.patch('/api/user-provisioning/settings', { groups }).expect(200);
    await rules({ source: { constant: 'x' }, target: { field: 'jobTitle' } });
    const ann = await push('ann');
    await synchronize(workspace.admin);
    const group = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Any' };
    await workspace.scim.post('/Groups', { ...group, members: [{ value: ann }] }).expect(201);
    const queued = await service.dataSource.query<unknown[]>(
      'SELECT 1 FROM sync_queue WHERE workspace_id = $1',
      [workspace.id],
    );
    expect(queued).toEqual([]);
  });
});
