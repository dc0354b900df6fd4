import { describe, expect, it } from '@jest/globals';
import { isEmailAddress } from './email-address.ts';

describe('isEmailAddress', () => {
  it.each(['a@b', 'ann.archer+x@example.com', 'bücher@straße.example'])('accepts %j', (text) => {
    expect(isEmailAddress(text)).toBe(true);
  });

  it.each(['', 'a', '@b', 'a@', 'a@b@c', 'a b@c', 'a@b\0', `${'x'.repeat(250)}@b.example`])(
    'refuses %j',
    (text) => {
      expect(isEmailAddress(text)).toBe(false);
    },
  );
});
