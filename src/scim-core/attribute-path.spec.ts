import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseKnownPath, parsePath, printPath } from './attribute-path.ts';
import { userResourceType } from './resource-types.ts';
import { ScimError } from './scim-error.ts';
import { cases } from '../../test/harness/cases.ts';

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('a path', () => {
  it.each([
    ['USERNAME', 'userName'],
    ['name.GivenName', 'name.givenName'],
    [`${core.toUpperCase()}:name.familyName`, 'name.familyName'],
    ['emails[TYPE EQ "work"].Value', 'emails[type eq "work"].value'],
    [`${core}:emails[type eq "work"].value`, 'emails[type eq "work"].value'],
    [`${enterprise.toLowerCase()}:manager.value`, `${enterprise}:manager.value`],
    [enterprise, enterprise],
    ['manager', `${enterprise}:manager`],
    ['urn:acme:2.0:User:tag', 'urn:acme:2.0:User:tag'],
    ['urn:acme:2.0:User', 'urn:acme:2.0:User'],
    ['urn:custom:ext:tag.sub', 'urn:custom:ext:tag.sub'],
    ['roles[primary eq "True"].value', 'roles[primary eq true].value'],
  ])('%s is %s', (text, expected) => {
    const path = parsePath(text, userResourceType);
    expect(printPath(path)).toBe(expected);
    expect(printPath(parsePath(expected, userResourceType))).toBe(expected);
  });

  it.each([
    'nosuch',
    'name.nosuch',
    'constructor',
    'nosuch[a eq "b"].c',
    `${enterprise}:nosuch`,
    `${enterprise}:nosuch.part`,
    `${enterprise}:manager.nosuch`,
  ])('%s is an attribute that no schema describes', (text) => {
    const path = parsePath(text, userResourceType);
    expect((path.sub ?? path.attribute).untyped).toBe(true);
    expect(printPath(path)).toBe(text);
  });

  it.each([
    [`${enterprise}.manager`, `${enterprise}:manager`],
    [`${enterprise}.manager.value`, `${enterprise}:manager.value`],
    [`${enterprise.toUpperCase()}.MANAGER`, `${enterprise}:manager`],
    ['urn:ietf:params:scim:schemas:core:2.0:User.name.givenName', 'name.givenName'],
    [
      'urn:ietf:params:scim:schemas:core:2.0:User.emails[type eq "work"].value',
      'emails[type eq "work"].value',
    ],
    ['urn:scim:schemas:extension:enterprise:1.0.department', `${enterprise}:department`],
    [`${enterprise}.hireDate`, `${enterprise}:hireDate`],
    ['urn:acme:2.0:User.tag', 'urn:acme:2.0:User:tag'],
  ])('%s, with a dot behind the URN, is %s', (text, expected) => {
    expect(printPath(parsePath(text, userResourceType))).toBe(expected);
  });

  it.each([
    'displayName.part',
    'userName.a',
    'urn:ietf:params:scim:schemas:extension:enterprise:manager',
    'urn:ietf:params:scim:schemas:extension:Enterprise:2.0:department',
  ])('%s is nothing that a user can have', (text) => {
    expect(parseKnownPath(text, userResourceType)).toBeNull();
    expect(() => parsePath(text, userResourceType)).toThrow(ScimError);
  });

  it.each([
    '',
    '__proto__',
    '__proto__.x',
    'a.b.c',
    'name..givenName',
    '.value',
    'emails[',
    'emails[]',
    'emails[type eq "a"]value',
    'emails[type eq "a"] x',
    'name.givenName[x eq 1]',
    'a b',
    '"a"',
    'x\u0000',
  ])('%j is malformed', (text) => {
    expect(() => parseKnownPath(text, userResourceType)).toThrow(
      expect.objectContaining({ scimType: 'invalidPath' }),
    );
  });

  it('of any text is a path, unknown, or invalidPath', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z.:[\]"$ ]{0,20}$/)), (text) => {
        try {
          parseKnownPath(text, userResourceType);
        } catch (error) {
          expect(error).toMatchObject({ name: 'ScimError' });
        }
      }),
      cases(500),
    );
  });
});
