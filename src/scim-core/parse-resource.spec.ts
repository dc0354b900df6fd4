import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseResource } from './parse-resource.ts';
import { groupResourceType, userResourceType } from './resource-types.ts';
import { ScimError } from './scim-error.ts';
import { cases } from '../../test/harness/cases.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const user = (body: object) => parseResource({ userName: 'a', ...body }, userResourceType).resource;
const group = (body: object) => parseResource({ displayName: 'G', ...body }, groupResourceType).resource;

function errorOf(body: unknown, type = userResourceType): string {
  try {
    parseResource(body, type);
  } catch (error) {
    if (error instanceof ScimError) return `${error.scimType}: ${error.message}`;
    throw error;
  }
  return 'none';
}

describe("Entra's POST", () => {
  it('is read with everything in it and without what is the service’s own', () => {
    const { resource, notes } = parseResource(
      {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
        id: null,
        externalId: '0a21f0f2',
        userName: 'Alex@contoso.com',
        active: 'True',
        displayName: 'Alex Wilber',
        emails: [{ primary: true, type: 'work', value: 'alex@contoso.com' }],
        addresses: [{ type: 'work', streetAddress: '1 Main', postalCode: '92101', primary: false }],
        name: { formatted: 'Alex Wilber', givenName: 'Alex', familyName: 'Wilber' },
        meta: { resourceType: 'User' },
        groups: [{ value: 'g' }],
        password: 'secret',
        roles: [],
        [enterprise]: { department: 'Marketing', employeeNumber: '701984', manager: 'M' },
        'urn:ietf:params:scim:schemas:extension:Contoso:2.0:User': { tag: 'blue', deep: { a: [1, null] } },
      },
      userResourceType,
    );
    expect(notes).toEqual([]);
    expect(resource).toEqual({
      externalId: '0a21f0f2',
      userName: 'Alex@contoso.com',
      active: true,
      displayName: 'Alex Wilber',
      emails: [{ primary: true, type: 'work', value: 'alex@contoso.com' }],
      addresses: [{ type: 'work', streetAddress: '1 Main', postalCode: '92101', primary: false }],
      name: { formatted: 'Alex Wilber', givenName: 'Alex', familyName: 'Wilber' },
      [enterprise]: { department: 'Marketing', employeeNumber: '701984', manager: { value: 'M' } },
      'urn:ietf:params:scim:schemas:extension:Contoso:2.0:User': { tag: 'blue', deep: { a: [1, null] } },
    });
  });

  it('may hold null for what is unset, at the root even of extension attributes', () => {
    expect(
      user({ addresses: null, title: null, department: null, manager: null, name: { givenName: '' } }),
    ).toEqual({ userName: 'a' });
    expect(user({ department: 'X' })).toEqual({ userName: 'a', [enterprise]: { department: 'X' } });
  });

  it('may misspell the enterprise URN', () => {
    expect(
      user({ 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User': { department: 'X' } }),
    ).toEqual(user({ [enterprise]: { department: 'X' } }));
  });

  it('names roles by displayName and sends them as JSON in a string', () => {
    expect(
      user({ roles: [{ primary: false, type: 'W', displayName: 'Admin', value: 'Admin' }] }).roles,
    ).toEqual([{ primary: false, type: 'W', display: 'Admin', value: 'Admin' }]);
    const embedded = JSON.stringify({ id: 'x', value: '25', displayName: 'Role' });
    expect(user({ roles: [embedded] }).roles).toEqual([{ id: 'x', value: '25', display: 'Role' }]);
    // AppRoleAssignmentsComplex
    expect(user({ roles: [{ primary: 'True', type: 'W', value: embedded }] }).roles).toEqual([
      { id: 'x', value: '25', display: 'Role', primary: true, type: 'W' },
    ]);
    expect(user({ entitlements: [{ value: embedded }, { value: '{"no":"value"}' }] }).entitlements).toEqual([
      { id: 'x', value: '25', display: 'Role' },
      { value: '{"no":"value"}' },
    ]);
  });
});

describe('what other clients send', () => {
  it('OneLogin: draft URNs, a boolean as text, managerId', () => {
    const body = {
      schemas: ['urn:scim:schemas:core:2.0', 'urn:scim:schemas:extension:enterprise:2.0'],
      active: 'true',
      'urn:scim:schemas:extension:enterprise:2.0': { manager: { managerId: 'M', displayName: 'Boss' } },
    };
    expect(user(body)).toEqual({ userName: 'a', active: true, [enterprise]: { manager: { value: 'M' } } });
  });

  it('Okta: a manager with a name only, a password, empty texts', () => {
    expect(
      user({ password: 'x', displayName: '', [enterprise]: { manager: { displayName: 'Boss' } } }),
    ).toEqual({ userName: 'a' });
  });

  it('names in any case, and a whole resource under its own URN', () => {
    expect(parseResource({ USERNAME: 'x', Name: { GIVENNAME: 'y' } }, userResourceType).resource).toEqual({
      userName: 'x',
      name: { givenName: 'y' },
    });
    expect(
      parseResource({ 'urn:ietf:params:scim:schemas:core:2.0:User': { userName: 'x' } }, userResourceType)
        .resource,
    ).toEqual({
      userName: 'x',
    });
  });

  it('array-wrapped and object-wrapped single values', () => {
    expect(user({ active: [false], displayName: [{ $ref: null, value: 'x' }] })).toEqual({
      userName: 'a',
      active: false,
      displayName: 'x',
    });
  });

  it('a manager known by $ref alone', () => {
    expect(user({ [enterprise]: { manager: { $ref: 'https://x/scim/v2/Users/M' } } })[enterprise]).toEqual({
      manager: { value: 'M' },
    });
  });
});

describe('a group', () => {
  it('holds each member once, whatever was sent beside the id', () => {
    expect(
      group({
        members: [
          { value: 'u1', display: null },
          { value: 'u1', $ref: null },
          'u2',
          { value: 'u3', type: 'User', displayName: 'C' },
        ],
      }),
    ).toEqual({
      displayName: 'G',
      members: [{ value: 'u1' }, { value: 'u2' }, { value: 'u3', type: 'User', display: 'C' }],
    });
  });

  it('tells an empty membership from one that was not sent only by the body', () => {
    expect(group({ members: [] })).toEqual({ displayName: 'G' });
  });

  it('leaves out a member without id and what it does not keep of one, but is refused without displayName', () => {
    const members = [{ display: 'x' }, { value: 53, mail: 'a@b' }, { value: {} }];
    const { resource, notes } = parseResource({ displayName: 'G', members }, groupResourceType);
    expect(resource.members).toEqual([{ value: '53' }]);
    expect(notes.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'members part-missing',
      'members.mail member-detail',
      'members.value nothing-given',
    ]);
    expect(errorOf({ members: [] }, groupResourceType)).toMatch(/invalidValue: displayName/);
  });
});

describe('values', () => {
  it('keeps the first of two primaries and each type and value once', () => {
    const emails = [
      { value: 'a', type: 'work', primary: true },
      { value: 'b', type: 'home', primary: 'True' },
      { value: 'a', type: 'work' },
    ];
    expect(user({ emails }).emails).toEqual([
      { value: 'a', type: 'work', primary: true },
      { value: 'b', type: 'home', primary: false },
    ]);
  });

  it('drops elements that say nothing but their type', () => {
    expect(
      user({
        emails: [
          { type: 'work', value: '' },
          { type: 'home', primary: true },
        ],
      }),
    ).toEqual({ userName: 'a' });
  });

  it.each([
    [{}, /invalidValue: userName/],
    [{ userName: '' }, /invalidValue: userName/],
    [{ userName: '  ' }, /invalidValue: userName/],
    [{ userName: { a: 1 } }, /invalidValue: userName/],
    [{ userName: ['a', 'b'] }, /invalidValue: userName/],
    [{ userName: 2 ** 60 }, /invalidValue: userName/],
    [{ userName: 'a', active: 'yes' }, /invalidValue: active/],
    [{ userName: 'a', active: 1 }, /invalidValue: active/],
    [{ userName: 'a', active: [true, false] }, /invalidValue: active/],
    [{ userName: 'a', active: {}, Active: 'maybe' }, /invalidValue: active/],
    ['text', /invalidSyntax/],
    [[], /invalidSyntax/],
    [null, /invalidSyntax/],
  ])('%j is refused', (body, expected) => {
    expect(errorOf(body)).toMatch(expected);
  });

  it.each([
    [{ title: ['x', 'y'] }, 'title several-values'],
    [{ title: { a: 1 } }, 'title not-text'],
    [{ title: 'x\u0000' }, 'title unstorable-text'],
    [{ title: '\ud800' }, 'title unstorable-text'],
    [{ externalId: 2 ** 60 }, 'externalId inexact-number'],
    // JSON's parser makes it of 1e400.
    [{ title: Infinity }, 'title inexact-number'],
    [{ badge: Infinity }, 'badge inexact-number'],
    [{ badge: { codes: [1, 2 ** 60] } }, 'badge inexact-number'],
    [{ emails: [{ weight: -Infinity }] }, 'emails.weight inexact-number'],
    [{ name: 'Carl Tester' }, 'name not-an-object'],
    [{ addresses: '1 Harbour Street' }, 'addresses not-an-object'],
    [{ [enterprise]: 'Sales' }, `${enterprise} not-an-object`],
    [{ [enterprise]: { department: ['a', 'b'] } }, `${enterprise}:department several-values`],
    [{ manager: { value: ['a', 'b'] } }, `${enterprise}:manager.value several-values`],
    [{ emails: [{ primary: 'perhaps' }] }, 'emails.primary not-true-or-false'],
    [{ 'displayName.part': 'x' }, 'displayName.part no-such-part'],
    [{ größe: 1 }, 'größe not-a-name'],
    [{ newPassword: 'x' }, 'newPassword secret-name'],
    [{ deep: nested(40) }, 'deep too-deep'],
    [{ 'urn:x:User': { 'k\u0000': 1 } }, 'urn:x:User:k unstorable-text'],
    [{ 'urn:x\u0000:User': { k: 1 } }, 'urn:x:User unstorable-text'],
    [{ 'urn:x:User': nested(40) }, 'urn:x:User:a too-deep'],
    [{ 'urn:ietf:params:scim:schemas:extension:enterprise:2.0': { User: {} } }, /:2.0 part-of-schema-name/],
    [{ 'URN:IETF:params:scim:schemas:extension': { a: 1 } }, /:extension part-of-schema-name/],
  ])('%j is left out, and said', (body, expected) => {
    const { resource, notes } = parseResource({ userName: 'a', nickName: 'kept', ...body }, userResourceType);
    expect(resource).toEqual({ userName: 'a', nickName: 'kept' });
    const told = notes.map(({ path, code }) => `${path} ${code}`);
    expect(told).toEqual([typeof expected === 'string' ? expected : expect.stringMatching(expected)]);
  });

  it('become text where text is wanted, and one of a list where one is wanted', () => {
    expect(
      user({
        userName: 7,
        title: true,
        externalId: [4711],
        nickName: ['', 'N', 'N'],
        addresses: { type: 'work', postalCode: 80331 },
        [enterprise]: { employeeNumber: 701985, costCenter: 1.5 },
      }),
    ).toEqual({
      userName: '7',
      title: 'true',
      externalId: '4711',
      nickName: 'N',
      addresses: [{ type: 'work', postalCode: '80331' }],
      [enterprise]: { employeeNumber: '701985', costCenter: '1.5' },
    });
  });

  it('that are readable stay when their neighbours are not', () => {
    expect(
      user({
        emails: [{ value: 'x', type: ['a', 'b'] }, { value: { a: 1 } }, 5],
        addresses: [{ postalCode: {}, region: { x: 1 }, locality: 'B' }],
      }),
    ).toEqual({ userName: 'a', emails: [{ value: 'x' }, { value: '5' }], addresses: [{ locality: 'B' }] });
  });

  it('that no schema describes are kept as sent, wherever an admin put them', () => {
    const { resource, notes } = parseResource(
      {
        userName: 'a',
        orgRole: { code: 7, list: [null, 'x'] },
        ORGROLE: { more: true },
        empty: null,
        'name.givenName': 'G',
        name: { middleInitial: 'Q' },
        emails: [{ value: 'x', verified: true, VERIFIED: false }],
        [enterprise]: { department: 'D', hireDate: '2021-05-01', manager: { value: 'M', mail: 'm@x' } },
        [`${enterprise.toUpperCase()}.badge`]: 5,
        'urn:ietf:params:scim:schemas:core:2.0:User:clearance': ['a'],
        'urn:x:2.0:User:tag': { kept: 'whole' },
      },
      userResourceType,
    );
    expect(notes).toEqual([]);
    expect(resource).toEqual({
      userName: 'a',
      orgRole: { code: 7, list: [null, 'x'], more: true },
      name: { givenName: 'G', middleInitial: 'Q' },
      emails: [{ value: 'x', verified: true }],
      [enterprise]: {
        department: 'D',
        hireDate: '2021-05-01',
        manager: { value: 'M', mail: 'm@x' },
        badge: 5,
      },
      clearance: ['a'],
      'urn:x:2.0:User': { tag: { kept: 'whole' } },
    });
  });

  it('never reaches a prototype', () => {
    const body = JSON.parse(
      '{"userName":"a","__proto__":{"polluted":1},"constructor":{"__proto__":{"polluted":1}},"name":{"__proto__":{"polluted":1}},"urn:x:User":{"__proto__":{"polluted":1},"k":{"__proto__":{"polluted":1}}}}',
    ) as unknown;
    const { resource } = parseResource(body, userResourceType);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(JSON.stringify(resource)).not.toContain('polluted');
  });
});

it('any JSON is a resource or a ScimError', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (first, second, third) => {
      const body = {
        userName: 'a',
        name: first,
        emails: second,
        active: third,
        [enterprise]: first,
        'urn:x:User': second,
      };
      try {
        const { resource } = parseResource(body, userResourceType);
        expect(parseResource(resource, userResourceType).resource).toEqual(resource);
      } catch (error) {
        expect(error).toBeInstanceOf(ScimError);
      }
    }),
    cases(250),
  );
});

function nested(depth: number): unknown {
  return depth === 0 ? 1 : { a: nested(depth - 1) };
}

describe('the schemas of a body', () => {
  const user = 'urn:ietf:params:scim:schemas:core:2.0:User';
  const group = 'urn:ietf:params:scim:schemas:core:2.0:Group';
  const enterpriseUser = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
  const message = (name: string) => `urn:ietf:params:scim:api:messages:2.0:${name}`;

  it.each([
    [[group]],
    [[message('PatchOp')]],
    [[message('BulkRequest'), 'urn:x']],
    [[message('listresponse')]],
    [message('SearchRequest')],
    [[enterpriseUser, group]],
    [['urn:ietf:params:scim:schemas:core:2.0:Schema']],
  ])('refuse what is no user: %j', (schemas) => {
    expect(errorOf({ schemas, userName: 'a' })).toMatch(/^invalidSyntax: schemas names /);
  });

  it.each([
    [undefined],
    [null],
    [[]],
    ['x'],
    [['x', 1]],
    [[enterpriseUser]],
    [[user, group]],
    [['urn:scim:schemas:core:1.0']],
  ])('take a user for one: %j', (schemas) => {
    expect(parseResource({ schemas, userName: 'a' }, userResourceType).resource.userName).toBe('a');
  });

  it('refuse a user as a group', () => {
    expect(errorOf({ schemas: [user], displayName: 'G' }, groupResourceType)).toMatch(
      /^invalidSyntax: schemas names /,
    );
    expect(errorOf({ schemas: [enterpriseUser], displayName: 'G' }, groupResourceType)).toMatch(
      /^invalidSyntax: schemas names /,
    );
  });
});
