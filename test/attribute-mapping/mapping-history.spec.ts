import { describe, expect, it } from '@jest/globals';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';

const emailRule = { source: 'userName', transforms: [], target: { field: 'email' }, when: 'always' };
const titleRule = { source: 'title', transforms: [], target: { field: 'jobTitle' }, when: 'always' };
const custom = 'urn:ietf:params:scim:schemas:extension:CustomExtensionName:2.0:User';

const service = useService();
const workspace = useWorkspace(service);

async function save(rules: object[]): Promise<void> {
  await workspace.admin.put('/api/attribute-mapping', { rules }).expect(200);
}

async function currentRules(): Promise<unknown> {
  return (await workspace.admin.get('/api/attribute-mapping').expect(200)).body.rules;
}

describe('the history of the mapping', () => {
  it('says who saved what and when, the newest first', async () => {
    await save([emailRule]);
    await save([emailRule, titleRule]);
    await save([emailRule, { ...titleRule, source: 'userType' }]);
    const first = await workspace.admin.get('/api/attribute-mapping/versions?limit=2').expect(200);
    expect(first.body).toEqual({
      items: [
        {
          version: 3,
          savedBy: 'admin@example.com',
          savedAt: expect.any(String),
          restoredFrom: null,
          rules: 2,
          difference: { added: [], removed: [], changed: ['jobTitle'] },
        },
        expect.objectContaining({
          version: 2,
          difference: { added: ['jobTitle'], removed: [], changed: [] },
        }),
      ],
      nextCursor: expect.any(String),
    });
    const { nextCursor } = first.body;
    const second = await workspace.admin
      .get(`/api/attribute-mapping/versions?cursor=${nextCursor}`)
      .expect(200);
    expect(second.body).toMatchObject({ items: [{ version: 1, rules: 1 }], nextCursor: null });
    const one = await workspace.admin.get('/api/attribute-mapping/versions/2').expect(200);
    expect(one.body).toEqual({ version: 2, rules: [emailRule, titleRule] });
  });

  it('restores any version as the newest, the built-in rules too', async () => {
    const builtIn = await currentRules();
    await save([emailRule, titleRule]);
    await save([emailRule]);
    const restored = await workspace.admin.post('/api/attribute-mapping/versions/1/restore').expect(200);
    expect(restored.body).toEqual({ version: 3, rules: [emailRule, titleRule] });
    const { body } = await workspace.admin.get('/api/attribute-mapping/versions').expect(200);
    expect(body).toMatchObject({ items: [{ version: 3, restoredFrom: 1 }, {}, {}] });
    await workspace.admin.post('/api/attribute-mapping/versions/0/restore').expect(200);
    expect(await currentRules()).toEqual(builtIn);
  });

  it('does not restore rules whose property is gone', async () => {
    const made = await workspace.admin.post('/api/properties', { name: 'Hours', type: 'number' }).expect(201);
    await save([emailRule, { source: 'title', target: { property: 'hours' } }]);
    await save([emailRule]);
    await workspace.admin.delete(`/api/properties/${made.body.id}`).expect(204);
    const refused = await workspace.admin.post('/api/attribute-mapping/versions/1/restore').expect(400);
    expect(refused.body).toMatchObject({ errors: [{ path: 'rules[1].target.property' }] });
  });

  it.each(['9', '-1', 'x', '99999999999'])('knows no version %s', async (version) => {
    await workspace.admin.get(`/api/attribute-mapping/versions/${version}`).expect(404);
  });
});

describe('the configuration as a document', () => {
  const properties = [
    { key: 'unit', name: 'Unit', type: 'select', options: [{ key: 'sales', name: 'Sales' }] },
    { key: 'hours', name: 'Hours', type: 'number' },
  ];
  const rules = [
    emailRule,
    {
      source: 'title',
      transforms: [],
      target: { property: 'unit' },
      when: 'always',
      unknownOption: 'create',
    },
  ];

  it('goes from one workspace to another and changes nothing the second time', async () => {
    const imported = await workspace.admin
      .post('/api/attribute-mapping/import', { properties, rules })
      .expect(200);
    expect(imported.body).toEqual({
      saved: true,
      propertiesCreated: ['unit', 'hours'],
      propertiesChanged: [],
      version: 1,
      rulesChanged: true,
    });
    const exported = await workspace.admin.get('/api/attribute-mapping/export').expect(200);
    expect(exported.body).toMatchObject({ format: 1, rules });
    const other = await givenWorkspace(service, { name: 'Other' });
    await other.admin.post('/api/attribute-mapping/import', exported.body as object).expect(200);
    const copy = await other.admin.get('/api/attribute-mapping/export').expect(200);
    expect(copy.body).toEqual(exported.body);
    const again = await other.admin
      .post('/api/attribute-mapping/import', exported.body as object)
      .expect(200);
    expect(again.body).toMatchObject({ propertiesCreated: [], propertiesChanged: [], rulesChanged: false });
  });

  it('is all or nothing, and only looked at in a dry run', async () => {
    const wrong = [...rules, { source: 'title.part', target: { field: 'jobTitle' } }];
    const refused = await workspace.admin
      .post('/api/attribute-mapping/import', { properties, rules: wrong })
      .expect(400);
    expect(refused.body).toMatchObject({ errors: [{ path: 'rules[2].source' }] });
    const dry = { properties, rules, dryRun: true };
    const said = await workspace.admin.post('/api/attribute-mapping/import', dry).expect(200);
    expect(said.body).toMatchObject({ saved: false, propertiesCreated: ['unit', 'hours'] });
    const faulty = { properties: [{ name: 'X', type: 'text', options: ['a'] }], rules };
    const where = await workspace.admin.post('/api/attribute-mapping/import', faulty).expect(400);
    expect(where.body).toMatchObject({ errors: [{ path: 'properties[0].options' }] });
    const { body } = await workspace.admin.get('/api/attribute-mapping/export').expect(200);
    expect(body.properties.map(({ key }) => key)).toEqual(['department']);
  });
});

describe('a custom extension that rules read', () => {
  it('appears in the workspace’s schemas and resource types, and in no other’s', async () => {
    await save([
      emailRule,
      { source: { firstOf: [`${custom}:badge`, `${custom}:site.name`] }, target: { field: 'jobTitle' } },
    ]);
    const one = await workspace.scim.get(`/Schemas/${custom}`).expect(200);
    expect(one.body).toMatchObject({
      id: custom,
      name: 'CustomExtensionName',
      attributes: [
        { name: 'badge', type: 'string' },
        { name: 'site', type: 'complex', subAttributes: [{ name: 'name' }] },
      ],
    });
    const all = await workspace.scim.get('/Schemas').expect(200);
    expect(all.body.Resources.map(({ id }) => id)).toContain(custom);
    const type = await workspace.scim.get('/ResourceTypes/User').expect(200);
    expect(type.body.schemaExtensions).toContainEqual({
      schema: custom,
      required: false,
    });
    const other = await givenWorkspace(service, { name: 'Other' });
    await other.scim.get(`/Schemas/${custom}`).expect(404);
  });
});
