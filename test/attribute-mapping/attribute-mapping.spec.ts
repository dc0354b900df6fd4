import { describe, expect, it } from '@jest/globals';
import type { Schema } from '../harness/answers.ts';
import { synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';

type Mapping = Schema<'MappingResponse'>;

const emailRule = { source: 'userName', target: { field: 'email' } };
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const custom = 'urn:example.com:schemas:extension:acme:2.0:User';

const service = useService();
const workspace = useWorkspace(service);

async function mapping(): Promise<Mapping> {
  return (await workspace.admin.get('/api/attribute-mapping').expect(200)).body;
}

async function save(body: object): Promise<Mapping> {
  return (await workspace.admin.put('/api/attribute-mapping', body).expect(200)).body;
}

async function givenDirectoryUsers(count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const user = {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise, custom],
      userName: `p${n}@example.com`,
      externalId: `ext-${n}`,
      active: true,
      displayName: `Person ${n}`,
      title: ` engineer ${n} `,
      [enterprise]: { department: n === 0 ? 'Sales' : 'Research' },
      [custom]: { hours: n === 0 ? '38.5' : 'many' },
    };
    await workspace.scim.post('/Users', user).expect(201);
  }
}

async function queueSize(): Promise<number> {
  const [row] = await service.dataSource.query<{ n: number }[]>(
    'SELECT count(*)::integer AS n FROM sync_queue WHERE workspace_id = $1',
    [workspace.id],
  );
  return row?.n ?? 0;
}

describe('the attribute mapping', () => {
  it('begins with the built-in rules, which can be saved as they are', async () => {
    const { version, rules } = await mapping();
    expect(version).toBe(0);
    expect(rules.map((rule) => rule.target)).toEqual(
      expect.arrayContaining([{ field: 'email' }, { field: 'manager' }, { property: 'department' }]),
    );
    expect(await save({ version, rules })).toEqual({ version, rules });
  });

  it('is replaced by a new version, completed and kept in order', async () => {
    const rules = [
      emailRule,
      { source: 'title', transforms: [{ name: 'upper' }], target: { field: 'jobTitle' }, when: 'create' },
      { source: 'manager', target: { field: 'managerId' } },
    ];
    const saved = await save({ version: 0, rules });
    expect(saved).toEqual({
      version: 1,
      rules: [
        { ...emailRule, transforms: [], when: 'always' },
        { ...rules[1], transforms: [{ name: 'upper', args: [] }] },
        { source: 'manager', target: { field: 'manager' }, transforms: [], when: 'always' },
      ],
    });
    expect(await mapping()).toEqual(saved);
    expect((await save({ rules })).version).toBe(1);
  });

  it('is not saved over the work of someone else', async () => {
    await save({ version: 0, rules: [emailRule] });
    const late = await workspace.admin.put('/api/attribute-mapping', { version: 0, rules: [] }).expect(409);
    expect(late.body.type).toMatch(/mapping-changed$/u);
  });

  it('lets exactly one of several win who save at once', async () => {
    const attempts = await Promise.all(
      ['title', 'userType', 'nickName', 'locale'].map(async (source) =>
        workspace.admin.put('/api/attribute-mapping', {
          version: 0,
          rules: [emailRule, { source, target: { field: 'jobTitle' } }],
        }),
      ),
    );
    expect(attempts.map((attempt) => attempt.status).sort()).toEqual([200, 409, 409, 409]);
    expect((await mapping()).version).toBe(1);
  });

  it.each<[object, string]>([
    [{ source: 'title.part', target: { field: 'jobTitle' } }, 'rules[1].source'],
    [{ source: '__proto__.x', target: { field: 'jobTitle' } }, 'rules[1].source'],
    [{ source: 'title\u0000', target: { field: 'jobTitle' } }, 'rules[1].source'],
    [{ source: 7, target: { field: 'jobTitle' } }, 'rules[1].source'],
    [{ source: 'x'.repeat(5_000), target: { field: 'jobTitle' } }, 'rules[1].source'],
    [{ source: 'title', target: { property: 'missing' } }, 'rules[1].target.property'],
    [{ source: 'title', target: { property: 'a\u0000' } }, 'rules[1].target.property'],
    [{ source: 'title', target: { field: 'status' } }, 'rules[1].target.field'],
    [{ source: 'title', target: {} }, 'rules[1].target'],
    [{ source: 'title', target: { field: 'jobTitle', property: 'department' } }, 'rules[1].target'],
    [{ source: 'title' }, 'rules[1].target'],
    [{ source: 'title', target: 'jobTitle' }, 'rules[1].target'],
    [{ source: 'title', target: { field: 'jobTitle' }, when: 'never' }, 'rules[1].when'],
    [{ source: 'title', target: { field: 'jobTitle' }, transforms: 'trim' }, 'rules[1].transforms'],
    [
      { source: 'title', target: { field: 'jobTitle' }, transforms: [{ name: 'trim' }, { name: 'eval' }] },
      'rules[1].transforms[1]',
    ],
    [
      { source: 'title', target: { field: 'jobTitle' }, transforms: [{ name: 'prefix', args: ['\u0000'] }] },
      'rules[1].transforms[0]',
    ],
    [{ source: 'title', target: { field: 'jobTitle' }, extra: 1 }, 'rules[1].extra'],
    [{ source: 'title', target: { field: 'email' } }, 'rules[1].target'],
    [{ source: { firstOf: [] }, target: { field: 'jobTitle' } }, 'rules[1].source'],
    [
      { source: { firstOf: ['title', 'title.part'] }, target: { field: 'jobTitle' } },
      'rules[1].source.firstOf[1]',
    ],
    [{ source: { constant: 'a\u0000' }, target: { field: 'jobTitle' } }, 'rules[1].source.constant'],
    [{ source: { eval: '1' }, target: { field: 'jobTitle' } }, 'rules[1].source'],
    [{ source: 'title', target: { field: 'jobTitle' }, alternative: 'yes' }, 'rules[1].alternative'],
    [{ source: 'title', target: { property: 'department' }, unknownOption: 'x' }, 'rules[1].unknownOption'],
  ])('refuses the rule %j, saying where', async (rule, path) => {
    const response = await workspace.admin
      .put('/api/attribute-mapping', { rules: [emailRule, rule] })
      .expect(400);
    const { errors } = response.body;
    expect(errors?.map((error) => error.path)).toContain(path);
    expect((await mapping()).version).toBe(0);
  });

  it.each([
    ['en', 'is no property of this workspace: missing'],
    ['de-AT', 'ist keine Eigenschaft dieses Arbeitsbereichs: missing'],
  ])('says to an admin who reads %s what is wrong with a rule', async (language, message) => {
    const rule = { source: 'title', target: { property: 'missing' } };
    const { body } = await workspace.admin
      .put('/api/attribute-mapping', { rules: [emailRule, rule] })
      .set('Accept-Language', language)
      .expect(400);
    const path = 'rules[1].target.property';
    expect(body).toMatchObject({
      detail: `${path}: ${message}`,
      errors: [{ path, message, code: 'no-property', params: { property: 'missing' } }],
    });
  });

  it.each([
    [{}],
    [{ rules: 'x' }],
    [{ rules: [] }],
    [{ rules: Array.from({ length: 101 }, () => emailRule) }],
  ])('refuses the body %j', async (body) => {
    await workspace.admin.put('/api/attribute-mapping', body).expect(400);
  });

  it('has everybody looked at by the next run when it changes', async () => {
    await givenDirectoryUsers(3);
    await service.dataSource.query('DELETE FROM sync_queue WHERE workspace_id = $1', [workspace.id]);
    const { rules } = await mapping();
    await save({ rules });
    expect(await queueSize()).toBe(0);
    await save({ rules: [emailRule] });
    expect(await queueSize()).toBe(3);
  });

  it('keeps a property that it fills from being deleted', async () => {
    const made = await workspace.admin.post('/api/properties', { name: 'Hours', type: 'number' }).expect(201);
    const path = `/api/properties/${made.body.id}`;
    await save({ rules: [emailRule, { source: 'title', target: { property: 'hours' } }] });
    const refused = await workspace.admin.delete(path).expect(409);
    expect(refused.body.type).toMatch(/property-in-use$/u);
    await save({ rules: [emailRule] });
    await workspace.admin.delete(path).expect(204);
  });

  it('keeps the department as long as the built-in rules hold', async () => {
    const { items } = (await workspace.admin.get('/api/properties').expect(200)).body;
    const path = `/api/properties/${items[0]?.id}`;
    await workspace.admin.delete(path).expect(409);
    await save({ rules: [emailRule] });
    await workspace.admin.delete(path).expect(204);
  });

  it('takes every form of source, alternatives and what becomes of unknown options', async () => {
    await workspace.admin.post('/api/properties', { name: 'Mentor', type: 'user' }).expect(201);
    await workspace.admin
      .post('/api/properties', { name: 'Site', type: 'select', options: ['Rome'] })
      .expect(201);
    const completed = { transforms: [], when: 'always' };
    const rules = [
      { ...emailRule, ...completed },
      { source: { firstOf: ['title', 'userType'] }, target: { field: 'jobTitle' }, ...completed },
      { source: { constant: 'Staff' }, target: { field: 'jobTitle' }, ...completed, alternative: true },
      { source: 'manager', target: { property: 'mentor' }, ...completed },
      {
        source: { groupNames: 'Site *' },
        target: { property: 'site' },
        ...completed,
        unknownOption: 'create',
      },
    ];
    expect((await save({ rules })).rules).toEqual(rules);
    expect((await mapping()).rules).toEqual(rules);
  });

  it('is its workspace’s own', async () => {
    await save({ rules: [emailRule] });
    const other = await givenWorkspace(service, { name: 'Other' });
    expect((await other.admin.get('/api/attribute-mapping').expect(200)).body).toMatchObject({ version: 0 });
    await service.http.get('/api/attribute-mapping').expect(401);
  });
});

describe('a preview of rules', () => {
  it('shows what they make of real people and saves nothing', async () => {
    await givenDirectoryUsers(2);
    await workspace.admin.post('/api/properties', { name: 'Hours', type: 'number' }).expect(201);
    const rules = [emailRule, { source: `${custom}:hours`, target: { property: 'hours' } }];
    const response = await workspace.admin.post('/api/attribute-mapping/preview', { rules }).expect(200);
    expect(response.body).toMatchObject({
      items: [
        {
          name: 'Person 1',
          values: [{ target: 'email', value: 'p1@example.com' }],
          problems: [{ target: 'properties.hours', code: 'not-a-number' }],
        },
        {
          name: 'Person 0',
          values: [
            { target: 'email', value: 'p0@example.com' },
            { target: 'properties.hours', value: 38.5 },
          ],
          problems: [],
        },
      ],
    });
    const one = await workspace.admin
      .post('/api/attribute-mapping/preview', { rules, sample: 1 })
      .expect(200);
    expect(one.body.items).toHaveLength(1);
    expect((await mapping()).version).toBe(0);
  });

  it('shows before and after, the values that fail, and the options that would be made', async () => {
    await givenDirectoryUsers(2);
    await synchronize(workspace.admin);
    const property = { name: 'Unit', type: 'select', options: ['Sales'] };
    await workspace.admin.post('/api/properties', property).expect(201);
    await workspace.admin.post('/api/properties', { name: 'Hours', type: 'number' }).expect(201);
    const rules = [
      emailRule,
      { source: 'title', transforms: [{ name: 'upper' }], target: { field: 'jobTitle' } },
      { source: `${enterprise}:department`, target: { property: 'unit' }, unknownOption: 'create' },
      { source: `${custom}:hours`, target: { property: 'hours' } },
    ];
    const response = await workspace.admin
      .post('/api/attribute-mapping/preview', { rules, sample: 1 })
      .expect(200);
    const summary = {
      complete: true,
      people: 2,
      withoutMember: 0,
      changedMembers: 2,
      peopleWithProblems: 1,
      fields: [
        { field: 'jobTitle', members: 2 },
        { field: 'properties.unit', members: 2 },
        { field: 'properties.hours', members: 1 },
      ],
      problems: [{ target: 'properties.hours', code: 'not-a-number', people: 1, examples: ['many'] }],
      newOptions: [{ property: 'unit', name: 'Research', people: 1 }],
    };
    expect(response.body).toMatchObject({
      items: [
        {
          name: 'Person 1',
          memberId: expect.any(String),
          changes: [
            { field: 'jobTitle', before: 'engineer 1', after: 'ENGINEER 1' },
            { field: 'properties.unit', before: null, after: 'research' },
          ],
          newOptions: [{ property: 'unit', name: 'Research' }],
        },
      ],
      summary,
    });
    const { nextCursor } = response.body;
    const next = { rules, sample: 1, cursor: nextCursor };
    const second = await workspace.admin.post('/api/attribute-mapping/preview', next).expect(200);
    expect(second.body).toMatchObject({ items: [{ name: 'Person 0', problems: [] }], nextCursor: null });
    const counted = await workspace.admin
      .post('/api/attribute-mapping/preview/counts', { rules })
      .expect(200);
    expect(counted.body).toMatchObject(summary);
    expect((await mapping()).version).toBe(0);
  });

  it('says what the next run then does', async () => {
    await givenDirectoryUsers(3);
    await synchronize(workspace.admin);
    const rules = [emailRule, { source: `${enterprise}:department`, target: { field: 'jobTitle' } }];
    const counted = await workspace.admin
      .post('/api/attribute-mapping/preview/counts', { rules })
      .expect(200);
    await save({ rules });
    const { counts } = await synchronize(workspace.admin);
    expect(counted.body).toMatchObject({ changedMembers: counts.update });
  });

  it('refuses what saving would refuse', async () => {
    const rules = [emailRule, { source: 'title.part', target: { field: 'jobTitle' } }];
    await workspace.admin.post('/api/attribute-mapping/preview', { rules }).expect(400);
    await workspace.admin
      .post('/api/attribute-mapping/preview', { rules: [emailRule], sample: 21 })
      .expect(400);
  });
});

describe('the sources', () => {
  it('are the attributes known and seen, with counts and examples', async () => {
    await givenDirectoryUsers(2);
    const response = await workspace.admin.get('/api/attribute-mapping/sources').expect(200);
    const { sampledUsers, items } = response.body;
    expect(sampledUsers).toBe(2);
    expect(items.find((item) => item.path === `${custom}:hours`)).toMatchObject({
      known: false,
      count: 2,
      examples: ['many', '38.5'],
    });
    expect(items.find((item) => item.path === `${enterprise}:department`)).toMatchObject({
      known: true,
      count: 2,
    });
    expect(items.find((item) => item.path === 'nickName')).toMatchObject({ known: true, count: 0 });
  });
});

describe('the suggestions', () => {
  it('are ready rules and properties for attributes that people have and no rule reads', async () => {
    await givenDirectoryUsers(4);
    await save({ rules: [emailRule, { source: `${custom}:hours`, target: { field: 'jobTitle' } }] });
    const response = await workspace.admin.get('/api/attribute-mapping/suggestions').expect(200);
    const { items } = response.body;
    expect(items.map(({ path }) => path)).toEqual([`${enterprise}:department`]);
    expect(items[0]).toEqual({
      path: `${enterprise}:department`,
      people: 4,
      examples: ['Research', 'Sales'],
      type: 'select',
      values: 2,
      property: null,
      rule: {
        source: `${enterprise}:department`,
        transforms: [],
        target: { property: 'department' },
        when: 'always',
      },
      code: 'fill-property',
      params: { people: 4, attribute: 'department', property: 'Department' },
      text: '4 people have department: fill the property Department with it?',
    });
    const german = await workspace.admin
      .get('/api/attribute-mapping/suggestions')
      .set('Accept-Language', 'de')
      .expect(200);
    expect(german.body.items[0]).toMatchObject({
      text: '4 Personen haben department: die Eigenschaft Department damit füllen?',
    });
  });

  it('offer a multi-select property for what people have several of, and nothing that people fill', async () => {
    await workspace.admin
      .post('/api/properties', { name: 'Badge', type: 'text', filledBy: 'people' })
      .expect(201);
    for (const [n, skills] of [['Go', 'SQL'], ['SQL'], ['Go', 'Rust'], ['Rust', 'SQL']].entries()) {
      const user = {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', custom],
        userName: `p${n}@example.com`,
        [custom]: { skills, badge: `b${n}` },
      };
      await workspace.scim.post('/Users', user).expect(201);
    }
    const response = await workspace.admin.get('/api/attribute-mapping/suggestions').expect(200);
    const { items } = response.body;
    expect(items.map(({ path }) => path)).toEqual([`${custom}:skills`]);
    expect(items[0]).toMatchObject({
      type: 'multi_select',
      property: { key: 'skills', options: [{ name: 'Go' }, { name: 'Rust' }, { name: 'SQL' }] },
      rule: { unknownOption: 'create' },
      text: '4 people have skills: create a multi-select property Skills with its 3 values?',
    });
  });

  it('offer a select property with the values that were seen', async () => {
    await givenDirectoryUsers(4);
    await save({ rules: [emailRule] });
    const { items } = (await workspace.admin.get('/api/properties').expect(200)).body;
    await workspace.admin.delete(`/api/properties/${items[0]?.id}`).expect(204);
    const response = await workspace.admin.get('/api/attribute-mapping/suggestions').expect(200);
    expect(response.body).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({
          property: {
            key: 'department',
            name: 'Department',
            type: 'select',
            options: [
              { key: 'research', name: 'Research' },
              { key: 'sales', name: 'Sales' },
            ],
          },
          text: '4 people have department: create a select property Department with its 2 values?',
        }),
      ]),
    });
  });
});

describe('the transforms', () => {
  it('are listed, each with an example', async () => {
    const response = await workspace.admin.get('/api/attribute-mapping/transforms').expect(200);
    const { items } = response.body;
    expect(items.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['extract', 'parseDate', 'titleCase', 'map', 'join', 'first']),
    );
    for (const { description } of items) expect(description).toMatch(/:/u);
  });
});
