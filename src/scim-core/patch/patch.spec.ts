import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseResource } from '../parse-resource.ts';
import type { ScimResource } from '../resource.ts';
import { groupResourceType, userResourceType } from '../resource-types.ts';
import { ScimError } from '../scim-error.ts';
import { applyPatch } from './apply-patch.ts';
import { splitMembership } from './membership.ts';
import { notesOf, parsePatch } from './patch-request.ts';
import { cases } from '../../../test/harness/cases.ts';
import { expectCost } from '../../../test/harness/relative-cost.ts';

const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

function patchWith(resource: ScimResource, operations: unknown[], type = userResourceType) {
  return applyPatch(resource, parsePatch({ schemas, Operations: operations }, type), type, 'ID');
}

const patched = (resource: object, ...operations: unknown[]) =>
  patchWith({ userName: 'a', ...resource }, operations).resource;

function errorOf(resource: object, ...operations: unknown[]): string {
  try {
    patched(resource, ...operations);
  } catch (error) {
    if (error instanceof ScimError) return `${error.status} ${error.scimType}`;
    throw error;
  }
  return 'none';
}

describe("Entra's default dialect", () => {
  it('replaces each attribute by a path of its own', () => {
    const work = {
      emails: [{ type: 'work', value: 'old@contoso.com', display: 'kept' }],
      name: { middleName: 'kept' },
    };
    expect(
      patched(
        work,
        { op: 'Replace', path: 'displayName', value: 'Pvlo' },
        { op: 'Replace', path: 'emails[type eq "work"].value', value: 'new@contoso.com' },
        { op: 'Replace', path: 'name.givenName', value: 'Gtfd' },
        { op: 'Replace', path: 'externalId', value: 'Eqpj' },
        { op: 'Replace', path: `${enterprise}:employeeNumber`, value: 'Eqpj' },
      ),
    ).toEqual({
      userName: 'a',
      displayName: 'Pvlo',
      emails: [{ type: 'work', value: 'new@contoso.com', display: 'kept' }],
      name: { middleName: 'kept', givenName: 'Gtfd' },
      externalId: 'Eqpj',
      [enterprise]: { employeeNumber: 'Eqpj' },
    });
  });

  it('deactivates and reactivates by text', () => {
    expect(patched({ active: true }, { op: 'Replace', path: 'active', value: 'False' }).active).toBe(false);
    expect(patched({ active: false }, { op: 'Replace', path: 'active', value: 'True' }).active).toBe(true);
    expect(errorOf({}, { op: 'Replace', path: 'active', value: 'maybe' })).toBe('400 invalidValue');
  });

  it('adds to a single-valued attribute as if it replaced', () => {
    expect(patched({ nickName: 'x' }, { op: 'Add', path: 'nickName', value: 'Babs' }).nickName).toBe('Babs');
  });

  it('wraps a single value in a list of one', () => {
    expect(
      patched({}, { op: 'Replace', path: 'displayName', value: [{ $ref: null, value: 'User x' }] })
        .displayName,
    ).toBe('User x');
    expect(patched({}, { op: 'replace', path: 'active', value: [false] }).active).toBe(false);
  });

  it.each(['Add', 'Replace'])('%s through a filter that selects nothing makes the element', (op) => {
    expect(patched({}, { op, path: 'emails[type eq "work"].value', value: 'x@y.z' }).emails).toEqual([
      { type: 'work', value: 'x@y.z' },
    ]);
    expect(
      patched(
        { emails: [{ type: 'home', value: 'h' }] },
        { op, path: 'emails[type eq "work"].Value', value: 'x' },
      ).emails,
    ).toEqual([
      { type: 'home', value: 'h' },
      { type: 'work', value: 'x' },
    ]);
  });

  it('puts several sub-attributes through one filter into one element', () => {
    const path = (sub: string) => `addresses[type eq "work"].${sub}`;
    expect(
      patched(
        {},
        { op: 'Add', path: path('primary'), value: 'True' },
        { op: 'Add', path: path('Formatted'), value: 'f' },
        { op: 'Add', path: path('locality'), value: 'l' },
        { op: 'Add', path: path('region'), value: 'r' },
      ).addresses,
    ).toEqual([{ type: 'work', primary: true, formatted: 'f', locality: 'l', region: 'r' }]);
  });

  it('asks for the role that is "True"ly primary', () => {
    const operations = [
      { op: 'Replace', path: 'roles[primary eq "True"].value', value: 'Admin' },
      { op: 'Add', path: 'roles[primary eq "True"].display', value: 'Admin' },
    ];
    expect(patched({}, ...operations).roles).toEqual([{ primary: true, value: 'Admin', display: 'Admin' }]);
  });

  it('sends roles as JSON in a string', () => {
    const value = [{ value: '{"id":"06b0","value":"25","displayName":"Role1234"}' }];
    expect(patched({}, { op: 'Add', path: 'roles', value }).roles).toHaveLength(1);
    expect(patched({}, { op: 'Add', path: 'roles', value: '[{"value":"25"}]' }).roles).toEqual([
      { value: '25' },
    ]);
  });
});

describe("Entra's dialect with aadOptscim062020", () => {
  it('takes dotted and URN-qualified keys for paths', () => {
    const value = {
      displayName: 'Bjfe',
      'name.givenName': 'Kkom',
      'name.familyName': 'Unua',
      [`${enterprise}:employeeNumber`]: 'Aklq',
    };
    expect(patched({}, { op: 'replace', value })).toEqual({
      userName: 'a',
      displayName: 'Bjfe',
      name: { givenName: 'Kkom', familyName: 'Unua' },
      [enterprise]: { employeeNumber: 'Aklq' },
    });
  });

  it('takes value paths, whole extensions and unknown extensions for keys', () => {
    const value = {
      'emails[type eq "work"].value': 'x',
      [enterprise]: { department: 'D', manager: { value: 'M', displayName: 'Boss' } },
      'urn:ietf:params:scim:schemas:extension:Acme:2.0:User:location': 'HQ',
    };
    expect(patched({ [enterprise]: { costCenter: 'kept' } }, { op: 'add', value })).toEqual({
      userName: 'a',
      emails: [{ type: 'work', value: 'x' }],
      [enterprise]: { costCenter: 'kept', department: 'D', manager: { value: 'M' } },
      'urn:ietf:params:scim:schemas:extension:Acme:2.0:User': { location: 'HQ' },
    });
  });
});

describe('a manager', () => {
  const withManager = { [enterprise]: { manager: { value: 'M1' } } };
  const urn = `${enterprise}:manager`;
  it.each([
    [
      'a list of one object, without URN',
      { op: 'Add', path: 'manager', value: [{ $ref: 'http://x/Users/M', value: 'M' }] },
    ],
    ['a bare id', { op: 'Add', path: urn, value: 'M' }],
    ['an id in replace', { op: 'replace', path: urn, value: 'M' }],
    ['its value', { op: 'add', path: `${urn}.value`, value: 'M' }],
    ['a nested object without path', { op: 'replace', value: { [enterprise]: { manager: { value: 'M' } } } }],
    ['a managerId', { op: 'replace', path: urn, value: { managerId: 'M' } }],
    ['a $ref alone', { op: 'replace', path: urn, value: { $ref: 'http://x/Users/M' } }],
  ])('is set by %s', (_shape, operation) => {
    expect(patched(withManager, operation)[enterprise]).toEqual({ manager: { value: 'M' } });
    expect(patched({}, operation)[enterprise]).toEqual({ manager: { value: 'M' } });
  });

  it.each([
    ['an empty text', { op: 'replace', path: urn, value: '' }],
    ['null', { op: 'replace', path: urn, value: null }],
    ['remove', { op: 'Remove', path: urn }],
    ['remove with a value', { op: 'Remove', path: urn, value: 'anybody' }],
    ['a filter on the single value', { op: 'remove', path: 'manager[value eq "M1"]' }],
  ])('is cleared by %s', (_shape, operation) => {
    expect(patched(withManager, operation)).toEqual({ userName: 'a' });
    expect(patched({}, operation)).toEqual({ userName: 'a' });
  });

  it('stays when only their name is sent, or another one is selected', () => {
    expect(patched(withManager, { op: 'replace', path: urn, value: { displayName: 'Boss' } })).toEqual({
      userName: 'a',
      ...withManager,
    });
    expect(patched(withManager, { op: 'remove', path: 'manager[value eq "M2"]' })).toEqual({
      userName: 'a',
      ...withManager,
    });
    expect(errorOf(withManager, { op: 'replace', path: 'manager[value eq "M2"].value', value: 'M3' })).toBe(
      '400 noTarget',
    );
  });
});

describe("Microsoft's null test", () => {
  const full = {
    displayName: 'd',
    title: 't',
    emails: [{ type: 'work', value: 'w' }],
    name: { givenName: 'g' },
    [enterprise]: { department: 'D' },
  };
  const paths = [
    'displayName',
    'title',
    'emails[type eq "work"].value',
    'name.givenName',
    `${enterprise}:department`,
  ];

  it.each(['', null])('clears every path with %j, and clears it again', (value) => {
    const operations = paths.map((path) => ({ op: 'replace', path, value }));
    expect(patched(full, ...operations)).toEqual({ userName: 'a' });
    expect(patchWith({ userName: 'a' }, operations)).toEqual({
      resource: { userName: 'a' },
      changed: false,
      notes: [],
    });
  });

  it('clears by dotted keys too', () => {
    const value = { displayName: '', 'name.givenName': '', [`${enterprise}:department`]: null, title: null };
    const mail = { op: 'replace', path: 'emails[type eq "work"].value', value: '' };
    expect(patched(full, mail, { op: 'replace', value })).toEqual({ userName: 'a' });
  });

  it('does not clear what the resource cannot be without', () => {
    expect(errorOf({}, { op: 'replace', path: 'userName', value: '' })).toBe('400 invalidValue');
    expect(errorOf({}, { op: 'replace', path: 'userName', value: '  ' })).toBe('400 invalidValue');
    expect(errorOf({}, { op: 'remove', path: 'userName' })).toBe('400 mutability');
    expect(errorOf({ active: false }, { op: 'replace', path: 'active', value: null })).toBe(
      '400 invalidValue',
    );
  });

  it('gives what is removed its default, so that a removal of active never deactivates', () => {
    for (const path of ['active', 'Active', 'urn:ietf:params:scim:schemas:core:2.0:User:active']) {
      for (const change of [
        { op: 'remove', path },
        { op: 'Remove', path, value: false },
      ]) {
        expect(patched({ active: false }, change)).toMatchObject({ active: true });
        expect(patched({ active: true }, change)).toMatchObject({ active: true });
      }
    }
  });
});

describe('extensions that nobody described', () => {
  const urn = 'urn:ietf:params:scim:schemas:extension:greenhouse:2.0:User';
  it('collect what Entra adds', () => {
    const add = (value: string) => ({ op: 'Add', path: `${urn}:department_ids`, value: [{ value }] });
    expect(patched({}, add('1'), add('2'), add('1'))[urn]).toEqual({
      department_ids: [{ value: '1' }, { value: '2' }],
    });
  });

  it('are set, cleared and removed as a whole, whatever the case of the URN', () => {
    expect(patched({}, { op: 'replace', value: { [urn]: { a: 1, b: null } } })[urn]).toEqual({ a: 1 });
    expect(patched({ [urn]: { a: 1 } }, { op: 'replace', path: `${urn.toUpperCase()}:a`, value: 2 })).toEqual(
      { userName: 'a', [urn]: { a: 2 } },
    );
    expect(patched({ [urn]: { a: 1 } }, { op: 'remove', path: `${urn}:a` })).toEqual({ userName: 'a' });
    expect(patched({ [urn]: { a: 1 } }, { op: 'remove', path: urn })).toEqual({ userName: 'a' });
    expect(patched({ 'urn:custom:ext': { a: 1 } }, { op: 'remove', path: 'urn:custom:ext' })).toEqual({
      userName: 'a',
    });
    expect(patched({}, { op: 'add', value: { 'urn:custom:ext': { a: 1 } } })).toEqual({
      userName: 'a',
      'urn:custom:ext': { a: 1 },
    });
  });
});

describe("Okta's and others' PATCH", () => {
  it('deactivates without path; a password leaves no trace', () => {
    expect(patched({ active: true }, { op: 'replace', value: { active: false } }).active).toBe(false);
    expect(patched({}, { op: 'replace', value: { password: 't1meMa$heen' } })).toEqual({ userName: 'a' });
    expect(patched({}, { op: 'replace', path: 'password', value: 't1meMa$heen' })).toEqual({ userName: 'a' });
  });

  it('carries its own id, which is no change, but no other', () => {
    expect(
      patchWith(
        { displayName: 'Old' },
        [{ op: 'replace', value: { id: 'ID', displayName: 'New' } }],
        groupResourceType,
      ).resource,
    ).toEqual({
      displayName: 'New',
    });
    expect(errorOf({}, { op: 'replace', value: { id: 'OTHER' } })).toBe('400 mutability');
  });

  it('Keycloak: the whole resource as JSON in a string', () => {
    const value = JSON.stringify({ schemas: ['x'], meta: {}, displayName: 'K', name: { givenName: 'G' } });
    expect(patched({}, { op: 'replace', value })).toEqual({
      userName: 'a',
      displayName: 'K',
      name: { givenName: 'G' },
    });
  });

  it('may lack schemas, spell its keys in lower case, and put them in any order', () => {
    const body = { operations: [{ OP: 'ADD', Value: 'x', PATH: 'TITLE' }] };
    expect(
      applyPatch({ userName: 'a' }, parsePatch(body, userResourceType), userResourceType, 'ID').resource
        .title,
    ).toBe('x');
  });
});

describe('attributes that the schemas lack', () => {
  it('are kept wherever an admin put them, and do not stop a deactivation', () => {
    const { resource } = patchWith({ userName: 'a', active: true, emails: [{ type: 'work', value: 'w' }] }, [
      { op: 'replace', path: 'favourite', value: 1 },
      { op: 'replace', path: 'name.middleInitial', value: 'Q' },
      { op: 'add', path: 'constructor.prototype', value: 1 },
      { op: 'Add', path: `${enterprise}:hireDate`, value: '2021-05-01' },
      { op: 'Add', path: 'urn:ietf:params:scim:schemas:core:2.0:User:orgRole', value: ['Lead'] },
      { op: 'add', path: 'emails[type eq "work"].verified', value: true },
      { op: 'replace', value: { shoeSize: 1, active: false, [enterprise]: { level: { is: 7 } } } },
    ]);
    expect(resource).toEqual({
      userName: 'a',
      active: false,
      favourite: 1,
      name: { middleInitial: 'Q' },
      constructor: { prototype: 1 },
      emails: [{ type: 'work', value: 'w', verified: true }],
      [enterprise]: { hireDate: '2021-05-01', level: { is: 7 } },
      orgRole: ['Lead'],
      shoeSize: 1,
    });
  });

  it('have one name, whatever its case: the first that came', () => {
    const before = { orgRole: 'a', name: { middleInitial: 'Q' }, [enterprise]: { hireDate: '1' } };
    expect(
      patched(
        before,
        { op: 'replace', path: 'ORGROLE', value: 'b' },
        { op: 'replace', path: 'name.MIDDLEINITIAL', value: 'R' },
        { op: 'remove', path: `${enterprise}:hiredate` },
      ),
    ).toEqual({ userName: 'a', orgRole: 'b', name: { middleInitial: 'R' } });
    expect(
      patched({ emails: [{ value: 'w', verified: true }] }, { op: 'remove', path: 'emails.VERIFIED' }),
    ).toEqual({
      userName: 'a',
      emails: [{ value: 'w' }],
    });
  });

  it('hold whatever is sent: a list is added to, and replaced by what is no list', () => {
    const add = { op: 'add', path: 'tags', value: ['b'] };
    expect(patched({ tags: ['a'] }, add).tags).toEqual(['a', 'b']);
    expect(patched({ tags: ['a'] }, { op: 'replace', path: 'tags', value: 'c' }).tags).toBe('c');
    expect(patched({ tags: ['a'] }, { op: 'replace', path: 'tags', value: '' })).toEqual({ userName: 'a' });
  });

  it('on a group: a mail address that Entra maps', () => {
    const operation = { op: 'Add', path: 'emails[type eq "other"].value', value: [{ value: 'ab' }] };
    expect(patchWith({ displayName: 'G' }, [operation], groupResourceType).resource).toEqual({
      displayName: 'G',
      emails: [{ type: 'other', value: 'ab' }],
    });
  });

  it('cannot be used to reach a prototype', () => {
    const value = JSON.parse(
      '{"__proto__":{"polluted":1},"urn:x:User":{"__proto__":{"polluted":1}},"constructor":{"prototype":{"polluted":1}}}',
    ) as unknown;
    expect(errorOf({}, { op: 'add', path: '__proto__.polluted', value: 1 })).toBe('400 invalidPath');
    const own = JSON.parse('{"__proto__":{"polluted":1}}') as unknown;
    expect(errorOf({}, { op: 'add', value: own })).toBe('400 invalidPath');
    patched({}, { op: 'add', value });
    const extension = {
      op: 'add',
      path: 'urn:x:User',
      value: (value as Record<string, unknown>)['urn:x:User'],
    };
    expect(errorOf({}, extension)).toBe('400 invalidPath');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(({} as Record<string, unknown>).prototype).toBeUndefined();
  });

  it('are not kept under the name of a secret', () => {
    const operations = parsePatch(
      {
        Operations: [
          { op: 'add', value: { initialPassword: 'x', title: 'T', [enterprise]: { apiKey: 'x' } } },
        ],
      },
      userResourceType,
    );
    expect(notesOf(operations).map(({ path, code }) => [path, code])).toEqual([
      ['initialPassword', 'secret-name'],
      [`${enterprise}:apiKey`, 'secret-name'],
    ]);
    expect(applyPatch({ userName: 'a' }, operations, userResourceType, 'ID').resource).toEqual({
      userName: 'a',
      title: 'T',
    });
  });
});

describe('RFC 7644 §3.5.2', () => {
  const emails = [
    { type: 'work', value: 'w', primary: true },
    { type: 'home', value: 'h' },
  ];

  it('add appends what is not there and completes what is', () => {
    expect(
      patched(
        { emails },
        {
          op: 'add',
          path: 'emails',
          value: [
            { type: 'home', value: 'h', display: 'H' },
            { type: 'other', value: 'o' },
          ],
        },
      ).emails,
    ).toEqual([
      { type: 'work', value: 'w', primary: true },
      { type: 'home', value: 'h', display: 'H' },
      { type: 'other', value: 'o' },
    ]);
  });

  it('a new primary value takes the mark from the old one', () => {
    expect(
      patched({ emails }, { op: 'add', path: 'emails', value: [{ value: 'n', primary: true }] }).emails,
    ).toEqual([
      { type: 'work', value: 'w', primary: false },
      { type: 'home', value: 'h' },
      { value: 'n', primary: true },
    ]);
    expect(
      patched({ emails }, { op: 'replace', path: 'emails[type eq "home"].primary', value: true }).emails,
    ).toEqual([
      { type: 'work', value: 'w', primary: false },
      { type: 'home', value: 'h', primary: true },
    ]);
  });

  it('replace of a list replaces all of it, of a complex value only what is given', () => {
    expect(patched({ emails }, { op: 'replace', path: 'emails', value: { value: 'x' } }).emails).toEqual([
      { value: 'x' },
    ]);
    expect(patched({ emails }, { op: 'replace', path: 'emails', value: [] })).toEqual({ userName: 'a' });
    expect(
      patched(
        { name: { givenName: 'g', familyName: 'f' } },
        { op: 'replace', path: 'name', value: { givenName: 'x' } },
      ).name,
    ).toEqual({
      givenName: 'x',
      familyName: 'f',
    });
    expect(
      patched(
        { name: { givenName: 'g', familyName: 'f' } },
        { op: 'add', path: 'name', value: [{ givenName: null }] },
      ).name,
    ).toEqual({
      familyName: 'f',
    });
  });

  it('remove takes what the path selects, or what the value lists', () => {
    expect(patched({ emails }, { op: 'remove', path: 'emails[type eq "work"]' }).emails).toEqual([
      { type: 'home', value: 'h' },
    ]);
    expect(patched({ emails }, { op: 'remove', path: 'emails', value: [{ value: 'h' }] }).emails).toEqual([
      emails[0],
    ]);
    expect(patched({ emails }, { op: 'remove', path: 'emails', value: [] }).emails).toEqual(emails);
    expect(patched({ emails }, { op: 'remove', path: 'emails' })).toEqual({ userName: 'a' });
    expect(patched({ emails }, { op: 'remove', path: 'emails[type eq "work"].primary' }).emails).toEqual([
      { type: 'work', value: 'w' },
      emails[1],
    ]);
    expect(patched({ emails }, { op: 'remove', path: 'emails[type eq "nosuch"]' }).emails).toEqual(emails);
  });

  it('operations see what those before them did, and the resource given stays as it was', () => {
    const resource = { userName: 'a', emails: [{ value: 'w', type: 'work' }] };
    const before = structuredClone(resource);
    expect(
      patchWith(resource, [
        { op: 'add', path: 'emails', value: [{ value: 'n', type: 'new' }] },
        { op: 'replace', path: 'emails[type eq "new"].value', value: 'm' },
      ]).resource.emails,
    ).toEqual([
      { value: 'w', type: 'work' },
      { value: 'm', type: 'new' },
    ]);
    expect(() =>
      patchWith(resource, [
        { op: 'remove', path: 'emails' },
        { op: 'remove', path: 'userName' },
      ]),
    ).toThrow(ScimError);
    expect(resource).toEqual(before);
  });

  it.each([
    [
      'a filter beyond equalities that selects nothing',
      { op: 'replace', path: 'emails[type ne "work"].value', value: 'x' },
      '400 noTarget',
    ],
    [
      'a filter that nothing can satisfy',
      { op: 'add', path: 'emails[type eq "a" and type eq "b"].value', value: 'x' },
      '400 noTarget',
    ],
    ['remove without path', { op: 'remove' }, '400 noTarget'],
    ['add without value', { op: 'add', path: 'title' }, '400 invalidValue'],
    ['replace without path and value', { op: 'replace' }, '400 invalidValue'],
    ['a value that is no object where there is no path', { op: 'add', value: 'x' }, '400 invalidValue'],
    ['an unknown op', { op: 'move', path: 'title', value: 'x' }, '400 invalidSyntax'],
    ['no op', { path: 'title', value: 'x' }, '400 invalidSyntax'],
    ['an operation that is no object', 'x', '400 invalidSyntax'],
    ['a path that is no text', { op: 'add', path: 5, value: 'x' }, '400 invalidPath'],
    ['an open bracket', { op: 'add', path: 'emails[type eq "work"', value: 'x' }, '400 invalidPath'],
    ['a part of what has none', { op: 'add', path: 'displayName.part', value: 'x' }, '400 invalidPath'],
    ['a path that is too long', { op: 'add', path: 'x'.repeat(3000), value: 'x' }, '400 invalidPath'],
    ['groups of a user', { op: 'add', path: 'groups', value: [{ value: 'g' }] }, '400 mutability'],
    ['meta by path', { op: 'replace', path: 'meta.created', value: 'x' }, '400 mutability'],
    ['a wrong type', { op: 'replace', path: 'title', value: { a: 1 } }, '400 invalidValue'],
    ['text that cannot be stored', { op: 'replace', path: 'title', value: 'a\u0000' }, '400 invalidValue'],
  ])('refuses %s', (_what, operation, expected) => {
    expect(errorOf({}, operation)).toBe(expected);
  });

  it.each([
    [{}],
    [{ Operations: [] }],
    [{ Operations: {} }],
    [null],
    [[]],
    [{ schemas: ['urn:x'], Operations: [{ op: 'remove', path: 'title' }] }],
  ])('refuses the body %j as invalidSyntax', (body) => {
    expect(() => parsePatch(body, userResourceType)).toThrow(
      expect.objectContaining({ scimType: 'invalidSyntax' }),
    );
  });
});

describe('membership', () => {
  const split = (...operations: unknown[]) =>
    splitMembership(parsePatch({ schemas, Operations: operations }, groupResourceType)).membership;

  it.each([
    [
      'a list of references',
      {
        op: 'Add',
        path: 'members',
        value: [{ $ref: null, value: 'u1' }, { $ref: null, value: 'u2' }, { value: 'u1' }],
      },
      [{ value: 'u1' }, { value: 'u2' }],
    ],
    ['a bare id', { op: 'Add', path: 'members', value: 'u1' }, [{ value: 'u1' }]],
    ['an object without path', { op: 'Add', value: { members: [{ value: 'u1' }] } }, [{ value: 'u1' }]],
    [
      'a display name',
      { op: 'add', path: 'members', value: [{ displayName: 'N', value: 'u1' }] },
      [{ value: 'u1', display: 'N' }],
    ],
    ['a filter without value', { op: 'add', path: 'members[value eq "u1"]' }, [{ value: 'u1' }]],
    ['its value path', { op: 'add', path: 'members.value', value: 'u1' }, [{ value: 'u1' }]],
  ])('is added by %s', (_shape, operation, members) => {
    expect(split(operation)).toEqual([{ kind: 'add', members }]);
  });

  it.each([
    ['a list of references', { op: 'Remove', path: 'members', value: [{ $ref: null, value: 'u1' }] }, ['u1']],
    ['a filter', { op: 'remove', path: 'members[value eq "u1"]' }, ['u1']],
    [
      'a filter with several',
      { op: 'remove', path: 'members[value eq "u1" or value eq "u2"]' },
      ['u1', 'u2'],
    ],
    ['a derived filter', { op: 'remove', path: 'members[$ref eq null and value eq "u1"]' }, ['u1']],
    ['an empty list: nobody', { op: 'remove', path: 'members', value: [] }, []],
  ])('is removed by %s', (_shape, operation, values) => {
    expect(split(operation)).toEqual([{ kind: 'remove', values }]);
  });

  it('is removed by any other filter where the rows are', () => {
    expect(split({ op: 'remove', path: 'members[display sw "A"]' })).toMatchObject([{ kind: 'removeWhere' }]);
  });

  it('is cleared by remove without value, and by replace with an empty list', () => {
    const cleared = [{ kind: 'replace', members: [] }];
    expect(split({ op: 'remove', path: 'members' })).toEqual(cleared);
    expect(split({ op: 'replace', path: 'members', value: [] })).toEqual(cleared);
    expect(split({ op: 'replace', value: { members: [] } })).toEqual(cleared);
  });

  it('is replaced, with or without path, whatever display says', () => {
    const members = [{ value: 'u1' }];
    expect(split({ op: 'replace', path: 'members', value: [{ value: 'u1', display: null }] })).toEqual([
      { kind: 'replace', members },
    ]);
    expect(split({ op: 'replace', value: { id: 'ID', members } })).toEqual([{ kind: 'replace', members }]);
  });

  it('keeps order, and is touched only by operations that name it', () => {
    const { attributes, membership } = splitMembership(
      parsePatch(
        {
          schemas,
          Operations: [
            { op: 'remove', path: 'members[value eq "u1"]' },
            { op: 'replace', value: { displayName: 'New', externalId: 'E' } },
            { op: 'add', path: 'members', value: [{ value: 'u2' }] },
            { op: 'replace', path: 'members[value eq "u2"].display', value: 'x' },
          ],
        },
        groupResourceType,
      ),
    );
    expect(membership.map((operation) => operation.kind)).toEqual(['remove', 'add']);
    expect(attributes).toHaveLength(2);
  });

  it('does not turn one member into another in place', () => {
    expect(() => split({ op: 'replace', path: 'members[value eq "u1"].value', value: 'u2' })).toThrow(
      ScimError,
    );
    expect(() => split({ op: 'add', path: 'members', value: [{ display: 'nobody' }] })).toThrow(
      /members needs value/,
    );
  });
});

describe('properties', () => {
  const text = fc
    .string({ minLength: 1, maxLength: 12 })
    .filter((value) => value.trim() !== '' && !/^\s*[[{]/.test(value) && !value.includes('\0'));
  const change = fc.record(
    {
      displayName: text,
      title: text,
      givenName: text,
      workMail: text,
      department: text,
      manager: text,
      active: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  type Change = {
    displayName?: string;
    title?: string;
    givenName?: string;
    workMail?: string;
    department?: string;
    manager?: string;
    active?: boolean;
  };
  const start = fc.record(
    {
      title: text,
      name: fc.record({ givenName: text, familyName: text }),
      emails: fc.constantFrom([{ type: 'work', value: 'w' }], [{ type: 'home', value: 'h' }]),
      active: fc.boolean(),
    },
    { requiredKeys: [] },
  );

  const entries = (asked: Change) =>
    [
      ['displayName', asked.displayName],
      ['title', asked.title],
      ['name.givenName', asked.givenName],
      [`${enterprise}:department`, asked.department],
    ].filter((entry): entry is [string, string] => entry[1] !== undefined);
  const mail = (op: string, asked: Change) =>
    asked.workMail === undefined ? [] : [{ op, path: 'emails[type eq "work"].value', value: asked.workMail }];

  function entraDefault(asked: Change): unknown[] {
    return [
      ...mail('Replace', asked),
      ...entries(asked).map(([path, value]) => ({ op: 'Add', path, value })),
      ...(asked.manager === undefined
        ? []
        : [{ op: 'Add', path: 'manager', value: [{ $ref: null, value: asked.manager }] }]),
      ...(asked.active === undefined
        ? []
        : [{ op: 'Replace', path: 'active', value: asked.active ? 'True' : 'False' }]),
    ];
  }

  function entraFlag(asked: Change): unknown[] {
    const value = {
      ...Object.fromEntries(entries(asked)),
      ...(asked.manager === undefined ? {} : { [`${enterprise}:manager`]: asked.manager }),
      ...(asked.active === undefined ? {} : { active: asked.active }),
    };
    return [...mail('replace', asked), { op: 'replace', value }];
  }

  function rfc(asked: Change, resource: ScimResource): unknown[] {
    const extension = {
      ...(asked.department === undefined ? {} : { department: asked.department }),
      ...(asked.manager === undefined ? {} : { manager: { value: asked.manager } }),
    };
    const { emails } = resource as { emails?: { type: string }[] };
    const hasWork = emails?.some((email) => email.type === 'work') === true;
    return [
      ...(asked.workMail === undefined
        ? []
        : hasWork
          ? mail('replace', asked)
          : [{ op: 'add', path: 'emails', value: [{ type: 'work', value: asked.workMail }] }]),
      {
        op: 'add',
        value: {
          ...(asked.displayName === undefined ? {} : { displayName: asked.displayName }),
          ...(asked.title === undefined ? {} : { title: asked.title }),
          ...(asked.givenName === undefined ? {} : { name: { givenName: asked.givenName } }),
          ...(asked.active === undefined ? {} : { active: asked.active }),
          ...(Object.keys(extension).length === 0 ? {} : { [enterprise]: extension }),
        },
      },
    ];
  }

  const apply = (resource: ScimResource, operations: unknown[]) =>
    patchWith(resource, operations.length === 0 ? [{ op: 'add', value: {} }] : operations);

  it('both dialects of Entra and that of the RFC end in the same resource', () => {
    fc.assert(
      fc.property(start, change, (from, asked) => {
        const { resource } = parseResource({ userName: 'a', ...from }, userResourceType);
        const expected = apply(resource, rfc(asked, resource)).resource;
        expect(apply(resource, entraDefault(asked)).resource).toEqual(expected);
        expect(apply(resource, entraFlag(asked)).resource).toEqual(expected);
      }),
      cases(120),
    );
  });

  it('applying twice is applying once', () => {
    fc.assert(
      fc.property(start, change, fc.constantFrom(entraDefault, entraFlag), (from, asked, dialect) => {
        const { resource } = parseResource({ userName: 'a', ...from }, userResourceType);
        const once = apply(resource, dialect(asked)).resource;
        expect(apply(once, dialect(asked))).toEqual({ resource: once, changed: false, notes: [] });
      }),
      cases(120),
    );
  });

  it('a patched resource is one that would be stored: posting it changes nothing', () => {
    const paths = fc.constantFrom(
      'title',
      'name',
      'name.givenName',
      'emails',
      'emails.value',
      'emails[type eq "work"]',
      'emails[type eq "work"].value',
      'emails[primary eq true].display',
      'manager',
      enterprise,
      'roles',
      'active',
      'urn:x:User:y',
      'urn:x:User',
      'x509Certificates',
      'addresses[type eq "home"].locality',
      'emails[type co "o"]',
    );
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(
        'x',
        true,
        [{ value: 'a', primary: true }],
        { value: 'b', type: 'work' },
        { givenName: 'g' },
      ),
    );
    const operation = fc.record(
      { op: fc.constantFrom('add', 'replace', 'remove'), path: paths, value },
      { requiredKeys: ['op', 'path'] },
    );
    fc.assert(
      fc.property(start, fc.array(operation, { minLength: 1, maxLength: 6 }), (from, operations) => {
        const { resource } = parseResource({ userName: 'a', ...from }, userResourceType);
        try {
          const after = patchWith(resource, operations).resource;
          expect(parseResource(after, userResourceType).resource).toEqual(after);
        } catch (error) {
          expect(error).toBeInstanceOf(ScimError);
        }
      }),
      cases(400),
    );
  });
});

describe('a hostile body of one megabyte', () => {
  const attempt = (operations: unknown[]) => {
    try {
      patchWith({ userName: 'a' }, operations);
    } catch (error) {
      expect(error).toBeInstanceOf(ScimError);
    }
  };
  const many = Array.from({ length: 20_000 }, (_, at) => ({ value: `${at}@x`, type: 'work', primary: true }));

  it.each([
    ['many primary values', [{ op: 'add', path: 'emails', value: many }]],
    [
      'many values searched many times',
      [
        { op: 'add', path: 'emails', value: many },
        ...Array.from({ length: 999 }, () => ({
          op: 'replace',
          path: 'emails[type eq "none" or value co "none"].display',
          value: 'x',
        })),
      ],
    ],
    [
      'many values added to many times',
      Array.from({ length: 1000 }, (_, at) => ({
        op: 'add',
        path: 'emails',
        value: many.slice(at * 20, at * 20 + 20),
      })),
    ],
    [
      'many keys that create',
      [
        {
          op: 'add',
          value: Object.fromEntries(
            Array.from({ length: 20_000 }, (_, at) => [`emails[type eq "${at}"].value`, 'x']),
          ),
        },
      ],
    ],
    [
      'many values of an unknown extension',
      Array.from({ length: 1000 }, (_, at) => ({
        op: 'add',
        path: 'urn:x:User:y',
        value: many.slice(at * 20, at * 20 + 20),
      })),
    ],
    [
      'one text searched many times',
      [
        { op: 'add', path: 'emails', value: [{ value: 'x'.repeat(900_000) }] },
        ...Array.from({ length: 999 }, () => ({ op: 'remove', path: 'emails[value co "xy"]' })),
      ],
    ],
  ])('%s costs little', (_what, operations) => {
    expectCost(() => attempt(operations), 60);
  });

  it('too many values of a user are 413, too many members of a group are not', () => {
    expect(errorOf({}, { op: 'add', path: 'emails', value: many })).toBe('413 undefined');
    const members = many.map(({ value }) => ({ value }));
    const body = { schemas, Operations: [{ op: 'replace', path: 'members', value: members }] };
    expect(splitMembership(parsePatch(body, groupResourceType)).membership).toEqual([
      { kind: 'replace', members },
    ]);
  });

  it('too many keys without path are 413', () => {
    const value = Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`key${at}`, at]));
    expect(errorOf({}, { op: 'add', value })).toBe('413 undefined');
  });

  it('too many operations is 413', () => {
    const operations = Array.from({ length: 1001 }, () => ({ op: 'replace', path: 'title', value: 'x' }));
    expect(errorOf({}, ...operations)).toBe('413 undefined');
  });
});

describe('what no schema describes', () => {
  it('is filtered in a list of plain values as in a search', () => {
    const badges = { badges: ['x', 'y'] };
    const at = (op: string, path: string, value?: unknown) => patched(badges, { op, path, value }).badges;
    expect(patched(badges, { op: 'remove', path: 'badges[value eq "x"]' }).badges).toEqual(['y']);
    expect(at('replace', 'badges[value eq "X"].value', 'z')).toEqual(['z', 'y']);
    expect(patched(badges, { op: 'remove', path: 'badges[value eq "z"]' }).badges).toEqual(['x', 'y']);
    expect(patched(badges, { op: 'remove', path: 'badges[value pr]' })).not.toHaveProperty('badges');
  });

  it('loses only the values that a removal lists', () => {
    const remove = (value: unknown) =>
      patched({ badges: ['x', 'y'] }, { op: 'remove', path: 'badges', value }).badges;
    expect(remove(['x'])).toEqual(['y']);
    expect(remove('y')).toEqual(['x']);
    expect(remove([])).toEqual(['x', 'y']);
    expect(remove(undefined)).toBeUndefined();
  });

  it.each(['add', 'replace'])('is completed by %s when it is complex, like a known attribute', (op) => {
    const org = { org: { a: 1, b: 2 } };
    expect(patched(org, { op, path: 'org', value: { c: 3 } }).org).toEqual({ a: 1, b: 2, c: 3 });
    expect(patched(org, { op, value: { ORG: { A: 2 } } }).org).toEqual({ a: 2, b: 2 });
    expect(patched(org, { op, path: 'org', value: { a: null } }).org).toEqual({ b: 2 });
    expect(patched(org, { op, path: 'org', value: 'text' }).org).toBe('text');
    expect(patched(org, { op: 'remove', path: 'org' })).not.toHaveProperty('org');
  });
});

describe('a PATCH that is sent again changes nothing', () => {
  const nested = { name: 'x', level: { max: 5, at: { b: 1, a: 2 } } };
  /** As PostgreSQL gives it back: the keys of each object in another order. */
  const stored = { level: { at: { a: 2, b: 1 }, max: 5 }, name: 'x' };

  it.each([
    ['add', 'skills', [stored], [nested]],
    ['add', 'skills', [{ value: stored }], { value: nested }],
    [
      'add',
      'addresses',
      [{ type: 'work', locality: 'B', geo: { lat: 1, lng: 2 } }],
      [{ type: 'work', locality: 'B', geo: { lng: 2, lat: 1 } }],
    ],
  ])('%s %s: the order of the keys of an object does not make another one', (op, path, before, value) => {
    expect(patched({ [path]: before }, { op, path, value })[path]).toEqual(before);
    expect(patched({ [path]: before }, { op: 'remove', path, value })).not.toHaveProperty(path);
  });

  it.each([{ a: null }, { a: [] }, { a: '' }, { a: 1, A: 2 }, { a: 1, b: null }])(
    'whatever was there before: %j',
    (value) => {
      for (const op of ['add', 'replace'])
        for (const before of [undefined, 7, 'x', { a: 3 }, { a: null }]) {
          const once = patched({ badge: before }, { op, path: 'badge', value });
          expect([op, before, patched(once, { op, path: 'badge', value })]).toEqual([op, before, once]);
        }
    },
  );

  it('takes nothing away that adds nothing', () => {
    expect(patched({ badge: 7 }, { op: 'add', path: 'badge', value: { a: null } }).badge).toBe(7);
    expect(patched({ badge: 7 }, { op: 'replace', path: 'badge', value: { a: null } })).toEqual({
      userName: 'a',
    });
  });
});

describe('roles that are packed in a text', () => {
  const one = '{"id":"1","value":"25","displayName":"R"}';
  const list = `[${one},{"id":"2","value":"26"}]`;
  const first = { id: '1', value: '25', display: 'R' };
  const second = { id: '2', value: '26' };

  it.each([
    ['the value', { op: 'add', path: 'roles', value: list }],
    ['a list of texts', { op: 'add', path: 'roles', value: [list] }],
    ['the value of an element', { op: 'replace', path: 'roles', value: [{ value: list }] }],
    ['a path to all values', { op: 'add', path: 'roles.value', value: list }],
  ])('are all unpacked from a list in %s', (_name, operation) => {
    expect(patched({}, operation).roles).toEqual([first, second]);
  });

  it('are all unpacked where a filter selects one, and the first is that one', () => {
    const operation = { op: 'add', path: 'roles[primary eq "True"].value', value: list };
    expect(patched({}, operation).roles).toEqual([{ ...first, primary: true }, second]);
  });

  it('are unpacked without a value, too; other JSON stays a text', () => {
    const bare = '{"id":"1","displayName":"R"}';
    const at = (value: string) =>
      patched({}, { op: 'add', path: 'roles[primary eq "True"].value', value }).roles;
    expect(at(bare)).toEqual([{ primary: true, id: '1', display: 'R' }]);
    expect(patched({}, { op: 'add', path: 'roles', value: [{ value: bare }] }).roles).toEqual([
      { id: '1', display: 'R' },
    ]);
    expect(at('{"plan":"x"}')).toEqual([{ primary: true, value: '{"plan":"x"}' }]);
  });
});
