import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { languages, sentenceText } from './sentence.ts';

function said(text: string, params: Record<string, unknown>): string {
  return sentenceText({ en: text, de: text }, 'en', params);
}

describe('sentenceText', () => {
  it.each([
    ['{name} is missing', { name: 'email' }, 'email is missing'],
    ['{name} and {name}', { name: 'a' }, 'a and a'],
    ['at most {max} bytes', { max: 1000 }, 'at most 1000 bytes'],
    ['one of {values}', { values: ['a', 1] }, 'one of ["a",1]'],
    ['is {value}', { value: true }, 'is true'],
    ['is {value}', {}, 'is –'],
    ['is {value}', { value: null }, 'is –'],
    ['is {toString}', {}, 'is –'],
    ["the person's {name}", { name: 'a {b} <c>' }, "the person's a {b} <c>"],
    [
      'must be {"field"} or {"property": key}; <b> & #',
      {},
      'must be {"field"} or {"property": key}; <b> & #',
    ],
    ['nothing to fill in', { more: 1 }, 'nothing to fill in'],
  ])('puts parameters where they belong: %s', (text, params, expected) => {
    expect(said(text, params)).toBe(expected);
  });

  it.each([
    [1, 'Ada leads 1 person', 'Ada führt 1 Person'],
    [2, 'Ada leads 2 people', 'Ada führt 2 Personen'],
    [1200, 'Ada leads 1,200 people', 'Ada führt 1.200 Personen'],
  ])('chooses the form of a word by a number: %s', (count, en, de) => {
    const sentence = {
      en: '{name} leads {count, plural, one {# person} other {# people}}',
      de: '{name} führt {count, plural, one {# Person} other {# Personen}}',
    };
    expect(languages.map((language) => sentenceText(sentence, language, { count, name: 'Ada' }))).toEqual([
      en,
      de,
    ]);
  });

  it('can read every sentence that the service has', () => {
    const src = join(import.meta.dirname, '..');
    const files = globSync('**/*.ts', { cwd: src, exclude: ['**/*.spec.ts'] });
    const texts = files.flatMap((file) => {
      const found = readFileSync(join(src, file), 'utf8').matchAll(
        /\b(?:en|de):\s*(['"])((?:\\.|(?!\1).)*)\1/g,
      );
      return [...found].map(([, , text = '']) => text.replaceAll('\\', ''));
    });
    expect(texts.length).toBeGreaterThan(200);
    for (const text of texts) expect(said(text, {})).not.toBe('');
  });
});
