import { describe, expect, it } from '@jest/globals';
import { parseLanguage, parseLanguageList, parseLanguageRanges } from './language-tag.ts';

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

describe('parseLanguageRanges', () => {
  it.each([
    ['de-DE, en;q=0.8, fr;q=0.9', ['de-DE', 'fr', 'en']],
    ['*, de;q=0.1', ['de']],
    ['de;q=0, en;q=x', []],
    ['', []],
  ])('reads %j', (text, languages) => {
    expect(parseLanguageRanges(text)).toEqual(languages);
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
