import { describe, expect, it } from '@jest/globals';
import { isEmailAddress } from './email-address.ts';
import { parseLanguage } from './language-tag.ts';

describe('parseLanguage', () => {
  it.each([
    ['de', 'de'],
    ['en_us', 'en-US'],
    ['DE-de,en;q=0.8', 'de-DE'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['German', null],
    ['', null],
    ['*', null],
  ])('reads %j', (text, language) => {
    expect(parseLanguage(text)).toBe(language);
  });
});

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
