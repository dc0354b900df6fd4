import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../../test/harness/any-text.ts';
import { isPropertyKey, propertyKeyOf } from './property-key.ts';

describe('propertyKeyOf', () => {
  it.each([
    ['Cost Center', 'cost_center'],
    ['Büro & Straße', 'buro_strasse'],
    ['2nd office', 'nd_office'],
    ['部門', 'property'],
    ['constructor', 'property'],
  ])('makes a key of %j', (name, key) => {
    expect(propertyKeyOf(name, new Set())).toBe(key);
  });

  it('numbers a key that is taken', () => {
    expect(propertyKeyOf('Office', new Set(['office', 'office_2']))).toBe('office_3');
  });

  it('makes a sound key of any name', () => {
    fc.assert(fc.property(anyText(), (name) => isPropertyKey(propertyKeyOf(name, new Set()))));
  });
});

describe('isPropertyKey', () => {
  it.each(['__proto__', 'constructor', 'toString', '', '1a', 'a b', 'a.b', 'x'.repeat(65)])(
    'refuses %j',
    (key) => {
      expect(isPropertyKey(key)).toBe(false);
    },
  );
});
