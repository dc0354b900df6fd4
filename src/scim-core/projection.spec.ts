import { describe, expect, it } from '@jest/globals';
import { parseProjection, project, wants } from './projection.ts';
import { groupResourceType, userResourceType } from './resource-types.ts';
import { ScimError } from './scim-error.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const user = {
  schemas: ['s'],
  id: '1',
  userName: 'a',
  name: { givenName: 'g', familyName: 'f' },
  emails: [{ value: 'x', type: 'work' }, { type: 'home' }],
  [enterprise]: { department: 'd', manager: { value: 'm', displayName: 'M' } },
  'urn:X:User': { Tag: 1 },
  meta: { version: 'v' },
};
const always = { schemas: ['s'], id: '1', meta: { version: 'v' } };

function projected(attributes: unknown, excluded?: unknown) {
  return project(user, parseProjection(attributes, excluded, userResourceType));
}

describe('attributes', () => {
  it.each([
    ['userName', { userName: 'a' }],
    ['USERNAME,name.GIVENNAME', { userName: 'a', name: { givenName: 'g' } }],
    [['userName', 'name'], { userName: 'a', name: { givenName: 'g', familyName: 'f' } }],
    ['emails.value', { emails: [{ value: 'x' }] }],
    ['emails[type eq "work"]', { emails: user.emails }],
    [`${enterprise}:department`, { [enterprise]: { department: 'd' } }],
    [`${enterprise}:manager.value`, { [enterprise]: { manager: { value: 'm' } } }],
    [enterprise, { [enterprise]: user[enterprise] }],
    [`${enterprise},${enterprise}:department`, { [enterprise]: user[enterprise] }],
    ['urn:x:User:tag', { 'urn:X:User': { Tag: 1 } }],
    ['nosuch,password', {}],
    ['id', {}],
  ])('%j gives those, and what is always returned', (attributes, expected) => {
    expect(projected(attributes)).toEqual({ ...always, ...expected });
  });

  it('absent or empty is everything', () => {
    expect(projected(undefined)).toBe(user);
    expect(projected('', [])).toBe(user);
  });
});

describe('excludedAttributes', () => {
  it('leaves out what it names, whatever the case, but not what is always returned', () => {
    const { emails: _, ...rest } = user;
    expect(projected(undefined, 'EMAILS,id,schemas')).toEqual(rest);
    expect(projected(undefined, 'meta')).not.toHaveProperty('meta');
    expect(projected(undefined, `${enterprise}:manager,name.givenName`)).toEqual({
      ...user,
      name: { familyName: 'f' },
      [enterprise]: { department: 'd' },
    });
  });

  it('cannot be combined with attributes, and must be names', () => {
    expect(() => projected('userName', 'emails')).toThrow(ScimError);
    expect(() => projected(5)).toThrow(ScimError);
  });

  it('tells whether members need to be loaded at all', () => {
    const of = (attributes?: string, excluded?: string) =>
      wants(parseProjection(attributes, excluded, groupResourceType), 'members');
    expect(of()).toBe(true);
    expect(of(undefined, 'MEMBERS')).toBe(false);
    expect(of(undefined, 'members.display')).toBe(true);
    expect(of('displayName')).toBe(false);
    expect(of('members.value')).toBe(true);
  });
});
