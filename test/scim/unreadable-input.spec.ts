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
