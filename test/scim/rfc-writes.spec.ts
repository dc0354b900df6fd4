import { describe, expect, it } from '@jest/globals';
import { UnseenInNames1819000000000 } from '../../src/database/migrations/1819000000000-unseen-in-names.ts';
import {
  enterpriseUrn,
  givenGroup,
  givenUser,
  groupUrn,
  idsBy,
  memberIds,
  patchOf,
  patchUser,
  readGroup,
  readUser,
  userBody,
  userUrn,
  type Member,
  type Operation,
} from './directory.ts';
import { expectScimAnswer, expectScimError } from './scim-expectations.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';

const service = useService();
const { scim } = useSharedWorkspace(service);

const unknownId = '00000000-0000-7000-8000-000000000000';

async function expectPatchError(
  id: string,
  scimType: string | undefined,
  ...operations: unknown[]
): Promise<void> {
  const before = await readUser(scim, id);
  const response = await scim.patch(`/Users/${id}`, patchOf(...(operations as Operation[])));
  expectScimError(response, 400, scimType);
  expect(await readUser(scim, id)).toEqual(before);
}

describe('POST, PUT, DELETE (RFC 7644 §3.3, §3.5.1, §3.6)', () => {
  it('POST answers 201 with Location, ETag and the resource', async () => {
    const response = await scim.post('/Groups', { schemas: [groupUrn], displayName: 'Created' });
    expectScimAnswer(response, 201);
    const group = response.body;
    expect(response.headers.location).toBe(group.meta.location);
    expect(response.headers['content-location']).toBe(group.meta.location);
    expect(response.headers.etag).toBe(group.meta.version);
    expect(await readGroup(scim, group.id)).toEqual(group);
  });

  it('PUT never creates', async () => {
    expectScimError(await scim.put(`/Users/${unknownId}`, userBody()), 404);
    expectScimError(await scim.put(`/Groups/${unknownId}`, { displayName: 'x' }), 404);
  });

  it('PUT clears what it leaves out, keeps what it repeats', async () => {
    const user = await givenUser(scim, {
      title: 'Old',
      nickName: 'Nick',
      [enterpriseUrn]: { department: 'D' },
    });
    const response = await scim.put(`/Users/${user.id}`, userBody({ userName: user.userName, title: 'New' }));
    expectScimAnswer(response, 200);
    expect(response.body).toMatchObject({ id: user.id, title: 'New' });
    expect(response.body).not.toHaveProperty('nickName');
    expect(response.body).not.toHaveProperty([enterpriseUrn]);
    expect(response.headers['content-location']).toBe(user.meta.location);
  });

  it('PUT ignores read-only attributes, an id that is not the one of the URL among them', async () => {
    const user = await givenUser(scim);
    const body = userBody({ id: unknownId, groups: [{ value: 'x' }], meta: { version: 'W/"9"' } });
    const response = await scim.put(`/Users/${user.id}`, body);
    expectScimAnswer(response, 200);
    expect(response.body).toMatchObject({ id: user.id });
    expect(response.body).not.toHaveProperty('groups');
  });

  it('PUT requires what is required', async () => {
    const user = await givenUser(scim);
    expectScimError(await scim.put(`/Users/${user.id}`, { schemas: [userUrn] }), 400, 'invalidValue');
    const group = await givenGroup(scim);
    expectScimError(await scim.put(`/Groups/${group.id}`, { schemas: [groupUrn] }), 400, 'invalidValue');
  });

  it('PUT without active keeps it, so that a profile does not re-activate anybody', async () => {
    const user = await givenUser(scim, { active: false });
    const response = await scim.put(`/Users/${user.id}`, { userName: user.userName, title: 'x' });
    expect(response.body).toMatchObject({ active: false, title: 'x' });
  });

  it('PUT of a userName that another has is a conflict', async () => {
    const one = await givenUser(scim);
    const two = await givenUser(scim);
    const sameName = userBody({ userName: String(one.userName).toUpperCase() });
    expectScimError(await scim.put(`/Users/${two.id}`, sameName), 409, 'uniqueness');
    expect(await readUser(scim, two.id)).toEqual(two);
  });

  it('DELETE leaves nothing: no resource, no name, no membership', async () => {
    const user = await givenUser(scim, { userName: 'leaver@example.com', externalId: 'leaver' });
    const group = await givenGroup(scim, {}, [user.id]);
    expectScimAnswer(await scim.delete(`/Users/${user.id}`), 204);
    for (const response of [
      await scim.get(`/Users/${user.id}`),
      await scim.put(`/Users/${user.id}`, userBody()),
      await scim.patch(`/Users/${user.id}`, patchOf({ op: 'replace', path: 'active', value: true })),
      await scim.delete(`/Users/${user.id}`),
    ]) {
      expectScimError(response, 404);
    }
    expect(await idsBy(scim, 'Users', 'userName eq "leaver@example.com"')).toEqual([]);
    expect(await memberIds(scim, group.id)).toEqual([]);
    const again = await givenUser(scim, { userName: 'leaver@example.com', externalId: 'leaver' });
    expect(again.id).not.toBe(user.id);
  });
});

describe('messages (RFC 7644 §3.5.2, §3.7, §3.4.3)', () => {
  const prefix = 'urn:ietf:params:scim:api:messages:2.0:';
  const user = { userName: 'must-not-be@example.com' };
  const operation = { op: 'replace', path: 'title', value: 'must not be' };
  const bodies: readonly [name: string, path: (id: string) => string, body: object][] = [
    ['PatchOp', (id) => `/Users/${id}`, { Operations: [operation] }],
    [
      'BulkRequest',
      () => '/Bulk',
      { Operations: [{ method: 'POST', bulkId: 'a', path: '/Users', data: user }] },
    ],
    ['SearchRequest', () => '/.search', { count: 1 }],
    ['SearchRequest', () => '/Users/.search', { count: 1 }],
    ['SearchRequest', () => '/Groups/.search', { count: 1 }],
  ];
  const send = (name: string, path: string, body: object) =>
    name === 'PatchOp' ? scim.patch(path, body) : scim.post(path, body);

  it.each(bodies)(
    'a %s that says it is another message is refused, and has no effect',
    async (name, path, body) => {
      const before = await givenUser(scim);
      for (const other of ['PatchOp', 'BulkRequest', 'SearchRequest', 'ListResponse', 'Error']) {
        if (other === name) continue;
        for (const schemas of [[prefix + other], prefix + other, [userUrn], [7]]) {
          expectScimError(await send(name, path(before.id), { schemas, ...body }), 400, 'invalidSyntax');
        }
      }
      expect(await readUser(scim, before.id)).toEqual(before);
      expect(await idsBy(scim, 'Users', `userName eq "${user.userName}"`)).toEqual([]);
    },
  );

  it.each(bodies.filter(([name]) => name !== 'BulkRequest'))(
    'a %s is taken that says what it is in any way, or nothing',
    async (name, path, body) => {
      const { id } = await givenUser(scim);
      const right = prefix + name;
      for (const schemas of [
        undefined,
        null,
        [],
        '',
        [''],
        [right],
        right,
        [right.toUpperCase()],
        [userUrn, right],
      ]) {
        expectScimAnswer(await send(name, path(id), { schemas, ...body }), 200);
      }
    },
  );
});

describe('a userName that looks like another', () => {
  it.each([
    'Twin-N@Example.com ',
    ' twin-N@example.com',
    'twin-\u200bN@example.com',
    'twin-N@exa\u00admple.com',
    'twin-N\u2060@example.com',
    '\u202etwin-N@example.com\u202c\u200e',
    'twin-N@exam\ufff9ple.com',
  ])('is the same name, whichever comes first, and stays as it was sent: %j', async (pattern) => {
    for (const isFirst of [true, false]) {
      const number = Math.random().toString().slice(2);
      const plain = `twin-${number}@example.com`;
      const hidden = pattern.replace('N', number);
      const [first, second] = isFirst ? [hidden, plain] : [plain, hidden];
      const user = await givenUser(scim, { userName: first });
      expect(user.userName).toBe(first);
      expectScimError(await scim.post('/Users', userBody({ userName: second })), 409, 'uniqueness');
      for (const name of [plain, hidden]) {
        expect(await idsBy(scim, 'Users', `userName eq ${JSON.stringify(name)}`)).toEqual([user.id]);
      }
      const other = await givenUser(scim);
      const rename = patchOf({ op: 'replace', path: 'userName', value: second });
      expectScimError(await scim.patch(`/Users/${other.id}`, rename), 409, 'uniqueness');
      const renamed = await patchUser(scim, user.id, { op: 'replace', path: 'userName', value: second });
      expect(renamed.userName).toBe(second);
    }
  });

  it.each([
    '\u200b',
    '\u200b\u200b',
    '\u00ad',
    '\u202e',
    ' \u2060\ufeff',
    '\u2800',
    '\ufff9\ufffb',
    '\u3164',
  ])('is refused like a blank when nobody can see it: %j', async (userName) => {
    expectScimError(await scim.post('/Users', userBody({ userName })), 400, 'invalidValue');
    const user = await givenUser(scim);
    const rename = patchOf({ op: 'replace', path: 'userName', value: userName });
    expectScimError(await scim.patch(`/Users/${user.id}`, rename), 400, 'invalidValue');
    expectScimError(await scim.put(`/Users/${user.id}`, userBody({ userName })), 400, 'invalidValue');
    const group = await scim.post('/Groups', { schemas: [groupUrn], displayName: userName });
    expectScimError(group, 400, 'invalidValue');
  });

  it('goes on working where it was there before names were compared so, and the eldest is found', async () => {
    const { dataSource } = service;
    const users = [];
    for (const userName of ['old-twin@example.com\u200b', 'Old-Twin@example.com ', 'lone@example.com ']) {
      users.push(await givenUser(scim, { userName: `x-${userName}` }).then(({ id }) => ({ id, userName })));
      const { id } = users.at(-1)!;
      await dataSource.query(
        `UPDATE directory_user SET user_name = $2::text, user_name_key = scim_fold($2::text),
           resource = jsonb_set(resource, '{userName}', to_jsonb($2::text)) WHERE id = $1`,
        [id, userName],
      );
    }
    const runner = dataSource.createQueryRunner();
    const migration = new UnseenInNames1819000000000();
    try {
      for (const step of ['up', 'up', 'down', 'up'] as const) await migration[step](runner);
    } finally {
      await runner.release();
    }
    const [eldest, twin, lone] = users as [Named, Named, Named];
    expect(await idsBy(scim, 'Users', 'userName eq "old-twin@example.com"')).toEqual([eldest.id]);
    expect(await idsBy(scim, 'Users', 'userName eq "lone@example.com"')).toEqual([lone.id]);
    for (const { id, userName } of users) {
      expect(await readUser(scim, id)).toMatchObject({ userName });
      expect(await patchUser(scim, id, { op: 'replace', path: 'active', value: false })).toMatchObject({
        active: false,
      });
      expectScimAnswer(await scim.put(`/Users/${id}`, userBody({ userName, title: 'x' })), 200);
    }
    const rename = await scim.put(`/Users/${twin.id}`, userBody({ userName: 'old-twin@example.com' }));
    expectScimError(rename, 409, 'uniqueness');
    await patchUser(scim, twin.id, { op: 'replace', path: 'userName', value: 'new-twin@example.com' });
    expect(await idsBy(scim, 'Users', 'userName eq "new-twin@example.com"')).toEqual([twin.id]);
  });
});

interface Named {
  id: string;
  userName: string;
}

describe('schemas of a resource', () => {
  it('can be searched by, as those of other resources can', async () => {
    const plain = await givenUser(scim, { title: 'searched' });
    const urn = 'urn:example:searched:1.0:User';
    const extended = await givenUser(scim, {
      title: 'searched',
      [urn]: { a: 1 },
      [enterpriseUrn]: { division: 'x' },
    });
    const found = (filter: string) => idsBy(scim, 'Users', `title eq "searched" and ${filter}`);
    const both = [plain.id, extended.id].sort();
    expect(await found(`schemas eq "${userUrn}"`)).toEqual(both);
    expect(await found(`schemas eq "${enterpriseUrn.toUpperCase()}"`)).toEqual([extended.id]);
    expect(await found(`schemas co "searched"`)).toEqual([extended.id]);
    expect(await found(`schemas sw "urn:example:"`)).toEqual([extended.id]);
    expect(await found(`schemas ne "${urn}"`)).toEqual([plain.id]);
    expect(await found(`not (schemas eq "${enterpriseUrn}")`)).toEqual([plain.id]);
    expect(await found('schemas pr')).toEqual(both);
    expect(await found(`schemas eq "${groupUrn}"`)).toEqual([]);
    const group = await givenGroup(scim, { displayName: 'searched' });
    const filter = encodeURIComponent(`schemas eq "${groupUrn}" and displayName eq "searched"`);
    for (const path of ['Groups', ''] as const) {
      const { body } = await scim.get(`/${path}?filter=${filter}&attributes=schemas`).expect(200);
      expect(body.Resources).toMatchObject([{ id: group.id, schemas: [groupUrn] }]);
    }
  });
});

describe('groups in groups', () => {
  const membersOf = async (id: string) => (await readGroup(scim, id)).members as Member[];

  it('shows a nested group as what it is, by its present name', async () => {
    const child = await givenGroup(scim, { displayName: 'Child' });
    const user = await givenUser(scim, { displayName: 'Ada' });
    const parent = await givenGroup(scim, {
      members: [{ value: child.id }, { value: user.id }, { value: 'unknown' }],
    });
    const shown = (display: string) =>
      expect.arrayContaining([
        { value: child.id, $ref: child.meta.location, display, type: 'Group' },
        { value: user.id, $ref: user.meta.location, display: 'Ada', type: 'User' },
        { value: 'unknown', type: 'User' },
      ]);
    expect(parent.members).toEqual(shown('Child'));
    const renaming = patchOf({ op: 'replace', path: 'displayName', value: 'Renamed' });
    await scim.patch(`/Groups/${child.id}`, renaming).expect(204);
    expect(await membersOf(parent.id)).toEqual(shown('Renamed'));
    expect(await idsBy(scim, 'Groups', `members[type eq "Group" and value eq "${child.id}"]`)).toEqual([
      parent.id,
    ]);
    const removal = patchOf({ op: 'remove', path: 'members[type eq "Group"]' });
    await scim.patch(`/Groups/${parent.id}`, removal).expect(204);
    expect(await memberIds(scim, parent.id)).toEqual([user.id, 'unknown'].sort());
  });

  it('resolves a group that is named by its externalId like a user, also one that comes later', async () => {
    const child = await givenGroup(scim, { displayName: 'Child', externalId: 'child-x' });
    const parent = await givenGroup(scim, { displayName: 'Parent' });
    const named = ['child-x', 'late-x', 'user-x'].map((value) => ({ value }));
    const typed = { value: 'child-x', type: 'User' };
    const add = (value: unknown) => patchOf({ op: 'add', path: 'members', value });
    await scim.patch(`/Groups/${parent.id}`, add(named)).expect(204);
    const late = await givenGroup(scim, { displayName: 'Late', externalId: 'late-x' });
    const user = await givenUser(scim, { displayName: 'Ada', externalId: 'user-x' });
    expect(await membersOf(parent.id)).toEqual(
      expect.arrayContaining([
        { value: child.id, $ref: child.meta.location, display: 'Child', type: 'Group' },
        { value: 'late-x', $ref: late.meta.location, display: 'Late', type: 'Group' },
        { value: user.id, $ref: user.meta.location, display: 'Ada', type: 'User' },
      ]),
    );
    const filter = 'members[type eq "Group" and display eq "Late"]';
    expect(await idsBy(scim, 'Groups', filter)).toEqual([parent.id]);
    const remove = (value: string) => patchOf({ op: 'remove', path: 'members', value: [{ value }] });
    await scim.patch(`/Groups/${parent.id}`, remove('child-x')).expect(204);
    await scim.patch(`/Groups/${parent.id}`, remove(late.id)).expect(204);
    expect(await memberIds(scim, parent.id)).toEqual([user.id]);
    await scim.patch(`/Groups/${parent.id}`, add([typed])).expect(204);
    expect(await membersOf(parent.id)).toContainEqual({ value: 'child-x', type: 'User' });
    await scim.patch(`/Groups/${parent.id}`, add([{ value: 'soon-x' }])).expect(204);
    const soon = await givenGroup(scim, { externalId: 'soon-x' });
    await scim.delete(`/Groups/${soon.id}`).expect(204);
    expect(await memberIds(scim, parent.id)).toEqual([user.id, 'child-x'].sort());
  });

  it('removes those that a filter selects by what is shown of them, and nobody else', async () => {
    const user = await givenUser(scim, { displayName: 'Ada' });
    const child = await givenGroup(scim, { displayName: 'Child' });
    const everybody = [child.id, user.id, 'other'].sort();
    const cases: readonly [filter: string, gone: string[]][] = [
      ['display eq "Ada"', [user.id]],
      ['display eq "child"', [child.id]],
      ['type eq "User"', [user.id, 'other']],
      ['type ne "User"', [child.id]],
      [`not (value eq "${user.id}")`, [child.id, 'other']],
      ['display pr', [user.id, child.id]],
      ['display eq "nobody"', []],
    ];
    for (const [filter, gone] of cases) {
      const group = await givenGroup(scim, {}, everybody);
      const removal = patchOf({ op: 'remove', path: `members[${filter}]` });
      await scim.patch(`/Groups/${group.id}`, removal).expect(204);
      const left = await memberIds(scim, group.id);
      expect({ filter, left }).toEqual({ filter, left: everybody.filter((id) => !gone.includes(id)) });
    }
  });

  it('takes a group that is a member of itself for a group, and reads circles like any others', async () => {
    const one = await givenGroup(scim, { displayName: 'One' });
    const other = await givenGroup(scim, { displayName: 'Other' }, [one.id]);
    const circle = patchOf({ op: 'add', path: 'members', value: [{ value: one.id }, { value: other.id }] });
    await scim.patch(`/Groups/${one.id}`, circle).expect(204);
    expect((await membersOf(one.id)).map(({ type, display }) => [type, display])).toEqual([
      ['Group', 'One'],
      ['Group', 'Other'],
    ]);
    expectScimAnswer(await scim.delete(`/Groups/${one.id}`), 204);
    expect(await memberIds(scim, other.id)).toEqual([]);
  });

  it('takes a deleted group out of the groups whose member it was, each with a new version', async () => {
    const child = await givenGroup(scim);
    const members = [{ value: child.id, type: 'Group' }, { value: 'stays' }];
    const parents = [await givenGroup(scim, { members }), await givenGroup(scim, {}, [child.id])];
    const stranger = await givenGroup(scim, {}, ['stays']);
    service.clock.advance({ minutes: 1 });
    expectScimError(await scim.delete(`/Groups/${child.id}`).set('If-Match', 'W/"99"'), 412);
    expect(await memberIds(scim, parents[1]!.id)).toEqual([child.id]);
    expectScimAnswer(await scim.delete(`/Groups/${child.id}`), 204);
    expect(await memberIds(scim, parents[0]!.id)).toEqual(['stays']);
    expect(await memberIds(scim, parents[1]!.id)).toEqual([]);
    for (const parent of parents) {
      const { meta } = await readGroup(scim, parent.id);
      expect(meta.version).not.toBe(parent.meta.version);
      expect(meta.lastModified).not.toBe(parent.meta.lastModified);
    }
    expect(await readGroup(scim, stranger.id)).toEqual(stranger);
  });
});

describe('PATCH (RFC 7644 §3.5.2)', () => {
  it('gives a removed active its default: a removal never deactivates', async () => {
    const user = await givenUser(scim, { active: false });
    expect(await patchUser(scim, user.id, { op: 'remove', path: 'active' })).toMatchObject({ active: true });
    expect(await patchUser(scim, user.id, { op: 'Remove', path: 'active', value: 'False' })).toMatchObject({
      active: true,
    });
  });

  it.each([
    ['a list instead of an object', [], 'invalidSyntax'],
    ['no Operations', {}, 'invalidSyntax'],
    ['an empty list of Operations', { Operations: [] }, 'invalidSyntax'],
    ['Operations that are no list', { Operations: 'x' }, 'invalidSyntax'],
    ['an operation that is no object', { Operations: ['x'] }, 'invalidSyntax'],
    ['an unknown op', { Operations: [{ op: 'move', path: 'title', value: 'x' }] }, 'invalidSyntax'],
    ['no op', { Operations: [{ path: 'title', value: 'x' }] }, 'invalidSyntax'],
    ['remove without a path', { Operations: [{ op: 'remove' }] }, 'noTarget'],
    ['add without a value', { Operations: [{ op: 'add', path: 'title' }] }, 'invalidValue'],
    ['replace without path and value', { Operations: [{ op: 'replace' }] }, 'invalidValue'],
    ['a value that is no object and no path', { Operations: [{ op: 'add', value: 'x' }] }, 'invalidValue'],
    ['a path that is no text', { Operations: [{ op: 'add', path: 5, value: 'x' }] }, 'invalidPath'],
    ['a malformed path', { Operations: [{ op: 'add', path: 'emails[', value: 'x' }] }, 'invalidPath'],
    ['a path that ends in a dot', { Operations: [{ op: 'add', path: 'name.', value: 'x' }] }, 'invalidPath'],
    [
      'a boolean that is none',
      { Operations: [{ op: 'replace', path: 'active', value: 'maybe' }] },
      'invalidValue',
    ],
    [
      'an object for a text',
      { Operations: [{ op: 'replace', path: 'title', value: { a: 1 } }] },
      'invalidValue',
    ],
    [
      'an unsupported filter',
      { Operations: [{ op: 'replace', path: 'emails[a is b].value', value: 'x' }] },
      'invalidPath',
    ],
  ])('answers 400 to %s and changes nothing', async (_what, body, scimType) => {
    const user = await givenUser(scim, { title: 'Kept' });
    const response = await scim.patch(`/Users/${user.id}`, body);
    expectScimError(response, 400, scimType);
    expect(await readUser(scim, user.id)).toEqual(user);
  });

  it('takes a body without schemas', async () => {
    const user = await givenUser(scim);
    const body = { Operations: [{ op: 'replace', path: 'title', value: 'x' }] };
    expect((await scim.patch(`/Users/${user.id}`, body)).body).toMatchObject({ title: 'x' });
  });

  it('applies all operations or none', async () => {
    const user = await givenUser(scim, { title: 'Kept' });
    await expectPatchError(
      user.id,
      'invalidValue',
      { op: 'replace', path: 'title', value: 'Lost' },
      { op: 'replace', path: 'active', value: 'maybe' },
    );
    const group = await givenGroup(scim, { displayName: 'Kept' }, ['m']);
    const response = await scim.patch(
      `/Groups/${group.id}`,
      patchOf(
        { op: 'add', path: 'members', value: [{ value: 'n' }] },
        { op: 'replace', path: 'displayName', value: '' },
      ),
    );
    expectScimError(response, 400, 'invalidValue');
    expect(await readGroup(scim, group.id)).toEqual(group);
  });

  it('applies operations in order, each seeing the result of those before', async () => {
    const user = await givenUser(scim);
    const after = await patchUser(
      scim,
      user.id,
      { op: 'add', path: 'emails', value: [{ type: 'work', value: 'first@example.com' }] },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'second@example.com' },
      { op: 'add', path: 'title', value: 'x' },
      { op: 'remove', path: 'title' },
    );
    expect(after.emails).toEqual([{ type: 'work', value: 'second@example.com' }]);
    expect(after).not.toHaveProperty('title');
  });

  it('add appends to many values, merges a complex one, replaces a single one', async () => {
    const user = await givenUser(scim, {
      title: 'Old',
      name: { givenName: 'G', familyName: 'F' },
      emails: [{ type: 'work', value: 'a@example.com' }],
    });
    const after = await patchUser(
      scim,
      user.id,
      { op: 'add', path: 'emails', value: [{ type: 'home', value: 'b@example.com' }] },
      { op: 'add', path: 'name', value: { middleName: 'M' } },
      { op: 'add', path: 'title', value: 'New' },
    );
    expect(after).toMatchObject({ title: 'New', name: { givenName: 'G', familyName: 'F', middleName: 'M' } });
    expect(after.emails).toHaveLength(2);
  });

  it('changes neither version nor lastModified when the value is there already', async () => {
    const user = await givenUser(scim, {
      title: 'Same',
      emails: [{ type: 'work', value: 'a@example.com' }],
      [enterpriseUrn]: { department: 'D' },
    });
    service.clock.advance({ minutes: 5 });
    const after = await patchUser(
      scim,
      user.id,
      { op: 'add', path: 'title', value: 'Same' },
      { op: 'add', path: 'emails', value: [{ value: 'a@example.com', type: 'work' }] },
      { op: 'replace', value: { title: 'Same', active: 'True', [enterpriseUrn]: { department: 'D' } } },
      { op: 'remove', path: 'nickName' },
    );
    expect(after.meta).toEqual(user.meta);
  });

  it('replace on what is absent adds it; on a complex attribute it keeps the siblings', async () => {
    const user = await givenUser(scim, { name: { givenName: 'G', familyName: 'F' } });
    const after = await patchUser(
      scim,
      user.id,
      { op: 'replace', path: 'title', value: 'T' },
      { op: 'replace', path: 'name', value: { givenName: 'H' } },
      { op: 'replace', path: `${enterpriseUrn}:division`, value: 'D' },
    );
    expect(after).toMatchObject({ title: 'T', name: { givenName: 'H', familyName: 'F' } });
    expect(after[enterpriseUrn]).toEqual({ division: 'D' });
  });

  it('replace on many values without a filter replaces them all', async () => {
    const user = await givenUser(scim, { emails: [{ value: 'a@example.com' }, { value: 'b@example.com' }] });
    const after = await patchUser(scim, user.id, {
      op: 'replace',
      path: 'emails',
      value: [{ value: 'c@example.com' }],
    });
    expect(after.emails).toEqual([{ value: 'c@example.com' }]);
  });

  it('replaces one element of many', async () => {
    const user = await givenUser(scim, {
      emails: [
        { type: 'work', value: 'a@example.com' },
        { type: 'home', value: 'b@example.com' },
      ],
    });
    const value = { type: 'work', value: 'c@example.com' };
    const after = await patchUser(scim, user.id, { op: 'replace', path: 'emails[type eq "work"]', value });
    expect(after.emails).toEqual(expect.arrayContaining([value, { type: 'home', value: 'b@example.com' }]));
  });

  it('creates the element that an eq filter does not find, and refuses where it cannot know what to create', async () => {
    const user = await givenUser(scim);
    const after = await patchUser(scim, user.id, {
      op: 'replace',
      path: 'phoneNumbers[type eq "work" and primary eq true].value',
      value: '1',
    });
    expect(after.phoneNumbers).toEqual([{ type: 'work', primary: true, value: '1' }]);
    await expectPatchError(user.id, 'noTarget', {
      op: 'replace',
      path: 'ims[type sw "x"].value',
      value: '1',
    });
  });

  it('removes what a filter finds, and everything with the last element', async () => {
    const user = await givenUser(scim, {
      emails: [
        { type: 'work', value: 'a@example.com' },
        { type: 'home', value: 'b@example.com' },
      ],
    });
    const one = await patchUser(scim, user.id, { op: 'remove', path: 'emails[type eq "work"]' });
    expect(one.emails).toEqual([{ type: 'home', value: 'b@example.com' }]);
    const none = await patchUser(scim, user.id, { op: 'remove', path: 'emails[value ew "example.com"]' });
    expect(none).not.toHaveProperty('emails');
  });

  it('answers 2xx to the removal of a member who is not there', async () => {
    const group = await givenGroup(scim, {}, ['m']);
    const change = patchOf({ op: 'remove', path: 'members[value eq "nobody"]' });
    expectScimAnswer(await scim.patch(`/Groups/${group.id}`, change), 204);
    expect(await readGroup(scim, group.id)).toEqual(group);
  });

  it('refuses to remove what is required or read-only', async () => {
    const user = await givenUser(scim);
    await expectPatchError(user.id, 'mutability', { op: 'remove', path: 'userName' });
    await expectPatchError(user.id, 'mutability', { op: 'remove', path: 'id' });
    await expectPatchError(user.id, 'mutability', { op: 'replace', path: 'meta.version', value: 'x' });
    await expectPatchError(user.id, 'mutability', { op: 'add', path: 'groups', value: [{ value: 'x' }] });
    const group = await givenGroup(scim);
    const response = await scim.patch(`/Groups/${group.id}`, patchOf({ op: 'remove', path: 'displayName' }));
    expectScimError(response, 400, 'mutability');
  });

  it('passes over its own id, schemas and meta in a body without path', async () => {
    const user = await givenUser(scim);
    const value = { id: user.id, schemas: [userUrn], meta: { resourceType: 'User' }, title: 'x' };
    expect(await patchUser(scim, user.id, { op: 'replace', value })).toMatchObject({
      id: user.id,
      title: 'x',
    });
  });

  it('answers 200 for a user, 204 for a group', async () => {
    const user = await givenUser(scim);
    const change = patchOf({ op: 'replace', path: 'displayName', value: 'x' });
    expectScimAnswer(await scim.patch(`/Users/${user.id}`, change), 200);
    const group = await givenGroup(scim);
    expectScimAnswer(await scim.patch(`/Groups/${group.id}`, change), 204);
  });

  it('says with every answer where the resource is and which version, and with a 204 that it is SCIM', async () => {
    const user = await givenUser(scim);
    for (const response of [
      await scim.get(`/Users/${user.id}`),
      await scim.put(`/Users/${user.id}`, userBody({ userName: user.userName })),
      await scim.patch(`/Users/${user.id}`, patchOf({ op: 'add', path: 'title', value: 'x' })),
    ]) {
      expectScimAnswer(response, 200);
      const { meta } = response.body;
      expect(response.headers).toMatchObject({ location: meta.location, etag: meta.version });
    }
    const group = await givenGroup(scim);
    const path = `/Groups/${group.id}` as const;
    for (const change of [
      { op: 'add', path: 'members', value: [{ value: user.id }] },
      { op: 'add', path: 'members', value: [{ value: user.id }] },
      { op: 'replace', path: 'displayName', value: 'y' },
      { op: 'replace', value: { displayName: 'z', members: [] } },
      { op: 'remove', path: 'members' },
    ]) {
      const response = await scim.patch(path.toUpperCase().replace('/GROUPS', '/groups'), patchOf(change));
      expectScimAnswer(response, 204);
      const { meta } = (await scim.get(path).expect(200)).body;
      expect(response.headers).toMatchObject({ location: meta.location, etag: meta.version });
      expect(response.headers['content-type']).toMatch(/^application\/scim\+json/);
      expect(response.headers['content-location']).toBeUndefined();
    }
    expect((await scim.delete(path)).headers['content-type']).toMatch(/^application\/scim\+json/);
    for (const resource of ['Schemas/' + groupUrn, 'ResourceTypes/User', 'ServiceProviderConfig']) {
      const { headers } = await scim.get(`/${resource}`);
      expect(headers.location).toBe(`${service.config.publicUrl}/scim/v2/${resource}`);
    }
  });

  it('keeps members as they are when an operation does not name them', async () => {
    const group = await givenGroup(scim, {}, ['a', 'b']);
    const change = patchOf({ op: 'replace', value: { displayName: 'x', externalId: 'e-1' } });
    await scim.patch(`/Groups/${group.id}`, change).expect(204);
    expect(await memberIds(scim, group.id)).toEqual(['a', 'b']);
  });
});

describe('versions (RFC 7644 §3.14)', () => {
  it('answers 304 to a reader who has the version', async () => {
    const user = await givenUser(scim);
    const { version } = user.meta;
    for (const tag of [version, '*', `"x", ${version}`, version.replace('W/', '')]) {
      expectScimAnswer(await scim.get(`/Users/${user.id}`).set('If-None-Match', tag), 304);
    }
    expectScimAnswer(await scim.get(`/Users/${user.id}`).set('If-None-Match', 'W/"99"'), 200);
  });

  it('answers 412 to a writer who has another version, and writes for one who has it', async () => {
    for (const endpoint of ['Users', 'Groups'] as const) {
      const resource = endpoint === 'Users' ? await givenUser(scim) : await givenGroup(scim, {}, ['m']);
      const path = `/${endpoint}/${resource.id}` as const;
      const rename = patchOf({ op: 'replace', path: 'displayName', value: 'Renamed' });
      const join = patchOf({ op: 'add', path: 'members', value: [{ value: 'n' }] });
      const body = { userName: resource.userName, displayName: 'Put' };
      expectScimError(await scim.patch(path, rename).set('If-Match', 'W/"99"'), 412);
      if (endpoint === 'Groups') expectScimError(await scim.patch(path, join).set('If-Match', 'W/"99"'), 412);
      expectScimError(await scim.put(path, body).set('If-Match', 'W/"99"'), 412);
      expectScimError(await scim.delete(path).set('If-Match', 'W/"99"'), 412);
      expect((await scim.get(path).expect(200)).body).toEqual(resource);
      const put = await scim.put(path, body).set('If-Match', resource.meta.version);
      expectScimAnswer(put, 200);
      const patched = await scim.patch(path, rename).set('If-Match', '*');
      expect([200, 204]).toContain(patched.status);
      const { version } = (await scim.get(path).expect(200)).body.meta;
      expectScimAnswer(await scim.delete(path).set('If-Match', version), 204);
    }
  });

  it('counts a change of membership as a change of the group, not of the user', async () => {
    const user = await givenUser(scim);
    const group = await givenGroup(scim);
    service.clock.advance({ minutes: 1 });
    const change = patchOf({ op: 'add', path: 'members', value: [{ value: user.id }] });
    await scim.patch(`/Groups/${group.id}`, change).expect(204);
    const after = await readGroup(scim, group.id);
    expect(after.meta.version).not.toBe(group.meta.version);
    expect(after.meta.lastModified).toBe(service.clock.now().toISOString());
    expect((await readUser(scim, user.id)).meta).toEqual(user.meta);
    await scim.patch(`/Groups/${group.id}`, change).expect(204);
    expect((await readGroup(scim, group.id)).meta).toEqual(after.meta);
  });
});
