import { describe, expect, it } from '@jest/globals';
import { findingWords, wordFinding } from './finding-text.ts';
import type { FindingCode } from '../rules/rule.ts';

const codes = Object.keys(findingWords) as FindingCode[];

/** These findings are of nobody but all who came, and of a few at least. */
const ofAll: readonly FindingCode[] = ['external-id-missing', 'managers-never-sent'];

/** What a finding names: of everything that is counted one, out of five; of everything else, its name. */
function oneOfEach(code: FindingCode): Record<string, string | number> {
  const { title, text } = findingWords[code];
  const all = [title.en, title.de, text.en, text.de].join(' ');
  return Object.fromEntries(
    [...all.matchAll(/\{(\w+)(, (?:number|plural|select))?/g)].map(([, name = '', kind]) => [
      name,
      name === 'of' ? 5 : kind === undefined ? name : 1,
    ]),
  );
}

describe('the words of a finding', () => {
  it.each(codes.filter((code) => !ofAll.includes(code)))('speak of one as of one, in German: %s', (code) => {
    const { title, text } = wordFinding({ code, params: oneOfEach(code) }, null, 'de');
    for (const said of [title, text]) {
      expect(said).not.toMatch(
        /\b1 (der letzten \d+ )?\S+ (kamen|sind|waren|haben|hatten|wurden|werden|fehlen)\b/,
      );
      expect(said).not.toMatch(/\b1 (Personen|Anfragen|Gruppen|Benutzer sind|Adressen)\b/);
    }
  });

  it('count one of the last people who came', () => {
    const { text } = wordFinding(
      { code: 'external-id-is-address', params: { ...oneOfEach('external-id-is-address'), name: 'Ada' } },
      null,
      'de',
    );
    expect(text).toMatch(/^1 der letzten 5 Personen kam mit einer Adresse als externalId an: Ada/);
  });
});
