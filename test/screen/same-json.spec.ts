import { describe, expect, it } from '@jest/globals';
import { isSameJson } from '../../web/src/parts/forms/same-json.ts';

describe('what counts as a change of a draft', () => {
  it.each([
    [{ name: 'upper', args: [] }, { args: [], name: 'upper' }, true],
    [
      [{ source: 'title', transforms: [{ name: 'a', args: [1] }] }],
      [{ transforms: [{ args: [1], name: 'a' }], source: 'title' }],
      true,
    ],
    [{ name: 'upper', option: undefined }, { name: 'upper' }, true],
    [{ name: 'upper' }, { name: 'lower' }, false],
    [{ args: [1, 2] }, { args: [2, 1] }, false],
    [{ a: null }, {}, false],
  ])('is not the order in which the database gives back an object: %j, %j', (one, other, same) => {
    expect(isSameJson(one, other)).toBe(same);
  });
});
