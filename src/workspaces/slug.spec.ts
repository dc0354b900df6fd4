import { describe, expect, it } from '@jest/globals';
import { slugOf } from './slug.ts';

describe('a slug', () => {
  it.each([
    ['Example AG', 'example-ag'],
    ['  Müller & Söhne  GmbH ', 'muller-sohne-gmbh'],
    ['株式会社', 'workspace'],
    ['--', 'workspace'],
    ['a'.repeat(100), 'a'.repeat(60)],
  ])('of %j is %j', (name, slug) => expect(slugOf(name)).toBe(slug));

  it('does not end with a hyphen where it is cut', () => {
    expect(slugOf(`${'a'.repeat(59)} b`)).toBe('a'.repeat(59));
  });
});
