import { describe, expect, it } from '@jest/globals';
import { namesTag } from './entity-tag.ts';

describe('a tag', () => {
  it.each([
    '"abc"',
    'W/"abc"',
    'abc',
    '"x", "abc"',
    '*',
    '"abc-gzip"',
    'W/"abc-gzip"',
    '"abc--gzip"',
    '"abc;gzip"',
    '"abc-br"',
  ])('is named by %s', (header) => {
    expect(namesTag(header, 'W/"abc"')).toBe(true);
    expect(namesTag(header, '"abc"')).toBe(true);
  });

  it.each([undefined, '', '"abcd"', '"abc-x"', '"gzip"', '"abc-gzip-gzip"', '"ab"'])(
    'is not named by %s',
    (header) => {
      expect(namesTag(header, '"abc"')).toBe(false);
    },
  );

  it('that ends like one that was compressed is named by itself', () => {
    expect(namesTag('"abc-gzip"', '"abc-gzip"')).toBe(true);
  });
});
