import { describe, expect, it } from '@jest/globals';
import {
  enterpriseUrn,
  givenGroup,
  givenUser,
  groupUrn,
  idsBy,
  listBy,
  patchOf,
  readGroup,
  readUser,
  userBody,
  userUrn,
  type Member,
} from './directory.ts';
import { expectScimAnswer, expectScimError } from './scim-expectations.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';

const service = useService();
const { scim } = useSharedWorkspace(service);

describe('names (RFC 7643 §2.1, RFC 7644 §3.10)', () => {
  it('takes attribute names of a body in any case', async () => {
    const body = { SCHEMAS: [userUrn], USERNAME: 'Upper@example.com', NAME: { GIVENNAME: 'Ada' } };
    const response = await scim.post('/Users', body);
    expectScimAnswer(response, 201);
    expect(response.body).toMatchObject({ userName: 'Upper@example.com', name: { givenName: 'Ada' } });
  });

  it('takes attribute names, URNs and operators of a filter in any case', async () => {
    const { id } = await givenUser(scim, { userName: 'any.case@example.com' });
    const filter = `${userUrn.toUpperCase()}:USERNAME EQ "ANY.case@example.com"`;
    expect(await idsBy(scim, 'Users', filter)).toEqual([id]);
  });

  it('takes the names of excludedAttributes in any case', async () => {
    const { id } = await givenGroup(scim, {}, ['x']);
    const response = await scim.get(`/Groups/${id}?excludedAttributes=MEMBERS`);
    expect(response.body).not.toHaveProperty('members');
    expect(response.body).toHaveProperty('displayName');
  });

  it('takes paths of a PATCH in any case', async () => {
    const { id } = await givenUser(scim);
    const path = `${enterpriseUrn.toUpperCase()}:DEPARTMENT`;
    await scim.patch(`/Users/${id}`, patchOf({ op: 'add', path, value: 'Sales' })).expect(200);
    expect((await readUser(scim, id))[enterpriseUrn]).toEqual({ department: 'Sales' });
  });

  it('lets $ref, hyphens and underscores stand in names', async () => {
    const { id } = await givenUser(scim, { 'urn:example:ext:1.0:User': { 'a-b_c': 'x' } });
    expect(await idsBy(scim, 'Users', 'urn:example:ext:1.0:User:a-b_c eq "x"')).toEqual([id]);
    const probe = 'emails[$ref eq "x"]';
    expect(await idsBy(scim, 'Users', probe)).toEqual([]);
  });

  it('takes core attributes under the URN of their schema, in paths and filters', async () => {
    const { id } = await givenUser(scim);
    const path = `${userUrn}:name.familyName`;
    await scim.patch(`/Users/${id}`, patchOf({ op: 'replace', path, value: 'Qualified' })).expect(200);
    expect(await idsBy(scim, 'Users', `${path} eq "qualified"`)).toEqual([id]);
  });
});

describe('values (RFC 7643 §2)', () => {
  it('treats null, [] and "" as unassigned and never answers null', async () => {
    const created = await givenUser(scim, {
      title: null,
      emails: [],
      nickName: '',
      name: { givenName: null },
    });
    for (const name of ['title', 'emails', 'nickName', 'name']) expect(created).not.toHaveProperty(name);
    expect(JSON.stringify(await readUser(scim, created.id))).not.toContain('null');
  });

  it('compares externalId, id and manager.value case-exactly, userName and displayName not', async () => {
    const user = await givenUser(scim, {
      userName: 'Case@example.com',
      externalId: 'AbC',
      displayName: 'Case Exact',
      [enterpriseUrn]: { manager: { value: 'MgR' } },
    });
    expect(await idsBy(scim, 'Users', 'externalId eq "abc"')).toEqual([]);
    expect(await idsBy(scim, 'Users', 'externalId eq "AbC"')).toEqual([user.id]);
    expect(await idsBy(scim, 'Users', 'manager eq "mgr"')).toEqual([]);
    expect(await idsBy(scim, 'Users', 'manager eq "MgR"')).toEqual([user.id]);
    expect(await idsBy(scim, 'Users', 'userName eq "CASE@EXAMPLE.COM"')).toEqual([user.id]);
    expect(await idsBy(scim, 'Users', 'displayName eq "case exact"')).toEqual([user.id]);
  });

  it('answers 404 to every verb on an id that is no UUID', async () => {
    for (const endpoint of ['Users', 'Groups']) {
      const path = `/${endpoint}/0091-not%20a%20uuid`;
      expectScimAnswer(await scim.get(path), 404);
      expectScimAnswer(await scim.delete(path), 404);
      expectScimAnswer(
        await scim.patch(path, patchOf({ op: 'replace', path: 'displayName', value: 'x' })),
        404,
      );
      expectScimAnswer(await scim.put(path, { userName: 'x', displayName: 'x' }), 404);
    }
  });

  it('lets several users, or groups, have one externalId, and finds them all', async () => {
    const users = [
      await givenUser(scim, { externalId: 'shared' }),
      await givenUser(scim, { externalId: 'shared' }),
    ];
    expect(await idsBy(scim, 'Users', 'externalId eq "shared"')).toEqual(users.map(({ id }) => id).sort());
    const groups = [await givenGroup(scim, { externalId: 'shared' }), await givenGroup(scim)];
    const change = patchOf({ op: 'replace', path: 'externalId', value: 'shared' });
    await scim.patch(`/Groups/${groups[1]?.id}`, change).expect(204);
    expect(await idsBy(scim, 'Groups', 'externalId eq "shared"')).toEqual(groups.map(({ id }) => id).sort());
  });

  it('takes a reference by a shared externalId for one of those who have it', async () => {
    const [first] = [
      await givenUser(scim, { externalId: 'both' }),
      await givenUser(scim, { externalId: 'both' }),
    ];
    const group = await givenGroup(scim, {}, ['both']);
    expect((group.members as Member[]).map(({ value }) => value)).toEqual([first.id]);
    const report = await givenUser(scim, { [enterpriseUrn]: { manager: { value: 'both' } } });
    expect(report[enterpriseUrn]).toEqual({ manager: { value: 'both', $ref: first.meta.location } });
  });

  it.each([undefined, null, '', []])('requires a userName: %p is none', async (userName) => {
    expectScimError(await scim.post('/Users', { schemas: [userUrn], userName }), 400, 'invalidValue');
  });

  it('never returns a password and refuses to search by it', async () => {
    const user = await givenUser(scim, { password: 'secret-1' });
    expect(JSON.stringify(await readUser(scim, user.id))).not.toContain('secret-1');
    const asked = await scim.get(`/Users/${user.id}?attributes=password`);
    expect(JSON.stringify(asked.body)).not.toContain('secret-1');
    expectScimError(await scim.get('/Users?filter=password%20eq%20%22secret-1%22'), 403, 'sensitive');
  });

  it('derives the groups of a user and ignores those that are sent', async () => {
    const user = await givenUser(scim, { groups: [{ value: 'invented' }] });
    expect(user).not.toHaveProperty('groups');
    const group = await givenGroup(scim, { displayName: 'Derived' }, [user.id]);
    expect((await readUser(scim, user.id)).groups).toEqual([
      { value: group.id, $ref: group.meta.location, display: 'Derived', type: 'direct' },
    ]);
  });

  it('writes meta itself, consistent with the headers', async () => {
    const meta = { resourceType: 'Users', created: '2001-01-01T00:00:00Z', location: 'x', version: 'x' };
    const response = await scim.post('/Users', userBody({ meta })).expect(201);
    const user = response.body;
    const now = service.clock.now().toISOString();
    const location = `${service.config.publicUrl}/scim/v2/Users/${user.id}`;
    expect(user.meta).toEqual({
      resourceType: 'User',
      created: now,
      lastModified: now,
      location,
      version: 'W/"1"',
    });
    expect(response.headers.location).toBe(location);
    expect(response.headers.etag).toBe('W/"1"');
  });

  it('lists in schemas the core URN and the extensions that have values, each once', async () => {
    const plain = await givenUser(scim, { schemas: [userUrn, enterpriseUrn, userUrn] });
    expect(plain.schemas).toEqual([userUrn]);
    const extended = await givenUser(scim, { schemas: [userUrn], [enterpriseUrn]: { department: 'x' } });
    expect([...extended.schemas].sort()).toEqual([userUrn, enterpriseUrn].sort());
    const removed = await scim
      .patch(`/Users/${extended.id}`, patchOf({ op: 'remove', path: enterpriseUrn }))
      .expect(200);
    expect(removed.body.schemas).toEqual([userUrn]);
  });

  it('keeps the first of two primary values of a POST', async () => {
    const emails = [
      { value: 'a@example.com', primary: true },
      { value: 'b@example.com', primary: true },
    ];
    const user = await givenUser(scim, { emails });
    const primaries = (user.emails as { value: string; primary?: boolean }[]).filter(
      (email) => email.primary,
    );
    expect(primaries.map(({ value }) => value)).toEqual(['a@example.com']);
  });

  it('demotes the old primary value when a PATCH sets a new one', async () => {
    const user = await givenUser(scim, { emails: [{ type: 'work', value: 'a@example.com', primary: true }] });
    const added = [{ type: 'home', value: 'b@example.com', primary: true }];
    await scim.patch(`/Users/${user.id}`, patchOf({ op: 'add', path: 'emails', value: added })).expect(200);
    const emails = (await readUser(scim, user.id)).emails as { value: string; primary?: boolean }[];
    expect(emails.filter((email) => email.primary).map(({ value }) => value)).toEqual(['b@example.com']);
    expect(emails).toHaveLength(2);
  });

  it('adds a value that is there already only once', async () => {
    const email = { type: 'work', value: 'once@example.com' };
    const user = await givenUser(scim, { emails: [email, email] });
    await scim.patch(`/Users/${user.id}`, patchOf({ op: 'add', path: 'emails', value: [email] })).expect(200);
    const after = await readUser(scim, user.id);
    expect(after.emails).toEqual([email]);
    expect(after.meta.version).toBe(user.meta.version);
  });

  it('takes other types than the canonical ones', async () => {
    const emails = [{ type: 'school', value: 's@example.com' }];
    expect(await givenUser(scim, { emails })).toMatchObject({ emails });
  });

  it('requires the displayName of a group', async () => {
    expectScimError(await scim.post('/Groups', { schemas: [groupUrn] }), 400, 'invalidValue');
  });

  it('does not let a member be edited in place into somebody else', async () => {
    const group = await givenGroup(scim, {}, ['a']);
    const change = patchOf({ op: 'replace', path: 'members[value eq "a"].value', value: 'b' });
    const response = await scim.patch(`/Groups/${group.id}`, change);
    expectScimAnswer(response, 400);
    const members = (await readGroup(scim, group.id)).members as Member[];
    expect(members.map(({ value }) => value)).toEqual(['a']);
  });

  it('takes a manager without value, and writes their displayName itself', async () => {
    const boss = await givenUser(scim, { displayName: 'The Boss' });
    const manager = { value: boss.id, displayName: 'Invented' };
    const user = await givenUser(scim, { [enterpriseUrn]: { manager } });
    expect(user[enterpriseUrn]).toEqual({
      manager: { value: boss.id, displayName: 'The Boss', $ref: boss.meta.location },
    });
    await givenUser(scim, { [enterpriseUrn]: { department: 'x', manager: { displayName: 'Only a name' } } });
  });

  it('compares dates as times, whatever their offset and precision', async () => {
    const { id } = await givenUser(scim);
    const { created } = (await readUser(scim, id)).meta;
    const shifted = Temporal.Instant.from(created).toString({ timeZone: '+05:30' });
    expect(await idsBy(scim, 'Users', `id eq "${id}" and meta.created eq "${shifted}"`)).toEqual([id]);
    expect(await idsBy(scim, 'Users', `id eq "${id}" and meta.created ge "2000-01-01T00:00:00Z"`)).toEqual([
      id,
    ]);
    expect(await idsBy(scim, 'Users', `id eq "${id}" and meta.created lt "2000-01-01T00:00Z"`)).toEqual([]);
  });

  it('keeps what it was sent: the case of userName, the format of a phone number', async () => {
    const phoneNumbers = [{ type: 'work', value: '  +1 (858) 555-0109 ext. 7' }];
    const user = await givenUser(scim, { userName: 'MiXeD@Example.com', phoneNumbers });
    expect(await readUser(scim, user.id)).toMatchObject({ userName: 'MiXeD@Example.com', phoneNumbers });
    expect((await listBy(scim, 'Users', 'userName eq "mixed@example.com"')).Resources[0]?.userName).toBe(
      'MiXeD@Example.com',
    );
  });
});
