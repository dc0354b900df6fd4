import { describe, expect, it } from '@jest/globals';
import type { Schema } from '../harness/answers.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';

type Property = Schema<'PropertyResponse'>;

const service = useService();
const workspace = useWorkspace(service, { active: false });

async function givenProperty(body: object): Promise<Property> {
  return (await workspace.admin.post('/api/properties', body).expect(201)).body;
}

async function keys(): Promise<string[]> {
  const { items } = (await workspace.admin.get('/api/properties').expect(200)).body;
  return items.map((property) => property.key);
}

/** What the members hold, in the order of their addresses. */
async function values(key: string): Promise<unknown[]> {
  const { items } = (await workspace.admin.get('/api/members').expect(200)).body;
  const sorted = items.sort((left, right) => (left.email < right.email ? -1 : 1));
  return sorted.map(({ properties }) => properties[key]);
}

describe('a property', () => {
  it('gets a key from its name, which is unique', async () => {
    expect(await givenProperty({ name: 'Cost Center', type: 'text' })).toEqual({
      id: expect.any(String),
      key: 'cost_center',
      name: 'Cost Center',
      type: 'text',
      required: false,
      filledBy: 'both',
    });
    expect((await givenProperty({ name: 'Cost center', type: 'number' })).key).toBe('cost_center_2');
    const taken = await workspace.admin.post('/api/properties', {
      name: 'X',
      type: 'text',
      key: 'cost_center',
    });
    expect(taken.status).toBe(409);
    expect(taken.body).toMatchObject({ type: expect.stringMatching(/property-key-taken$/u) as unknown });
    expect(await keys()).toEqual(['cost_center', 'cost_center_2']);
  });

  it('has options when it is a select, from names or with keys', async () => {
    const options = ['Berlin', { key: 'muc', name: 'München' }];
    expect((await givenProperty({ name: 'Site', type: 'multi_select', options })).options).toEqual([
      { key: 'Berlin', name: 'Berlin' },
      { key: 'muc', name: 'München' },
    ]);
    expect((await givenProperty({ name: 'Empty', type: 'select' })).options).toEqual([]);
  });

  it.each<[object, string]>([
    [{}, 'name'],
    [{ name: ' ', type: 'text' }, 'name'],
    [{ name: 'x'.repeat(101), type: 'text' }, 'name'],
    [{ name: 'a\u0000', type: 'text' }, 'name'],
    [{ name: 'P\u202eq', type: 'text' }, 'name'],
    [{ name: 'P\nq', type: 'text' }, 'name'],
    [{ name: '\u200b', type: 'text' }, 'name'],
    [{ name: 'X', type: 'select', options: ['a', 'O\u202ep\nq'] }, 'options[1]'],
    [{ name: 'X', type: 'multi_select', options: [{ key: 'k\u2066', name: 'K' }] }, 'options[0]'],
    [{ name: 'X', type: 'constructor' }, 'type'],
    [{ name: 'X' }, 'type'],
    [{ name: 'X', type: 'text', key: '__proto__' }, 'key'],
    [{ name: 'X', type: 'text', key: 'a.b' }, 'key'],
    [{ name: 'X', type: 'text', options: ['a'] }, 'options'],
    [{ name: 'X', type: 'select', options: 'a' }, 'options'],
    [{ name: 'X', type: 'select', options: ['a', 'A'] }, 'options[1]'],
    [{ name: 'X', type: 'select', options: [{ key: 'a' }] }, 'options[0]'],
    [{ name: 'X', type: 'select', options: [null] }, 'options[0]'],
    [{ name: 'X', type: 'text', colour: 'red' }, 'colour'],
    [{ name: 'X', type: 'text', required: 'yes' }, 'required'],
    [{ name: 'X', type: 'text', filledBy: 'nobody' }, 'filledBy'],
  ])('is refused for %j', async (body, path) => {
    const response = await workspace.admin.post('/api/properties', body).expect(400);
    expect(response.body.errors?.map((error) => error.path)).toContain(path);
    expect(await keys()).toEqual([]);
  });

  it('is refused with more options than a property can have', async () => {
    const options = Array.from({ length: 501 }, (_, n) => `o${n}`);
    await workspace.admin.post('/api/properties', { name: 'X', type: 'select', options }).expect(400);
  });

  it('cannot be one too many', async () => {
    await service.dataSource.query(
      `INSERT INTO property (workspace_id, id, key, name, type, created_at, updated_at)
       SELECT $1, gen_random_uuid(), 'k' || n, 'K', 'text', $2, $2 FROM generate_series(1, 100) n`,
      [workspace.id, service.clock.now()],
    );
    const response = await workspace.admin.post('/api/properties', { name: 'X', type: 'text' }).expect(409);
    expect(response.body.type).toMatch(/too-many-properties$/u);
    expect(response.body).toMatchObject({ propertiesMax: 100 });
  });

  it('is listed in pages', async () => {
    await givenProperty({ name: 'A', type: 'text' });
    await givenProperty({ name: 'B', type: 'text' });
    const first = await workspace.admin.get('/api/properties?limit=1').expect(200);
    const { items, nextCursor } = first.body;
    const second = await workspace.admin.get(`/api/properties?limit=1&cursor=${nextCursor}`).expect(200);
    expect(items.map((property) => property.key)).toEqual(['a']);
    expect(second.body).toMatchObject({ items: [{ key: 'b' }], nextCursor: null });
  });
});

describe('a change of a property', () => {
  it('renames it and keeps the key', async () => {
    const property = await givenProperty({ name: 'Site', type: 'text' });
    const path = `/api/properties/${property.id}` as const;
    const renamed = await workspace.admin.patch(path, { name: 'Office', type: 'text' }).expect(200);
    expect(renamed.body).toEqual({ ...property, name: 'Office' });
    const refused = await workspace.admin.patch(path, { key: 'office' }).expect(400);
    expect(refused.body.errors?.map((error) => error.path)).toEqual(['key']);
  });

  it('keeps the members of an option that is renamed, and refuses to drop one that members hold', async () => {
    const property = await givenProperty({ name: 'Site', type: 'select', options: ['Berlin', 'Rome'] });
    const path = `/api/properties/${property.id}` as const;
    const member = { email: 'ann@example.com', properties: { site: 'berlin' } };
    await workspace.admin.post('/api/members', member).expect(201);
    const refused = await workspace.admin.patch(path, { options: ['Rome'] }).expect(409);
    expect(refused.body).toMatchObject({ options: [{ key: 'Berlin', members: 1 }] });
    const kept = [{ key: 'Berlin', name: 'Berlin-Mitte' }];
    await workspace.admin.patch(path, { options: kept }).expect(200);
    const { items } = (await workspace.admin.get('/api/members').expect(200)).body;
    expect(items).toMatchObject([{ properties: { site: 'Berlin' } }]);
  });

  it('says beforehand how many members and rules it touches', async () => {
    const property = await givenProperty({ name: 'Site', type: 'select', options: ['Berlin', 'Rome'] });
    const member = { email: 'ann@example.com', properties: { site: 'berlin' } };
    await workspace.admin.post('/api/members', member).expect(201);
    const rule = { source: 'title', target: { property: 'site' } };
    const rules = [{ source: 'userName', target: { field: 'email' } }, rule];
    await workspace.admin.put('/api/attribute-mapping', { rules }).expect(200);
    const path = `/api/properties/${property.id}/preview`;
    const used = await workspace.admin.post(path, {}).expect(200);
    expect(used.body).toMatchObject({
      members: 1,
      rules: 1,
      options: [
        { key: 'Berlin', members: 1, change: 'stays' },
        { key: 'Rome', members: 0, change: 'stays' },
      ],
    });
    const options = [{ key: 'Rome', name: 'Roma' }];
    const changed = await workspace.admin.post(path, { options }).expect(200);
    expect(changed.body).toMatchObject({
      options: [
        { key: 'Berlin', change: 'deleted' },
        { key: 'Rome', change: 'renamed' },
      ],
    });
  });

  it('converts the values to another type, and lists beforehand what does not convert', async () => {
    const property = await givenProperty({ name: 'Hours', type: 'text' });
    const path = `/api/properties/${property.id}` as const;
    for (const [name, hours] of Object.entries({ ann: '38.5', bob: 'many', eve: '40' })) {
      const member = { email: `${name}@example.com`, properties: { hours } };
      await workspace.admin.post('/api/members', member).expect(201);
    }
    const preview = await workspace.admin.post(`${path}/preview`, { type: 'number' }).expect(200);
    const failure = { name: 'bob@example.com', value: 'many', text: expect.stringMatching(/number/) };
    expect(preview.body).toMatchObject({ members: 3, converts: 2, doesNotConvert: 1, failures: [failure] });
    const refused = await workspace.admin.patch(path, { type: 'number' }).expect(409);
    expect(refused.body).toMatchObject({
      type: expect.stringMatching(/values-do-not-convert$/),
      failures: [failure],
    });
    expect(await values('hours')).toEqual(['38.5', 'many', '40']);
    const body = { type: 'number', dropUnconvertible: true };
    const changed = await workspace.admin.patch(path, body).expect(200);
    expect(changed.body).toEqual({ ...property, type: 'number' });
    expect(await values('hours')).toEqual([38.5, undefined, 40]);
  });

  it('makes options of the values when it becomes a select, and texts of them again', async () => {
    const property = await givenProperty({ name: 'Site', type: 'text' });
    const path = `/api/properties/${property.id}` as const;
    for (const [name, site] of Object.entries({ ann: 'Berlin', bob: 'BERLIN', eve: 'Rome' })) {
      const member = { email: `${name}@example.com`, properties: { site } };
      await workspace.admin.post('/api/members', member).expect(201);
    }
    const changed = await workspace.admin.patch(path, { type: 'select' }).expect(200);
    expect(changed.body.options).toEqual([
      { key: 'berlin', name: 'Berlin' },
      { key: 'rome', name: 'Rome' },
    ]);
    expect(await values('site')).toEqual(['berlin', 'berlin', 'rome']);
    await workspace.admin.patch(path, { type: 'long_text' }).expect(200);
    expect(await values('site')).toEqual(['Berlin', 'Berlin', 'Rome']);
  });

  it('is refused when a mapping rule could not fill it any more', async () => {
    const property = await givenProperty({ name: 'Remote', type: 'checkbox' });
    const rules = [
      { source: 'userName', target: { field: 'email' } },
      { source: { inGroup: 'Remote' }, target: { property: 'remote' } },
    ];
    await workspace.admin.put('/api/attribute-mapping', { rules }).expect(200);
    const path = `/api/properties/${property.id}` as const;
    const refused = await workspace.admin.patch(path, { type: 'date' }).expect(409);
    expect(refused.body.type).toMatch(/rules-do-not-fit$/u);
    expect(refused.body).toMatchObject({
      rules: ['rules[1].source gives true or false, which properties.remote cannot hold'],
      errors: [{ path: 'rules[1].source', code: 'kind-does-not-fit' }],
    });
    const preview = await workspace.admin.post(`${path}/preview`, { type: 'date' }).expect(200);
    expect(preview.body).toMatchObject({ brokenRules: [expect.stringMatching(/^rules\[1\]/u)] });
  });

  it('answers 404 for an unknown id and from another workspace', async () => {
    const { id } = await givenProperty({ name: 'Site', type: 'text' });
    const other = await givenWorkspace(service, { name: 'Other', active: false });
    await other.admin.patch(`/api/properties/${id}`, { name: 'X' }).expect(404);
    await other.admin.delete(`/api/properties/${id}`).expect(404);
    await workspace.admin.patch('/api/properties/site', { name: 'X' }).expect(404);
  });
});

describe('the values of properties', () => {
  it('are typed, checked and cleared', async () => {
    await givenProperty({ name: 'Hours', type: 'number' });
    await givenProperty({ name: 'Remote', type: 'checkbox' });
    await givenProperty({ name: 'Start', type: 'date' });
    await givenProperty({ name: 'Skills', type: 'multi_select', options: ['SQL', 'TS'] });
    await givenProperty({ name: 'Mentor', type: 'user' });
    const mentor = await workspace.admin.post('/api/members', { email: 'boss@example.com' }).expect(201);
    const mentorId = mentor.body.id;
    const properties = { hours: 40, remote: true, start: '2026-01-31', skills: ['TS'], mentor: mentorId };
    const made = await workspace.admin
      .post('/api/members', { email: 'ann@example.com', properties })
      .expect(201);
    expect(made.body).toMatchObject({ properties });
    const path = `/api/members/${made.body.id}` as const;
    const wrong = { hours: 'many', remote: 'perhaps', start: '31.1.', skills: ['Go'], mentor: 'boss' };
    const refused = await workspace.admin.patch(path, { properties: wrong }).expect(400);
    expect(refused.body.errors?.map((error) => error.path)).toEqual(
      Object.keys(wrong).map((key) => `properties.${key}`),
    );
    const cleared = await workspace.admin
      .patch(path, { properties: { hours: null, skills: [] } })
      .expect(200);
    const { hours: _hours, skills: _skills, ...rest } = properties;
    expect(cleared.body.properties).toEqual(rest);
    const unknownMentor = { mentor: '019a0000-0000-7000-8000-000000000001' };
    const unknown = await workspace.admin.patch(path, { properties: unknownMentor }).expect(400);
    expect(unknown.body.errors?.map((error) => error.path)).toEqual(['properties.mentor']);
  });

  it('go with the property when it is deleted', async () => {
    const { id } = await givenProperty({ name: 'Site', type: 'text' });
    const member = { email: 'ann@example.com', properties: { site: 'Berlin' } };
    const made = await workspace.admin.post('/api/members', member).expect(201);
    await workspace.admin.delete(`/api/properties/${id}`).expect(204);
    const path = `/api/members/${made.body.id}` as const;
    expect((await workspace.admin.get(path).expect(200)).body).toMatchObject({ properties: {} });
    await workspace.admin.delete(`/api/properties/${id}`).expect(404);
  });
});
