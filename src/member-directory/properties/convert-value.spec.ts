import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { convertValue } from './convert-value.ts';
import { propertyTypeNames } from './property-types/registry.ts';

const options = [
  { key: 'a', name: 'Alpha' },
  { key: 'b', name: 'Beta' },
];
const shape = (type: string) => ({ type, options: type.endsWith('select') ? options : null });

describe('convertValue', () => {
  it.each<[string, unknown, string, unknown]>([
    ['text', '42', 'number', 42],
    ['number', 42, 'text', '42'],
    ['checkbox', true, 'text', 'true'],
    ['text', 'beta', 'select', 'b'],
    ['select', 'b', 'text', 'Beta'],
    ['select', 'a', 'multi_select', ['a']],
    ['multi_select', ['a', 'b'], 'text', 'Alpha, Beta'],
    ['multi_select', ['b'], 'select', 'b'],
    ['date', '2026-01-31', 'text', '2026-01-31'],
  ])('makes of the %s %j a %s', (from, value, to, expected) => {
    expect(convertValue(value, shape(from), shape(to))).toEqual({ value: expected });
  });

  it.each<[string, unknown, string]>([
    ['text', 'many', 'number'],
    ['text', 'gamma', 'select'],
    ['multi_select', ['a', 'b'], 'select'],
    ['user', '019a0000-0000-7000-8000-000000000001', 'text'],
    ['text', 'ann', 'user'],
  ])('says that the %s %j is no %s', (from, value, to) => {
    expect(convertValue(value, shape(from), shape(to))).toHaveProperty('problem');
  });

  it('never throws, whatever is stored', () => {
    const types = fc.constantFrom(...propertyTypeNames);
    fc.assert(
      fc.property(types, types, fc.jsonValue(), (from, to, value) => {
        convertValue(value, shape(from), shape(to));
      }),
    );
  });
});
