import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchLanguage } from './match-language.ts';

describe('matchLanguage', () => {
  it.each([
    ['de-CH', ['en', 'de'], 'de'],
    ['de_DE', ['en', 'de'], 'de'],
    ['DE', ['en', 'de'], 'de'],
    ['de-CH-1996', ['de', 'de-CH'], 'de-CH'],
    ['en-US-x-twain', ['en-US', 'en'], 'en-US'],
    ['fr-CA,de;q=0.5', ['en', 'de'], 'de'],
    ['fr;q=0.2, en;q=0.4, de;q=0.9', ['en', 'de'], 'de'],
    ['en;q=0, de', ['en', 'de'], 'de'],
    ['pt', ['en', 'pt-BR'], 'pt-BR'],
    ['de-AT', ['de-DE', 'en'], 'de-DE'],
    ['zh-TW', ['zh-Hans', 'zh-Hant'], 'zh-Hant'],
    ['sr-Latn', ['sr'], 'sr'],
    ['iw', ['he'], 'he'],
    ['de_DE.UTF-8', ['en', 'de'], 'de'],
    ['en_US_POSIX', ['de', 'en'], 'en'],
    ['de;q=0,en;q=0.5', ['de', 'en'], 'en'],
    ['de-DE;q=0, de-AT', ['de-DE', 'de'], 'de'],
    ['de;q=0, de-AT', ['de', 'de-AT'], 'de-AT'],
  ])('finds for %j in %j %j', (text, languages, expected) => {
    expect(matchLanguage(text, languages)).toBe(expected);
  });

  it.each(['fr', 'German', '', '*', 'den', 'd', 'de;q=0', 'x-de', 'de--CH', 'C', 'POSIX', 'de;q=0, de-AT'])(
    'finds nothing for %j',
    (text) => {
      expect(matchLanguage(text, ['en', 'de'])).toBeNull();
    },
  );

  const tags = ['en', 'en-GB', 'de', 'de-CH', 'fr-CA', 'pt', 'pt-BR', 'zh-Hans', 'zh-Hant-TW', 'sr-Latn'];
  const tag = fc.constantFrom(...tags);
  const list = fc.uniqueArray(tag, { minLength: 1 });

  it('answers with one of the list or nothing, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), tag), list, (text, languages) => {
        expect([null, ...languages]).toContain(matchLanguage(text, languages));
      }),
    );
  });

  it('finds each language of the list itself, however it is written', () => {
    fc.assert(
      fc.property(list, fc.nat(), fc.boolean(), (languages, at, upper) => {
        const language = languages[at % languages.length] ?? '';
        const written = upper ? language.toUpperCase().replaceAll('-', '_') : ` ${language.toLowerCase()} `;
        expect(matchLanguage(written, languages)).toBe(language);
      }),
    );
  });

  it('finds the same for a region more, unless the list has that very language', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('en', 'de', 'pt'),
        fc.constantFrom('AT', 'LU', 'NZ'),
        list,
        (language, region, languages) => {
          fc.pre(languages.includes(language));
          expect(matchLanguage(`${language}-${region}`, languages)).toBe(language);
        },
      ),
    );
  });
});
