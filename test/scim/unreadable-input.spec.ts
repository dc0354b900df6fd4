import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Schema } from '../harness/answers.ts';
import { cases } from '../harness/cases.ts';
import { allMembers, synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import {
  enterpriseUrn,
  givenGroup,
  givenUser,
  memberIds,
  patchOf,
  patchUser,
  readUser,
  userBody,
  type Operation,
} from './directory.ts';
import { expectScimError } from './scim-expectations.ts';

type Note = Schema<'ReadingNoteResponse'>;

const service = useService();
const workspace = useWorkspace(service);

async function lastNotes(language = 'en'): Promise<Note[]> {
  const { body } = await workspace.admin
    .get('/api/provisioning-log?limit=1')
    .set('Accept-Language', language)
    .expect(200);
  return body.items[0]!.notes;
}

const told = (notes: readonly Note[]) => notes.map(({ path, code }) => `${path} ${code}`);

/** What clients send where it cannot be read, each beside something that can. */
const unreadable: Record<string, unknown> = {
  addresses: '1 Harbour Street',
  title: ['Analyst', 'Deputy'],
  name: 'Carl Tester',
  nickName: { a: 1 },
  locale: 'a\u0000',
  phoneNumbers: [{ value: { a: 1 } }],
  [enterpriseUrn]: { department: ['a', 'b'], costCenter: 'C1' },
};
const unreadableNotes = [
  'addresses not-an-object',
  'title several-values',
  'name not-an-object',
  'nickName not-text',
  'locale unstorable-text',
  'phoneNumbers.value not-text',
  `${enterpriseUrn}:department several-values`,
];

describe('an optional attribute that cannot be read', () => {
  it('is left out of a POST, and the log says what and why', async () => {
    const user = await givenUser(workspace.scim, { ...unreadable, displayName: 'Carl' });
    expect(user).toMatchObject({ displayName: 'Carl', [enterpriseUrn]: { costCenter: 'C1' } });
    for (const name of ['addresses', 'title', 'name', 'nickName', 'locale', 'phoneNumbers']) {
      expect(user).not.toHaveProperty(name);
    }
    const notes = await lastNotes();
    expect(told(notes)).toEqual(unreadableNotes);
    expect(notes[1]?.text).toBe('title was left out: it takes one value, not 2.');
    expect((await lastNotes('de'))[1]?.text).toBe(
      'title wurde ausgelassen. Hier ist ein einziger Wert möglich, gesendet wurden 2.',
    );
  });

  it('stays as it was in a PUT, and the rest is replaced', async () => {
    const { scim } = workspace;
    const { id } = await givenUser(scim, {
      title: 'Old',
      name: { givenName: 'Old', familyName: 'Old' },
      userType: 'gone',
      [enterpriseUrn]: { department: 'Old', division: 'gone' },
    });
    const { body } = await scim.put(`/Users/${id}`, userBody({ ...unreadable, active: 'False' })).expect(200);
    expect(body).toMatchObject({
      active: false,
      title: 'Old',
      name: { givenName: 'Old', familyName: 'Old' },
    });
    expect(body[enterpriseUrn]).toEqual({ department: 'Old', costCenter: 'C1' });
    expect(body).not.toHaveProperty('userType');
    expect(told(await lastNotes())).toEqual(unreadableNotes);
  });

  it('does not stop a deactivation in the same PATCH, in any dialect, and stays as it was', async () => {
    const { scim } = workspace;
    const { [enterpriseUrn]: extension, ...core } = unreadable;
    const byPath = [...Object.entries(core), [`${enterpriseUrn}:department`, ['a', 'b']] as const].map(
      ([path, value]) => ({ op: 'Add', path, value }),
    );
    const dialects: Operation[][] = [
      [{ op: 'Replace', path: 'active', value: 'False' }, ...byPath],
      [...byPath, { op: 'Replace', path: 'active', value: 'False' }],
      [{ op: 'replace', value: { ...core, [enterpriseUrn]: extension, active: false } }],
      [
        {
          op: 'replace',
          value: JSON.stringify({ ...core, active: false, 'not a name': 1, 'title.part': 'x' }),
        },
      ],
    ];
    for (const operations of dialects) {
      const { id } = await givenUser(scim, { title: 'Old', addresses: [{ type: 'work', locality: 'B' }] });
      const after = await patchUser(workspace.scim, id, ...operations);
      expect(after).toMatchObject({
        active: false,
        title: 'Old',
        addresses: [{ type: 'work', locality: 'B' }],
      });
      expect(told(await lastNotes())).toEqual(expect.arrayContaining(unreadableNotes.slice(0, 6)));
    }
  });

  it('whatever JSON it is, a PATCH that sets active to false deactivates', async () => {
    const { id } = await givenUser(workspace.scim);
    const paths = fc.constantFrom(
      'title',
      'name',
      'name.givenName',
      'emails',
      'emails[type eq "work"].value',
      'emails[type eq "work"]',
      'addresses',
      'addresses[type eq "work"].postalCode',
      'roles',
      'photos',
      'externalId',
      'displayName',
      `${enterpriseUrn}:department`,
      `${enterpriseUrn}:manager`,
      enterpriseUrn,
      'orgRole',
      'orgRole.part',
      'urn:acme:2.0:User',
      'urn:acme:2.0:User:tag',
      'title.part',
    );
    await fc.assert(
      fc.asyncProperty(
        paths,
        fc.jsonValue(),
        fc.constantFrom('add', 'replace'),
        fc.boolean(),
        async (path, value, op, first) => {
          await patchUser(workspace.scim, id, { op: 'replace', path: 'active', value: true });
          const active = { op: 'Replace', path: 'active', value: 'False' };
          const other = { op, path, value };
          const after = await patchUser(workspace.scim, id, ...(first ? [active, other] : [other, active]));
          expect(after.active).toBe(false);
        },
      ),
      cases(40),
    );
  });

  it('becomes text where text is wanted, and the element of a list of one', async () => {
    const { scim } = workspace;
    const { id } = await givenUser(scim);
    const after = await patchUser(
      workspace.scim,
      id,
      { op: 'Replace', path: 'active', value: ['False'] },
      { op: 'Add', path: `${enterpriseUrn}:employeeNumber`, value: 701985 },
      { op: 'Add', path: 'addresses[type eq "work"].postalCode', value: 80331 },
      { op: 'Replace', path: 'title', value: true },
      { op: 'Replace', path: 'externalId', value: 4711 },
      { op: 'Replace', path: 'displayName', value: ['Carl'] },
    );
    expect(after).toMatchObject({
      active: false,
      externalId: '4711',
      title: 'true',
      displayName: 'Carl',
      addresses: [{ type: 'work', postalCode: '80331' }],
      [enterpriseUrn]: { employeeNumber: '701985' },
    });
    expect(await lastNotes()).toEqual([]);
  });

  it('is said of each resource of a Bulk, and of groups', async () => {
    const { scim } = workspace;
    const data = userBody({ title: ['a', 'b'] });
    const group = { displayName: 'G', members: [{ value: 53 }, { display: 'nobody' }], externalId: { a: 1 } };
    const { body } = await scim
      .post('/Bulk', {
        Operations: [
          { method: 'POST', path: '/Users', bulkId: 'u', data },
          { method: 'POST', path: '/Groups', bulkId: 'g', data: group },
        ],
      })
      .expect(200);
    const entries = body.Operations;
    expect(entries.map(({ status }) => status)).toEqual(['201', '201']);
    expect(told(await lastNotes())).toEqual([
      'title several-values',
      'members part-missing',
      'externalId not-text',
    ]);
    expect(await memberIds(scim, entries[1]!.location!.split('/').at(-1)!)).toEqual(['53']);
  });

  it('takes nobody out of a group: unreadable members leave it as it is', async () => {
    const { scim } = workspace;
    const user = await givenUser(scim);
    const { id } = await givenGroup(scim, { displayName: 'Old' }, [user.id]);
    await scim.put(`/Groups/${id}`, { displayName: 'New', members: [{ display: 'x' }] }).expect(200);
    await scim
      .patch(
        `/Groups/${id}`,
        patchOf({ op: 'replace', value: { displayName: 'Newer', members: [{ display: 'x' }] } }),
      )
      .expect(204);
    expect(told(await lastNotes())).toEqual(['members part-missing']);
    const alone = await scim.patch(
      `/Groups/${id}`,
      patchOf({ op: 'replace', path: 'members', value: [{ display: 'x' }] }),
    );
    expectScimError(alone, 400, 'invalidValue');
    const removal = await scim.patch(
      `/Groups/${id}`,
      patchOf({ op: 'remove', path: 'members', value: [{ display: 'x' }] }),
    );
    expectScimError(removal, 400, 'invalidValue');
    expect(await memberIds(scim, id)).toEqual([user.id]);
  });

  it.each([
    [[{ value: {} }]],
    [{}],
    [[null]],
    [''],
    [['']],
    ['   '],
    [[{ value: '' }]],
    [[{ valu: 'x' }]],
    [[[]]],
  ])(
    'members %j take nobody out: alone a PATCH with them is refused, in a PUT they are said',
    async (members) => {
      const { scim } = workspace;
      const { id } = await givenGroup(scim, { displayName: 'Old' }, ['u1', 'u2']);
      for (const operation of [
        { op: 'replace', path: 'members', value: members },
        { op: 'replace', value: { members } },
        { op: 'add', path: 'members', value: members },
        { op: 'remove', path: 'members', value: members },
      ]) {
        expectScimError(await scim.patch(`/Groups/${id}`, patchOf(operation)), 400, 'invalidValue');
      }
      await scim
        .patch(`/Groups/${id}`, patchOf({ op: 'replace', value: { displayName: 'New', members } }))
        .expect(204);
      expect((await lastNotes()).length).toBeGreaterThan(0);
      await scim.put(`/Groups/${id}`, { displayName: 'Newer', members }).expect(200);
      expect((await lastNotes()).length).toBeGreaterThan(0);
      expect(await memberIds(scim, id)).toEqual(['u1', 'u2']);
    },
  );

  it('a list of members of which only some can be read adds those, and takes nobody out', async () => {
    const { scim } = workspace;
    const { id } = await givenGroup(scim, { displayName: 'G' }, ['u1', 'u2']);
    const members = [{ value: 'u3' }, { value: [1, 2] }];
    const replace = { op: 'replace', path: 'members', value: members };
    await scim.patch(`/Groups/${id}`, patchOf(replace)).expect(204);
    expect(told(await lastNotes())).toEqual(['members.value several-values']);
    await scim.put(`/Groups/${id}`, { displayName: 'G', members: [{ value: 'u4' }, {}] }).expect(200);
    expect(told(await lastNotes())).toEqual(['members nothing-given']);
    expect(await memberIds(scim, id)).toEqual(['u1', 'u2', 'u3', 'u4']);
    for (const none of [[], null]) {
      await scim.put(`/Groups/${id}`, { displayName: 'G', members: [{ value: 'u1' }] }).expect(200);
      await scim.patch(`/Groups/${id}`, patchOf({ op: 'replace', path: 'members', value: none })).expect(204);
      expect([none, await memberIds(scim, id)]).toEqual([none, []]);
    }
  });

  it('an object that holds nothing takes nothing away: it is said, and refused alone', async () => {
    const { scim } = workspace;
    const manager = { value: 'boss' };
    const { id } = await givenUser(scim, {
      displayName: 'Carl',
      externalId: 'kept',
      title: 'Kept',
      name: { familyName: 'Kept' },
      emails: [{ value: 'kept@example.com', type: 'work' }],
      orgRole: 'kept',
      [enterpriseUrn]: { department: 'Kept', manager },
    });
    const before = await readUser(scim, id);
    const texts = ['externalId', 'title', 'name.familyName', `${enterpriseUrn}:department`];
    const sent: [string, unknown[]][] = [
      ...texts.map((path): [string, unknown[]] => [path, [{}, [{}], { value: null }, [[]]]]),
      [`${enterpriseUrn}:manager`, [{}, [{}], [[]]]],
      ['emails', [{}, [{}], [[]], [{ type: 'work' }], [{ type: 'work', primary: true }]]],
      ['emails[type eq "work"].value', [{}, [{}], { value: null }, [[]]]],
      ['name', [{}, [{}]]],
      ['orgRole', [{}]],
    ];
    for (const [path, values] of sent) {
      for (const value of values) {
        const operation = { op: 'replace', path, value };
        expectScimError(await scim.patch(`/Users/${id}`, patchOf(operation)), 400, 'invalidValue');
        await patchUser(scim, id, operation, { op: 'add', path: 'displayName', value: 'Carl' });
        expect([path, value, (await lastNotes()).map(({ code }) => code)]).toEqual([
          path,
          value,
          ['nothing-given'],
        ]);
      }
    }
    expect(await readUser(scim, id)).toMatchObject({ ...before, meta: expect.anything() });
    await scim.put(`/Users/${id}`, { ...before, title: {}, emails: [{ type: 'work' }] }).expect(200);
    expect(await readUser(scim, id)).toMatchObject({ title: 'Kept', emails: before.emails });
    const none = ['title', 'externalId', 'emails', `${enterpriseUrn}:manager`].flatMap((path) =>
      [null, '', []].map((value) => ({ op: 'replace', path, value })),
    );
    const after = await patchUser(scim, id, ...none);
    for (const name of ['title', 'externalId', 'emails']) expect(after).not.toHaveProperty(name);
    expect(after[enterpriseUrn]).toEqual({ department: 'Kept' });
  });

  it('is refused when a PATCH holds nothing else, and when the resource cannot be without it', async () => {
    const { scim } = workspace;
    const { id } = await givenUser(scim, { title: 'Old' });
    const refused: [string, Operation[]][] = [
      ['invalidValue', [{ op: 'replace', path: 'title', value: ['a', 'b'] }]],
      ['invalidValue', [{ op: 'add', value: { title: { a: 1 }, name: 'x' } }]],
      ['invalidPath', [{ op: 'add', path: 'title.part', value: 'x' }]],
      [
        'invalidValue',
        [
          { op: 'replace', path: 'userName', value: { a: 1 } },
          { op: 'replace', path: 'title', value: 'x' },
        ],
      ],
      [
        'invalidValue',
        [
          { op: 'replace', path: 'active', value: 'maybe' },
          { op: 'replace', path: 'title', value: 'x' },
        ],
      ],
      [
        'invalidPath',
        [
          { op: 'replace', path: "emails[type eq 'work].value", value: 'x' },
          { op: 'replace', path: 'title', value: 'x' },
        ],
      ],
    ];
    for (const [scimType, operations] of refused) {
      expectScimError(await scim.patch(`/Users/${id}`, patchOf(...operations)), 400, scimType);
    }
    expectScimError(await scim.post('/Users', userBody({ active: 'maybe' })), 400, 'invalidValue');
    expectScimError(await scim.put(`/Users/${id}`, userBody({ userName: ['a', 'b'] })), 400, 'invalidValue');
    expect(await readUser(scim, id)).toMatchObject({ title: 'Old', active: true });
    expect(await lastNotes()).toEqual([]);
  });

  it('is told on the page of the person, once however often it comes', async () => {
    const { scim, admin } = workspace;
    const { id } = await givenUser(scim, { emails: [{ value: 'carl@example.com' }] });
    await synchronize(workspace.admin);
    const title = { op: 'replace', path: 'title', value: ['a', 'b'] };
    await patchUser(workspace.scim, id, title, { op: 'replace', path: 'displayName', value: 'Carl' });
    await patchUser(workspace.scim, id, title, { op: 'replace', path: 'displayName', value: 'Carla' });
    await lastNotes();
    const [member] = await allMembers(workspace.admin);
    const { body } = await admin
      .get(`/api/members/${String(member?.id)}/timeline`)
      .set('Accept-Language', 'de')
      .expect(200);
    const entries = body.items;
    const leftOut = entries.filter(({ kind }) => kind === 'left_out');
    expect(leftOut.map(({ notes }) => notes.map(({ text }) => text))).toEqual([
      ['title wurde ausgelassen. Hier ist ein einziger Wert möglich, gesendet wurden 2.'],
    ]);
    expect(entries.filter(({ kind }) => kind === 'updated')).toHaveLength(2);
  });
});

describe('what only the service sets, or what is too large', () => {
  const large = 'x'.repeat(140_000);

  it('does not stop a deactivation beside it, and is said', async () => {
    const { scim } = workspace;
    const { id } = await givenUser(scim, { title: 'Old', [enterpriseUrn]: { department: 'Old' } });
    await givenGroup(scim, {}, [id]);
    const active = { op: 'replace', path: 'active', value: 'False' };
    const off = { active: false };
    const cases: [string[], Operation[]][] = [
      [['groups read-only'], [{ op: 'replace', value: { ...(await readUser(scim, id)), ...off } }]],
      [['groups read-only'], [{ op: 'replace', value: { groups: [], ...off } }]],
      [['groups read-only'], [active, { op: 'add', path: 'groups', value: [{ value: 'g' }] }]],
      [['groups read-only'], [{ op: 'remove', path: 'groups' }, active]],
      [['id read-only'], [{ op: 'replace', path: 'id', value: 'other' }, active]],
      [['meta.created read-only'], [active, { op: 'replace', path: 'meta.created', value: 'x' }]],
      [['title too-large'], [{ op: 'replace', path: 'title', value: large }, active]],
      [
        [`${enterpriseUrn}:department too-large`],
        [{ op: 'replace', value: { [enterpriseUrn]: { department: large, division: 'New' }, ...off } }],
      ],
    ];
    for (const [notes, operations] of cases) {
      await patchUser(scim, id, { op: 'replace', path: 'active', value: true });
      const after = await patchUser(scim, id, ...operations);
      expect([notes, after.active]).toEqual([notes, false]);
      expect(told(await lastNotes())).toEqual(notes);
    }
    const after = await readUser(scim, id);
    expect(after).toMatchObject({ title: 'Old', [enterpriseUrn]: { department: 'Old', division: 'New' } });
    await patchUser(scim, id, { op: 'replace', path: 'active', value: true });
    await scim.put(`/Users/${id}`, { ...after, title: large, active: false }).expect(200);
    expect(await readUser(scim, id)).toMatchObject({ title: 'Old', active: false });
  });

  it('is refused alone, and so is a resource with the id of another one', async () => {
    const { scim } = workspace;
    const { id } = await givenUser(scim);
    const refused: [string, Operation[]][] = [
      ['mutability', [{ op: 'replace', value: { id, groups: [] } }]],
      ['mutability', [{ op: 'replace', path: 'meta.created', value: 'x' }]],
      // It names another resource.
      ['mutability', [{ op: 'replace', value: { id: 'other', title: 'x' } }]],
      ['tooMany', [{ op: 'replace', path: 'title', value: large }]],
    ];
    for (const [scimType, operations] of refused) {
      expectScimError(await scim.patch(`/Users/${id}`, patchOf(...operations)), 400, scimType);
    }
  });

  it('does not stop a change of members', async () => {
    const { scim } = workspace;
    const { id } = await givenGroup(scim, {}, ['u1']);
    const members = { op: 'replace', path: 'members', value: [{ value: 'u2' }] };
    const otherId = { op: 'replace', path: 'id', value: 'other' };
    await scim.patch(`/Groups/${id}`, patchOf(otherId, members)).expect(204);
    expect(told(await lastNotes())).toEqual(['id read-only']);
    expect(await memberIds(scim, id)).toEqual(['u2']);
  });
});

describe('a PUT that does not say active', () => {
  it('leaves it as it was, and the log says so', async () => {
    const { scim } = workspace;
    for (const active of [true, false]) {
      const { id } = await givenUser(scim, { active });
      const { active: _, ...body } = userBody({ title: 'T' });
      expect((await scim.put(`/Users/${id}`, body).expect(200)).body).toMatchObject({ active, title: 'T' });
      const [note] = await lastNotes();
      expect(note).toMatchObject({ path: 'active', code: 'active-kept', params: { active } });
      expect(note?.text).toContain(`active stays ${String(active)}`);
    }
    const { id } = await givenUser(scim);
    await scim.put(`/Users/${id}`, userBody()).expect(200);
    expect(await lastNotes()).toEqual([]);
  });

  it('means inactive where the workspace says so, also in a Bulk, and nothing for PATCH and POST', async () => {
    const { scim, admin } = workspace;
    await admin.patch('/api/user-provisioning/settings', { absentActiveIsInactive: true }).expect(200);
    const { active: _, ...body } = userBody();
    const first = await givenUser(scim);
    expect((await scim.put(`/Users/${first.id}`, body).expect(200)).body).toMatchObject({ active: false });
    expect(told(await lastNotes())).toEqual(['active active-absent']);
    const second = await givenUser(scim);
    const data = { ...body, userName: 'second' };
    await scim
      .post('/Bulk', { Operations: [{ method: 'PUT', path: `/Users/${second.id}`, data }] })
      .expect(200);
    expect((await readUser(scim, second.id)).active).toBe(false);
    const { active: __, ...posted } = userBody();
    const third = (await scim.post('/Users', posted).expect(201)).body;
    expect(third.active).toBe(true);
    expect(
      (await patchUser(workspace.scim, third.id, { op: 'replace', path: 'title', value: 'x' })).active,
    ).toBe(true);
    expect(
      (await scim.put(`/Users/${third.id}`, { ...posted, active: true }).expect(200)).body,
    ).toMatchObject({
      active: true,
    });
  });
});

describe('quotes and value filters', () => {
  it('single-quoted values are read as quoted, in filters and paths', async () => {
    const { scim } = workspace;
    const user = await givenUser(scim, {
      userName: "o'brien@example.com",
      emails: [{ value: 'a', type: 'work' }],
    });
    for (const value of [
      `'o'brien@example.com'`,
      `'o\\'brien@example.com'`,
      `“o'brien@example.com”`,
      "o'brien@example.com",
    ]) {
      const { body } = await scim
        .get(`/Users?filter=${encodeURIComponent(`userName eq ${value}`)}`)
        .expect(200);
      expect([value, body.totalResults]).toEqual([value, 1]);
    }
    const after = await patchUser(workspace.scim, user.id, {
      op: 'Replace',
      path: "emails[type eq 'work'].value",
      value: 'b',
    });
    expect(after.emails).toEqual([{ value: 'b', type: 'work' }]);
    const { id } = await givenGroup(scim, {}, [user.id]);
    await scim
      .patch(`/Groups/${id}`, patchOf({ op: 'remove', path: `members[value eq '${user.id}']` }))
      .expect(204);
    expect(await memberIds(scim, id)).toEqual([]);
    for (const value of ["'x", `'x"`, 'x”', "x'", '“x']) {
      const response = await scim.get(`/Users?filter=${encodeURIComponent(`userName eq ${value}`)}`);
      expectScimError(response, 400, 'invalidFilter');
      const path = `emails[type eq ${value}].value`;
      expectScimError(
        await scim.patch(`/Users/${user.id}`, patchOf({ op: 'add', path, value: 'y' })),
        400,
        'invalidPath',
      );
    }
  });

  it('text in other marks, or in an address that is encoded wrongly, is refused, because a lookup must not find nobody', async () => {
    const { scim } = workspace;
    const find = (filter: string) => scim.get(`/Users?filter=${filter}`);
    for (const value of [
      '«b@x.test»',
      '`b@x.test`',
      '%22b%22',
      '‹b›',
      '´b´',
      '「b」',
      '&quot;b&quot;',
      '＂b＂',
    ]) {
      const filter = encodeURIComponent(`userName eq ${value}`);
      expectScimError(await find(filter), 400, 'invalidFilter');
    }
    expectScimError(await find('userName%20eq%20%22J%FC%22'), 400, 'invalidFilter');
    await givenUser(scim, { userName: 'j\uFFFD@example.com' });
    for (const value of ['"j\uFFFD@example.com"', 'j\uFFFD@example.com']) {
      const { body } = await find(encodeURIComponent(`userName eq ${value}`)).expect(200);
      expect(body.totalResults).toBe(1);
    }
  });

  it('what contradicts the filter is created nowhere, and a filter that selects nobody adds nobody', async () => {
    const { scim } = workspace;
    const user = await givenUser(scim, { roles: [{ value: 'a' }] });
    const contradictions: Operation[] = [
      { op: 'replace', path: 'roles[value eq "nobody"]', value: { value: 'other' } },
      { op: 'add', path: 'roles[value eq "nobody"].value', value: 'other' },
      { op: 'replace', path: 'emails[type eq "work"]', value: { value: 'x', type: 'home' } },
      { op: 'replace', path: 'roles[primary eq "True"]', value: { value: 'x', primary: false } },
      { op: 'add', path: `${enterpriseUrn}:manager[value eq "a"].value`, value: 'b' },
    ];
    for (const operation of contradictions) {
      expectScimError(await scim.patch(`/Users/${user.id}`, patchOf(operation)), 400, 'noTarget');
    }
    const other = await givenUser(scim);
    const { id } = await givenGroup(scim, {}, [user.id]);
    const noTarget: Operation[] = [
      { op: 'replace', path: 'members[value eq "nobody"]', value: { value: other.id } },
      { op: 'replace', path: 'members[value eq "nobody"]', value: { value: 'nobody' } },
      { op: 'replace', path: 'members[display eq "nobody"]', value: { value: other.id } },
      { op: 'add', path: 'members[value eq "nobody"]', value: { value: other.id } },
      { op: 'add', path: 'members[type eq "User"]', value: { value: other.id } },
      { op: 'add', path: 'members[value eq "nobody"]', value: { value: 'nobody' } },
      { op: 'add', path: 'members[value eq "nobody"].value', value: 'nobody' },
    ];
    for (const operation of noTarget) {
      const operations = [{ op: 'replace', path: 'displayName', value: 'New' }, operation];
      expectScimError(await scim.patch(`/Groups/${id}`, patchOf(operation)), 400, 'noTarget');
      expectScimError(await scim.patch(`/Groups/${id}`, patchOf(...operations)), 400, 'noTarget');
    }
    expect(await memberIds(scim, id)).toEqual([user.id]);
    const replaced = { op: 'replace', path: `members[value eq "${user.id}"]`, value: { value: other.id } };
    await scim.patch(`/Groups/${id}`, patchOf(replaced)).expect(204);
    expect(await memberIds(scim, id)).toEqual([other.id]);
    await scim
      .patch(`/Groups/${id}`, patchOf({ op: 'add', path: `members[value eq "${user.id}"]` }))
      .expect(204);
    expect(await memberIds(scim, id)).toEqual([user.id, other.id].sort());
  });
});
