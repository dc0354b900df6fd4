import { describe, expect, it } from '@jest/globals';
import { expectCost } from '../../test/harness/relative-cost.ts';
import { KeysIgnoringCase } from './keys-ignoring-case.ts';
import { parseResource } from './parse-resource.ts';
import { userResourceType } from './resource-types.ts';

describe('KeysIgnoringCase', () => {
  it('keeps the spelling of a name that came first', () => {
    const keys = new KeysIgnoringCase({ hireDate: 1 });
    expect(keys.keyOf('HIREDATE')).toBe('hireDate');
    expect(keys.keyOf('Badge')).toBe('Badge');
    expect(keys.keyOf('badge')).toBe('Badge');
  });
});

describe('a resource with many attributes that no schema describes', () => {
  const many = Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`attribute${n}`, n]));
  const urns = Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`urn:acme:${n}:Thing`, { a: n }]));

  it.each([
    ['at its top', many],
    ['in a complex value', { name: many }],
    [
      'in each of several values',
      {
        emails: [
          { value: 'a', ...many },
          { value: 'b', ...many },
        ],
      },
    ],
    ['in an extension', { 'urn:acme:2.0:Badge': many }],
    ['as extensions', urns],
  ])('is read in a time that does not grow with the square of their number: %s', (_where, attributes) => {
    expectCost(() => parseResource({ userName: 'a', ...attributes }, userResourceType), 10);
  });
});
