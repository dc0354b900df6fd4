import { describe, expect, it } from '@jest/globals';
import { CursorSeal } from '../../database/cursor-seal.ts';
import { parseListRequest } from '../../scim-core/list-request.ts';
import { groupResourceType, userResourceType } from '../../scim-core/resource-types.ts';
import { listedGroups, listedUsers, pageRequest } from './page.ts';

const workspaceId = '0190c8a0-0000-7000-8000-000000000001';

const seal = new CursorSeal(Buffer.alloc(32));

const equalities = [
  'id eq "0190c8a0-0000-7000-8000-000000000001"',
  'userName eq "anna@example.com"',
  'externalId eq "1"',
  'displayName eq "Anna"',
  'emails.value eq "anna@example.com"',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber eq "1"',
];
const others = [
  'title co "a"',
  'title eq "a"',
  'active eq true',
  'userName sw "a"',
  'userName ne "a"',
  'not (userName eq "a")',
  'emails[type eq "work"]',
  'groups.value eq "1"',
  'id pr',
];

function isQuick(filter: string, more: Record<string, unknown> = {}): boolean {
  return pageRequest(seal, workspaceId, parseListRequest({ filter, ...more }, userResourceType), listedUsers)
    .isQuick;
}

describe('a list is quick', () => {
  it.each(equalities)('when it asks for %s and nothing else', (filter) => {
    expect(isQuick(filter)).toBe(true);
    expect(isQuick(`(${filter})`)).toBe(true);
  });

  it.each(others)('never when it asks for %s', (filter) => expect(isQuick(filter)).toBe(false));

  it('never when it asks for an equality and anything else, in whatever order and depth', () => {
    const all = [...equalities, ...others];
    for (const one of equalities) {
      for (const other of all) {
        for (const filter of [
          `${one} and ${other}`,
          `${other} and ${one}`,
          `${one} or ${other}`,
          `${one} and (${other} or ${other})`,
          `(${one} and ${other}) and ${one}`,
        ]) {
          expect([filter, isQuick(filter)]).toEqual([filter, false]);
        }
      }
    }
  });

  it('never further on than at the start, nor by cursor', () => {
    const filter = 'userName eq "a"';
    expect(isQuick(filter, { startIndex: '2' })).toBe(false);
    expect(isQuick(filter, { cursor: '' })).toBe(false);
  });

  it('of groups as of users', () => {
    const list = (filter: string) => parseListRequest({ filter }, groupResourceType);
    expect(pageRequest(seal, workspaceId, list('displayName eq "a"'), listedGroups).isQuick).toBe(true);
    expect(pageRequest(seal, workspaceId, list('members eq "a"'), listedGroups).isQuick).toBe(false);
  });
});
