import { describe, expect, it } from '@jest/globals';
import { company, type Person } from './company.ts';
import { differences, type AttributeChange } from './entra-mapping.ts';
import {
  addMembersPatch,
  attributePatch,
  createGroupBody,
  createUserBody,
  removeManagerPatch,
  removeMemberPatch,
} from './entra-messages.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const custom = 'urn:ietf:params:scim:schemas:extension:nordlicht:2.0:User';
const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];

const alex: Person = {
  ...(company(1, 1, 0).people[0] as Person),
  objectId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
  userPrincipalName: 'alex@contoso.com',
  mail: 'alex@contoso.com',
  givenName: 'Alex',
  surname: 'Wilber',
  displayName: 'Alex Wilber',
  jobTitle: null,
  department: 'Marketing',
  employeeId: '701984',
  costCenter: null,
  workerType: 'employee',
  streetAddress: '1 Main',
  postalCode: '92101',
  city: 'San Diego',
  country: 'US',
  telephoneNumber: null,
  mobile: '+1 858 5550109',
  preferredLanguage: null,
};

const changes: AttributeChange[] = [
  { verb: 'replace', path: 'displayName', value: 'Pvlo' },
  { verb: 'replace', path: 'emails[type eq "work"].value', value: 'new@contoso.com' },
  { verb: 'replace', path: 'name.givenName', value: 'Gtfd' },
  { verb: 'add', path: 'title', value: 'Analyst' },
  { verb: 'replace', path: `${enterprise}:employeeNumber`, value: 'Eqpj' },
  { verb: 'add', path: `${custom}:workerType`, value: 'contractor' },
];

describe('the body that creates a user', () => {
  it('is the one Entra sends', () => {
    expect(createUserBody(alex, 'flag')).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
      externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
      userName: 'alex@contoso.com',
      active: true,
      displayName: 'Alex Wilber',
      title: null,
      emails: [{ primary: true, type: 'work', value: 'alex@contoso.com' }],
      phoneNumbers: [{ type: 'mobile', value: '+1 858 5550109' }],
      addresses: [
        {
          type: 'work',
          streetAddress: '1 Main',
          locality: 'San Diego',
          postalCode: '92101',
          country: 'US',
          primary: false,
        },
      ],
      name: { formatted: 'Alex Wilber', givenName: 'Alex', familyName: 'Wilber' },
      meta: { resourceType: 'User' },
      roles: [],
      [enterprise]: { department: 'Marketing', employeeNumber: '701984', costCenter: null },
      [custom]: { workerType: 'employee' },
    });
  });

  it('has a boolean in words without the flag', () => {
    expect(createUserBody(alex, 'default').active).toBe('True');
  });
});

describe('the differences between a person and a resource', () => {
  it('are none for what was just created', () => {
    expect(differences(alex, createUserBody(alex, 'flag'))).toEqual([]);
  });

  it('name what is missing and what is otherwise, and never what the source lost', () => {
    const resource = { ...createUserBody(alex, 'flag'), title: 'Clerk', displayName: 'A', phoneNumbers: [] };
    expect(differences({ ...alex, accountEnabled: false }, resource)).toEqual([
      { verb: 'replace', path: 'active', value: false },
      { verb: 'replace', path: 'displayName', value: 'Alex Wilber' },
      { verb: 'add', path: 'phoneNumbers[type eq "mobile"].value', value: '+1 858 5550109' },
    ]);
  });
});

describe('a PATCH in the default dialect', () => {
  it('has one capitalised operation for each attribute', () => {
    expect(attributePatch(changes, 'default')).toEqual({
      schemas,
      Operations: [
        { op: 'Replace', path: 'displayName', value: 'Pvlo' },
        { op: 'Replace', path: 'emails[type eq "work"].value', value: 'new@contoso.com' },
        { op: 'Replace', path: 'name.givenName', value: 'Gtfd' },
        { op: 'Add', path: 'title', value: 'Analyst' },
        { op: 'Replace', path: `${enterprise}:employeeNumber`, value: 'Eqpj' },
        { op: 'Add', path: `${custom}:workerType`, value: 'contractor' },
      ],
    });
  });

  it('disables with a string', () => {
    expect(attributePatch([{ verb: 'replace', path: 'active', value: false }], 'default').Operations).toEqual(
      [{ op: 'Replace', path: 'active', value: 'False' }],
    );
  });

  it('takes a member out by value, and the manager by path', () => {
    expect(removeMemberPatch('u1', 'default').Operations).toEqual([
      { op: 'Remove', path: 'members', value: [{ $ref: null, value: 'u1' }] },
    ]);
    expect(removeManagerPatch('default').Operations).toEqual([
      { op: 'Remove', path: `${enterprise}:manager` },
    ]);
  });
});

describe('a PATCH in the flag dialect', () => {
  it('collects replaced values without filter in one operation without path', () => {
    expect(attributePatch(changes, 'flag')).toEqual({
      schemas,
      Operations: [
        { op: 'replace', path: 'emails[type eq "work"].value', value: 'new@contoso.com' },
        { op: 'add', path: 'title', value: 'Analyst' },
        { op: 'add', value: { [`${custom}:workerType`]: 'contractor' } },
        {
          op: 'replace',
          value: { displayName: 'Pvlo', 'name.givenName': 'Gtfd', [`${enterprise}:employeeNumber`]: 'Eqpj' },
        },
      ],
    });
  });

  it('disables with a boolean', () => {
    expect(attributePatch([{ verb: 'replace', path: 'active', value: false }], 'flag').Operations).toEqual([
      { op: 'replace', path: 'active', value: false },
    ]);
  });

  it('takes a member out by filter', () => {
    expect(removeMemberPatch('u1', 'flag').Operations).toEqual([
      { op: 'remove', path: 'members[value eq "u1"]' },
    ]);
  });
});

describe('group bodies', () => {
  it('create a group empty and add members by id, one or several', () => {
    expect(createGroupBody({ objectId: '8aa1', displayName: 'Engineering', members: ['x'] })).toEqual({
      schemas: [
        'urn:ietf:params:scim:schemas:core:2.0:Group',
        'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
      ],
      externalId: '8aa1',
      displayName: 'Engineering',
      meta: { resourceType: 'Group' },
    });
    expect(addMembersPatch(['u1'], 'default').Operations).toEqual([
      { op: 'Add', path: 'members', value: [{ value: 'u1' }] },
    ]);
    expect(addMembersPatch(['u1', 'u2'], 'flag').Operations).toEqual([
      {
        op: 'add',
        path: 'members',
        value: [
          { $ref: null, value: 'u1' },
          { $ref: null, value: 'u2' },
        ],
      },
    ]);
  });
});
