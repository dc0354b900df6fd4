import { describe, expect, it } from '@jest/globals';
import { countDefault, countMax } from './limits.ts';
import { parseListRequest } from './list-request.ts';
import { userResourceType } from './resource-types.ts';
import { ScimError } from './scim-error.ts';

const parse = (query: unknown) => parseListRequest(query, userResourceType);

function scimTypeOf(query: unknown): string | undefined {
  try {
    parse(query);
  } catch (error) {
    if (error instanceof ScimError) return error.scimType;
    throw error;
  }
  return 'none';
}

describe('a list request', () => {
  it('has defaults and ignores parameters it does not know', () => {
    expect(parse({ aadOptscim062020: '' })).toEqual({
      filter: null,
      startIndex: 1,
      cursor: null,
      count: countDefault,
      sort: null,
      projection: { kind: 'all' },
    });
  });

  it.each([
    [
      { startIndex: '0', count: '-5' },
      { startIndex: 1, count: 0 },
    ],
    [
      { startIndex: -3, count: 0 },
      { startIndex: 1, count: 0 },
    ],
    [
      { startindex: '7', COUNT: '5' },
      { startIndex: 7, count: 5 },
    ],
    [{ count: '100000' }, { count: countMax }],
    [{ startIndex: '9'.repeat(40) }, { startIndex: Number.MAX_SAFE_INTEGER }],
    [{ sortBy: 'name.familyName', sortOrder: 'DESCENDING' }, { sort: { order: 'descending' } }],
    [{ filter: 'userName eq "x"' }, { filter: { kind: 'compare' } }],
  ])('%j is read', (query, expected) => {
    expect(parse(query)).toMatchObject(expected);
  });

  it.each([
    [{ count: 'many' }, 'invalidValue'],
    [{ count: '1.5' }, 'invalidValue'],
    [{ startIndex: ['1', '2'] }, 'invalidValue'],
    [{ cursor: '', count: '0' }, 'invalidCount'],
    [{ cursor: '', count: 'many' }, 'invalidCount'],
    [{ cursor: ['a', 'b'] }, 'invalidCursor'],
    [{ cursor: '', startIndex: 1 }, 'invalidValue'],
    [{ cursor: '', sortBy: 'no.such.part' }, 'invalidPath'],
    [{ filter: ['a pr', 'b pr'] }, 'invalidFilter'],
    [{ filter: 'no.such.part pr' }, 'invalidFilter'],
    [{ sortBy: 'no.such.part' }, 'invalidPath'],
    [{ sortBy: 'userName', sortOrder: 'up' }, 'invalidValue'],
    [{ sortBy: 'password' }, 'sensitive'],
    ['text', 'invalidSyntax'],
  ])('%j is refused as %s', (query, expected) => {
    expect(scimTypeOf(query)).toBe(expected);
  });
});
