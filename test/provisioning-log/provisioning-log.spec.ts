import { describe, expect, it } from '@jest/globals';
import type { LogRetentionService } from '../../src/provisioning-log/log-retention.service.ts';
import type { Schema } from '../harness/answers.ts';
import { changePerson, givenPerson, personBody } from '../harness/directory-person.ts';
import { allMembers, synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { adminClient, givenWorkspace, scimClient, signIn } from '../harness/workspace.ts';

const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const secret = 'Hunter2-Hunter2';

type Entry = Schema<'ProvisioningLogEntryResponse'>;

type LoggedRequest = Schema<'LoggedRequestResponse'>;

const service = useService();
const workspace = useWorkspace(service);

async function list(query = '', { admin } = workspace): Promise<Entry[]> {
  const { body } = await admin.get(`/api/provisioning-log${query}`).expect(200);
  return body.items;
}

async function last(): Promise<LoggedRequest> {
  const [entry] = await list();
  return read(entry!.id);
}

async function read(id: string): Promise<LoggedRequest> {
  return (await workspace.admin.get(`/api/provisioning-log/${id}`).expect(200)).body;
}

async function givenGroup(displayName: string, members: string[] = []): Promise<string> {
  const body = { displayName, members: members.map((value) => ({ value })) };
  return (await workspace.scim.post('/Groups', body).expect(201)).body.id;
}

function patchOf(...operations: object[]): object {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations };
}

describe('a logged request', () => {
  it('shows what was sent to change somebody, and what became of them', async () => {
    const body = personBody('ada@example.com', { title: 'Countess' });
    await workspace.scim.post('/Users', body).expect(201);
    const created = await last();
    expect(created.request).toEqual(body);
    expect(created.answer).toBeNull();
    expect(created.changes).toContainEqual({ path: 'title', before: null, after: 'Countess' });
  });

  it('shows what was sent and what was answered when it was refused', async () => {
    await givenPerson(workspace.scim, 'ada@example.com');
    const body = personBody('ADA@example.com', { externalId: 'another' });
    const refusal = await workspace.scim.post('/Users', body).expect(409);
    expect(await last()).toMatchObject({ request: body, answer: refusal.body, changes: [] });
  });

  it('keeps no body of a lookup, but what was asked for and how many there were', async () => {
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    await workspace.scim.get('/Users?filter=userName+eq+"ada@example.com"').expect(200);
    expect(await last()).toMatchObject({
      request: null,
      answer: null,
      meaning: { code: 'found', attribute: 'userName', value: 'ada@example.com', count: 1 },
    });
    await workspace.scim.get(`/Users/${id}`).expect(200);
    expect((await last()).meaning).toMatchObject({ code: 'read', name: 'ada' });
    const { rows } = await bodies();
    expect(rows).toBe(1);
  });

  it('keeps the answer to each operation of a bulk request', async () => {
    const operations = [
      {
        method: 'POST',
        path: '/Users',
        bulkId: 'a',
        data: personBody('ada@example.com', { password: secret }),
      },
      { method: 'DELETE', path: '/Users/none' },
    ];
    const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations: operations };
    const answered = await workspace.scim.post('/Bulk', body).expect(200);
    const logged = await last();
    expect(logged.answer).toEqual(answered.body);
    expect(logged.meaning).toMatchObject({ code: 'bulk', count: 2 });
    expect(JSON.stringify(logged)).not.toContain(secret);
  });

  it('belongs to its workspace alone', async () => {
    await givenPerson(workspace.scim, 'ada@example.com');
    const { id } = await last();
    const other = await givenWorkspace(service);
    await other.admin.get(`/api/provisioning-log/${id}`).expect(404);
    await workspace.admin.get('/api/provisioning-log/none').expect(404);
  });

  it('is kept for 30 days, with its bodies, and then for no longer', async () => {
    await givenPerson(workspace.scim, 'old@example.com');
    await list();
    service.clock.advance({ days: 29 });
    const signedInAgain = async () => ({
      ...workspace,
      admin: adminClient(service, await signIn(service, workspace.id)),
    });
    await givenPerson(workspace.scim, 'new@example.com');
    await list('', await signedInAgain());
    const retention = service.provider<LogRetentionService>('LogRetentionService');
    await retention.prune();
    expect(await bodies()).toEqual({ rows: 2 });
    service.clock.advance({ days: 1, seconds: 1 });
    await retention.prune();
    expect(await list('', await signedInAgain())).toMatchObject([{ meaning: { name: 'new' } }]);
    expect(await bodies()).toEqual({ rows: 1 });
  });
});

describe('no secret is kept', () => {
  const everywhere = async () => {
    const entries = await list();
    const whole = await Promise.all(entries.map(({ id }) => read(id)));
    const stored = await service.dataSource.query<object[]>(
      'SELECT l.*, b.* FROM provisioning_log l LEFT JOIN provisioning_log_body b USING (workspace_id, id)',
    );
    expect(whole.length).toBeGreaterThan(0);
    return JSON.stringify([entries, whole, stored]);
  };

  const inDirectory = async () =>
    JSON.stringify(
      await service.dataSource.query<object[]>(
        'SELECT to_jsonb(u) FROM directory_user u UNION ALL SELECT to_jsonb(e) FROM directory_event e',
      ),
    );

  it('of a new person', async () => {
    const extension = { 'urn:example:User': { apiToken: secret, deeper: { clientSecret: [secret] } } };
    await givenPerson(workspace.scim, 'ada@example.com', { password: secret, ...extension });
    expect(await everywhere()).not.toContain(secret);
  });

  it.each([
    ['by its path', { op: 'replace', path: 'password', value: secret }],
    [
      'by its whole path',
      { op: 'Add', path: 'urn:ietf:params:scim:schemas:core:2.0:User:password', value: secret },
    ],
    ['inside a value', { op: 'replace', value: { password: secret, title: 'Countess' } }],
    ['of an unknown extension', { op: 'replace', path: 'urn:example:User:apiToken', value: secret }],
  ])('of a change %s, done or refused', async (_, operation) => {
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    await workspace.scim.patch(`/Users/${id}`, patchOf(operation));
    await workspace.scim.patch('/Users/none', patchOf(operation)).expect(404);
    expect(await everywhere()).not.toContain(secret);
  });

  it.each([
    { 'urn:acme:2.0:User': { password: secret, badge: 'B7' } },
    { 'urn:acme:2.0:User': { login: { Kennwort: secret, pin: [secret] }, badge: 'B7' } },
    { 'urn:acme:2.0:User': { settings: JSON.stringify({ clientSecret: secret, badge: 'B7' }) } },
    { 'urn:acme:2.0:User': { credentials: [{ type: 'password', value: secret }] } },
    { 'urn:acme:2.0:User:password': secret },
    { name: JSON.stringify({ familyName: 'Lovelace', password: secret }) },
  ])('of a person with %j, nor stored or sent back', async (more) => {
    const created = await workspace.scim.post('/Users', personBody('ada@example.com', more)).expect(201);
    expect(JSON.stringify(created.body)).not.toContain(secret);
    const replaced = await workspace.scim.put(
      `/Users/${created.body.id}`,
      personBody('ada@example.com', { title: 'Countess', ...more }),
    );
    expect(JSON.stringify(replaced.body)).not.toContain(secret);
    if (JSON.stringify(more).includes('B7')) expect(JSON.stringify(replaced.body)).toContain('B7');
    expect(await everywhere()).not.toContain(secret);
    expect(await everywhere()).toContain('left out');
    expect(await inDirectory()).not.toContain(secret);
  });

  it.each([
    { op: 'add', path: 'urn:acme:2.0:User:password', value: secret },
    { op: 'replace', path: 'urn:acme:2.0:User', value: { pin: 4711, Kennwort: secret } },
    { op: 'add', value: { 'urn:acme:2.0:User': { deeper: { apiKey: secret } } } },
    { op: 'add', value: { 'urn:acme:2.0:User:passwort': secret } },
    { op: 'add', path: 'urn:acme:2.0:User:login.secret', value: secret },
    { op: 'replace', path: `password[value eq "${secret}"]`, value: 'x' },
    { op: 'remove', path: `password[value eq "${secret}"]` },
    { op: 'replace', path: 'name', value: JSON.stringify({ familyName: 'Lovelace', pwd: secret }) },
  ])('of a change %j, nor stored or sent back', async (operation) => {
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    const changed = await workspace.scim.patch(`/Users/${id}`, patchOf(operation));
    if (changed.status === 200) expect(JSON.stringify(changed.body)).not.toContain(secret);
    expect(await everywhere()).not.toContain(secret);
    expect(await inDirectory()).not.toContain(secret);
  });

  it.each([`password eq "${secret}"`, `userName eq "ada" or urn:acme:2.0:User:pin eq "${secret}"`])(
    'of a search for %s',
    async (filter) => {
      await workspace.scim.post('/Users/.search', { filter });
      await workspace.scim.get(`/Users?filter=${encodeURIComponent(filter)}`);
      expect(await everywhere()).not.toContain(secret);
    },
  );

  it('but what only sounds like one is', async () => {
    const acme = { secretary: 'Grace', passwordExpiresAt: '2027-01-01', tokenCount: 3, pincode: '560001' };
    const flags = { mustChangePassword: true, hasToken: 'True' };
    const id = await givenPerson(workspace.scim, 'ada@example.com', {
      'urn:acme:2.0:User': { ...acme, ...flags },
    });
    const { body } = await workspace.scim.get(`/Users/${id}`).expect(200);
    expect(body).toMatchObject({ 'urn:acme:2.0:User': { ...acme, ...flags } });
    const [, created] = await list();
    expect((await read(created!.id)).request).toMatchObject({ 'urn:acme:2.0:User': { ...acme, ...flags } });
  });

  it.each([{ password: [secret] }, { password: { value: secret } }])('of a refused body %j', async (more) => {
    await workspace.scim.post('/Users', personBody('ada@example.com', more));
    expect(await everywhere()).not.toContain(secret);
  });

  it('of an address', async () => {
    await workspace.scim.get(`/Users?filter=password+eq+"${secret}"`);
    await workspace.scim.get(`/Users?count=1&access_token=${secret}`);
    expect(await everywhere()).not.toContain(secret);
  });
});

describe('a large body', () => {
  it('is cut with a mark and stays readable', async () => {
    const people = Array.from({ length: 2_000 }, (_, at) => `somebody-${at}`);
    const id = await givenGroup('Everybody', people);
    const logged = await last();
    const { members } = logged.request as { members: unknown[] };
    expect(members.at(-1)).toMatch(/^… \d+$/);
    expect(JSON.stringify(logged.request).length).toBeLessThanOrEqual(16 * 1024);
    const withSecret = { op: 'replace', path: 'displayName', value: 'x', password: secret };
    await workspace.scim.patch(`/Groups/${id}`, patchOf({ ...withSecret, filler: 'y'.repeat(100_000) }));
    expect(JSON.stringify((await last()).request)).not.toContain(secret);
    await workspace.scim
      .patch(`/Groups/${id}`, patchOf({ op: 'replace', path: 'displayName', value: 'x'.repeat(300_000) }))
      .expect(400);
    expect(JSON.stringify((await last()).request).length).toBeLessThanOrEqual(16 * 1024);
    const [entry] = await list();
    expect(JSON.stringify(entry).length).toBeLessThan(2_000);
  });
});

describe('a large change', () => {
  it('is told as far as the limit goes', async () => {
    const attributes = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [`text${at}`, `${at} `.repeat(300)]),
    );
    await givenPerson(workspace.scim, 'ada@example.com', { 'urn:example:User': attributes });
    const { changes } = await last();
    expect(changes.length).toBeGreaterThan(10);
    expect(changes.every(({ path }) => typeof path === 'string')).toBe(true);
    expect(JSON.stringify(changes).length).toBeLessThanOrEqual(16 * 1024);
  });
});

describe('what a request meant', () => {
  it('names the person, the attribute and what it became', async () => {
    const id = await givenPerson(workspace.scim, 'anna@example.com', { displayName: 'Anna Schmidt' });
    expect((await last()).meaning).toMatchObject({
      code: 'created',
      name: 'Anna Schmidt',
      resourceType: 'User',
    });
    await changePerson(workspace.scim, id, { [`${enterpriseUrn}:department`]: 'Sales' });
    expect((await last()).meaning).toMatchObject({
      code: 'changed',
      name: 'Anna Schmidt',
      attribute: `${enterpriseUrn}:department`,
      value: 'Sales',
      more: 0,
    });
    await changePerson(workspace.scim, id, { [`${enterpriseUrn}:department`]: 'Sales' });
    expect((await last()).meaning).toMatchObject({ code: 'unchanged', name: 'Anna Schmidt' });
    await changePerson(workspace.scim, id, { active: false });
    expect((await last()).meaning).toMatchObject({ code: 'deactivated', more: 0 });
    await changePerson(workspace.scim, id, { active: true });
    expect((await last()).meaning).toMatchObject({ code: 'reactivated' });
    await workspace.scim.delete(`/Users/${id}`).expect(204);
    expect((await last()).meaning).toMatchObject({ code: 'deleted', name: 'anna@example.com' });
  });

  it('calls people who get another name by the one that they had', async () => {
    const id = await givenPerson(workspace.scim, 'anna@example.com', { displayName: 'Anna Schmidt' });
    await changePerson(workspace.scim, id, { displayName: 'Anna Weber' });
    expect((await last()).meaning).toMatchObject({
      code: 'changed',
      name: 'Anna Schmidt',
      value: 'Anna Weber',
    });
  });

  it('names a manager by their name and tells when a value was taken away', async () => {
    const boss = await givenPerson(workspace.scim, 'boss@example.com', { displayName: 'The Boss' });
    const id = await givenPerson(workspace.scim, 'ada@example.com', { title: 'Countess' });
    await changePerson(workspace.scim, id, { [`${enterpriseUrn}:manager`]: { value: boss } });
    expect((await last()).meaning).toMatchObject({ code: 'changed', value: 'The Boss' });
    await workspace.scim.patch(`/Users/${id}`, patchOf({ op: 'remove', path: 'title' })).expect(200);
    expect((await last()).meaning).toMatchObject({ code: 'cleared', attribute: 'title' });
  });

  it('says who joined and left a group', async () => {
    const people = await Promise.all(
      ['ada', 'eve', 'kim'].map((name) => givenPerson(workspace.scim, `${name}@example.com`)),
    );
    const id = await givenGroup('Sales');
    expect((await last()).meaning).toMatchObject({ code: 'created', name: 'Sales', resourceType: 'Group' });
    const add = (...ids: string[]) => ({
      op: 'add',
      path: 'members',
      value: ids.map((value) => ({ value })),
    });
    await workspace.scim.patch(`/Groups/${id}`, patchOf(add(people[0]!))).expect(204);
    expect((await last()).meaning).toMatchObject({ code: 'joined', name: 'Sales', member: 'ada', count: 1 });
    await workspace.scim.patch(`/Groups/${id}`, patchOf(add(people[1]!), add(people[2]!))).expect(204);
    expect(await last()).toMatchObject({
      meaning: { code: 'joined', count: 2 },
      changes: [
        { path: 'members', added: ['eve'], removed: [] },
        { path: 'members', added: ['kim'] },
      ],
    });
    const remove = { op: 'remove', path: `members[value eq "${people[0]!}"]` };
    await workspace.scim.patch(`/Groups/${id}`, patchOf(remove)).expect(204);
    expect((await last()).meaning).toMatchObject({ code: 'left', name: 'Sales', member: 'ada', count: 1 });
  });

  it('knows a test of the connection from a lookup that found nobody', async () => {
    const lookUp = (value: string) => workspace.scim.get(`/Users?filter=userName+eq+"${value}"`).expect(200);
    await lookUp('00b2b3c6-7b1e-4a5c-9d10-5a4a2b1c0f11');
    expect((await last()).meaning).toMatchObject({ code: 'tested' });
    await lookUp('nobody@example.com');
    expect((await last()).meaning).toMatchObject({ code: 'foundNothing', value: 'nobody@example.com' });
    await workspace.scim.get('/Users?startIndex=1&count=2').expect(200);
    expect((await last()).meaning).toMatchObject({ code: 'tested' });
    await workspace.scim.get('/Users?startIndex=1&count=100').expect(200);
    expect((await last()).meaning).toMatchObject({ code: 'listed', count: 0 });
    await workspace.scim.get('/ServiceProviderConfig').expect(200);
    expect((await last()).meaning).toMatchObject({ code: 'discovered' });
  });

  it('says what a refused request wanted', async () => {
    await workspace.scim.delete('/Users/none').expect(404);
    expect((await last()).meaning).toMatchObject({ code: 'refused', wanted: 'delete', resourceType: 'User' });
  });

  it('is told of the write that won when two met', async () => {
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    const titles = ['Countess', 'Lady', 'Miss', 'Mrs'];
    await Promise.all(titles.map((title) => changePerson(workspace.scim, id, { title })));
    const told = (await list('?kind=change')).slice(0, titles.length).map(({ meaning }) => meaning.value);
    expect(told.sort()).toEqual(titles);
  });
});

describe('the log', () => {
  it('is filtered by whether something was to be changed', async () => {
    await givenPerson(workspace.scim, 'ada@example.com');
    await workspace.scim.get('/Users').expect(200);
    await workspace.scim.post('/Users/.search', {}).expect(200);
    expect((await list('?kind=change')).map(({ method }) => method)).toEqual(['POST']);
    expect((await list('?kind=read')).map(({ path }) => path)).toEqual(['/Users/.search', '/Users']);
  });

  it('is filtered by the member that requests were about, however often they left and came back', async () => {
    const ada = await givenPerson(workspace.scim, 'ada@example.com');
    const eve = await givenPerson(workspace.scim, 'eve@example.com');
    await synchronize(workspace.admin);
    await workspace.scim.delete(`/Users/${ada}`).expect(204);
    await synchronize(workspace.admin);
    const again = await givenPerson(workspace.scim, 'ada@example.com');
    await synchronize(workspace.admin);
    const member = (await allMembers(workspace.admin)).find(({ email }) => email === 'ada@example.com');
    const about = await list(`?memberId=${member!.id}`);
    expect(about.map(({ method, resourceId }) => [method, resourceId])).toEqual([
      ['POST', again],
      ['DELETE', ada],
      ['POST', ada],
    ]);
    expect(await list(`?memberId=${member!.id}&resourceId=${ada}&kind=change`)).toHaveLength(2);
    expect(await list(`?memberId=${member!.id}&resourceId=${eve}`)).toEqual([]);
    const other = await givenWorkspace(service);
    const { body } = await other.admin.get(`/api/provisioning-log?memberId=${member!.id}`).expect(200);
    expect(body).toMatchObject({ items: [] });
  });

  it('says which API token a request came with, also when it was revoked since, and is filtered by it', async () => {
    const second = (await workspace.admin.post('/api/tokens', { name: 'Okta' }).expect(201)).body;
    await givenPerson(workspace.scim, 'ada@example.com');
    const other = scimClient(service, second.secret);
    await givenPerson(other, 'eve@example.com');
    await other.get('/Users').expect(200);
    const told = { id: second.id, name: 'Okta', lastFour: second.lastFour };
    expect((await last()).token).toEqual({ ...told, revokedAt: null });
    await workspace.admin.delete(`/api/tokens/${second.id}`).expect(204);
    const revokedAt = service.clock.now().toISOString();
    const itsRequests = await list(`?tokenId=${second.id}`);
    expect(itsRequests.map(({ method, token }) => [method, token])).toEqual([
      ['GET', { ...told, revokedAt }],
      ['POST', { ...told, revokedAt }],
    ]);
    expect(await list(`?tokenId=${second.id}&kind=read`)).toHaveLength(1);
    const [first] = (await list()).filter(({ token }) => token?.id !== second.id);
    expect(first?.token).toMatchObject({ revokedAt: null, lastFour: workspace.token.slice(-4) });
    expect(await list(`?tokenId=${first?.token?.id}`)).toHaveLength(1);
    const stranger = await givenWorkspace(service);
    const { body } = await stranger.admin.get(`/api/provisioning-log?tokenId=${second.id}`).expect(200);
    expect(body).toMatchObject({ items: [] });
    await workspace.admin.get('/api/provisioning-log?tokenId=Okta').expect(400);
    expect(JSON.stringify(itsRequests)).not.toContain(second.secret);
  });

  it('is filtered by the time of the request, the end exclusive', async () => {
    await givenPerson(workspace.scim, 'ada@example.com');
    const begin = service.clock.now().toISOString();
    service.clock.advance({ seconds: 60 });
    await givenPerson(workspace.scim, 'eve@example.com');
    const end = service.clock.now().toISOString();
    expect(await list(`?to=${end}`)).toHaveLength(1);
    expect(await list(`?from=${end}`)).toHaveLength(1);
    expect(await list(`?from=${begin}`)).toHaveLength(2);
    expect(await list(`?from=${begin}&to=${begin}`)).toEqual([]);
  });
});

describe('a search in the directory', () => {
  interface Found {
    id: string;
    resourceType: string;
    name: string;
    userName: string | null;
  }

  async function search(text: string, admin = workspace.admin): Promise<Found[]> {
    const { body } = await admin
      .get(`/api/directory-resources?search=${encodeURIComponent(text)}`)
      .expect(200);
    return body.items;
  }

  it('finds people by name and user name and groups by name, people first, of no other workspace', async () => {
    const name = { givenName: 'Zoë', familyName: 'Straße' };
    const zoe = await givenPerson(workspace.scim, 'zs@example.com', { displayName: '', name });
    const ada = await givenPerson(workspace.scim, 'ada@example.com', { displayName: 'Ada Zobel' });
    const group = await givenGroup('Friends of ZO');
    const people = [
      { id: ada, resourceType: 'User', name: 'Ada Zobel', userName: 'ada@example.com' },
      { id: zoe, resourceType: 'User', name: 'Zoë Straße', userName: 'zs@example.com' },
    ];
    expect(await search('zo')).toEqual([
      ...people,
      { id: group, resourceType: 'Group', name: 'Friends of ZO', userName: null },
    ]);
    expect(await search('ZS@')).toEqual([people[1]]);
    expect(await search('zoë str')).toEqual([people[1]]);
    expect(await search('%')).toEqual([]);
    expect(await search('zo', (await givenWorkspace(service)).admin)).toEqual([]);
  });

  it('answers with one of them by id, also after the end, and to nobody else', async () => {
    const id = await givenPerson(workspace.scim, 'ada@example.com', { displayName: 'Ada Zobel' });
    const path = `/api/directory-resources/${id}`;
    const found = await workspace.admin.get(path).expect(200);
    expect(found.body).toEqual({
      id,
      resourceType: 'User',
      name: 'Ada Zobel',
      userName: 'ada@example.com',
    });
    await workspace.scim.delete(`/Users/${id}`).expect(204);
    const gone = await workspace.admin.get(path).expect(200);
    expect(gone.body).toMatchObject({ id, resourceType: 'User', userName: null });
    const other = await givenWorkspace(service);
    await other.admin.get(path).expect(404);
    await other.admin.get('/api/directory-resources/none').expect(404);
  });

  it('wants something to look for', async () => {
    for (const query of ['', '?search=', `?search=${'x'.repeat(301)}`]) {
      await workspace.admin.get(`/api/directory-resources${query}`).expect(400);
    }
  });
});

async function bodies(): Promise<{ rows: number }> {
  const [row] = await service.dataSource.query<{ rows: number }[]>(
    'SELECT count(*)::integer AS rows FROM provisioning_log_body WHERE workspace_id = $1',
    [workspace.id],
  );
  return row!;
}

describe('a search of the log', () => {
  const found = async (search: string, more = '') =>
    (await list(`?search=${encodeURIComponent(search)}${more}`)).map(
      ({ method, path, status }) => `${method} ${decodeURIComponent(path).split('/', 2).join('/')} ${status}`,
    );

  it('finds a refused create by name, user name, external id and address, and the sentence names the person', async () => {
    await givenPerson(workspace.scim, 'other@example.com');
    await givenPerson(workspace.scim, 'dora@example.com');
    const name = { givenName: 'Dora', familyName: 'Double' };
    const emails = [{ value: 'Second.Dora@example.com' }];
    const { displayName: _, ...body } = personBody('DORA@example.com', {
      externalId: 'AAD-77',
      name,
      emails,
    });
    await workspace.scim.post('/Users', body).expect(409);
    for (const search of ['double dora', 'aad-77', 'second.dora@']) {
      expect([search, await found(search)]).toEqual([search, ['POST /Users 409']]);
    }
    const [refused] = await list('?search=double&outcome=error');
    expect(refused?.meaning).toMatchObject({ code: 'refused', wanted: 'create', name: 'Dora Double' });
    expect(await found('dora@example.com')).toEqual(['POST /Users 409', 'POST /Users 201']);
    expect(await found('%')).toEqual([]);
  });

  it('finds every request about a person by what the directory holds, and about one who was deleted since', async () => {
    const id = await givenPerson(workspace.scim, 'eve@example.com', { displayName: 'Eve Early' });
    await changePerson(workspace.scim, id, { title: 'Analyst' });
    await workspace.scim
      .get(`/Users?filter=${encodeURIComponent('userName eq "EVE@example.com"')}`)
      .expect(200);
    const requests = ['PATCH /Users 200', 'POST /Users 201'];
    expect(await found('eve early')).toEqual(requests);
    expect((await found('eve@example')).slice(1)).toEqual(requests);
    await workspace.scim.delete(`/Users/${id}`).expect(204);
    expect(await found('early')).toEqual(['DELETE /Users 204', ...requests]);
    expect(await found('early', '&outcome=error')).toEqual([]);
  });

  it('keeps no secret to search by, and finds nothing of another workspace', async () => {
    await workspace.scim
      .post('/Users', personBody('fay@example.com', { active: 'perhaps', password: secret, userName: '' }))
      .expect(400);
    const embedded = JSON.stringify({ password: secret });
    await givenPerson(workspace.scim, 'gus@example.com', { displayName: embedded });
    await workspace.scim.post('/Users', personBody('gus@example.com', { displayName: embedded })).expect(409);
    expect(await found('gus@example.com')).toEqual(['POST /Users 409', 'POST /Users 201']);
    const filter = encodeURIComponent(`password eq "${secret}"`);
    await workspace.scim.get(`/Users?filter=${filter}`);
    expect((await list()).filter(({ meaning }) => JSON.stringify(meaning).includes(secret))).toEqual([]);
    const rows = await service.dataSource.query<{ all: string }[]>(
      `SELECT coalesce(search_text, '') || coalesce(subject, '') AS all FROM provisioning_log WHERE workspace_id = $1`,
      [workspace.id],
    );
    expect(JSON.stringify(rows)).not.toContain(secret);
    const other = await givenWorkspace(service);
    expect(await list('?search=fay', other)).toEqual([]);
  });
});
