import { describe, expect, it } from '@jest/globals';
import { parseLanguage, parseLanguageList, parseLanguageRanges } from './language-tag.ts';

describe('parseLanguage', () => {
  it.each([
    ['de', 'de'],
    ['en_us', 'en-US'],
    ['DE-de,en;q=0.8', 'de-DE'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['de_DE.UTF-8', 'de-DE'],
    ['de.utf8', 'de'],
    ['de-DE@euro', 'de-DE'],
    ['de_DE.ISO-8859-15@euro', 'de-DE'],
    ['sr_RS@latin', 'sr-Latn-RS'],
    ['sr_Cyrl_RS@latin', 'sr-Cyrl-RS'],
    ['uz_UZ.UTF-8@cyrillic', 'uz-Cyrl-UZ'],
    ['en_US_POSIX', 'en-US'],
    ['en-US-posix', 'en-US'],
    ['de;q=0,en;q=0.5', 'en'],
    ['en;q=0.5, de', 'de'],
    ['de,en', 'de'],
    ['de;q=0', null],
    ['C', null],
    ['C.UTF-8', null],
    ['POSIX', null],
    ['German', null],
    ['', null],
    ['*', null],
  ])('reads %j', (text, language) => {
    expect(parseLanguage(text)).toBe(language);
  });
});

describe('parseLanguageRanges', () => {
  it.each([
    ['de-DE, en;q=0.8, fr;q=0.9', ['de-DE', 'fr', 'en'], []],
    ['*, de;q=0.1', ['de'], []],
    ['de;q=0, fr; Q=0.000, en;q=x', [], ['de', 'fr']],
    ['en_GB.UTF-8;q=0.3,de_AT@euro', ['de-AT', 'en-GB'], []],
    ['', [], []],
  ])('reads %j', (text, wanted, refused) => {
    expect(parseLanguageRanges(text)).toEqual({ wanted, refused });
  });
});

describe('parseLanguageList', () => {
  it.each([
    ['en, DE_ch,en', ['en', 'de-CH']],
    ['en, German', null],
    ['', null],
    ['en,', null],
  ])('reads %j', (text, languages) => {
    expect(parseLanguageList(text)).toEqual(languages);
  });
});
