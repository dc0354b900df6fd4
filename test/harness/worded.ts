import { expect } from '@jest/globals';
import { languages, type Sentence } from '../../src/errors/sentence.ts';

/** Expects a sentence in every language, each its own, without du, and with the same parameters. */
export function expectWorded(sentence: Sentence): void {
  expect(sentence.de).not.toBe(sentence.en);
  expect(sentence.de).not.toMatch(/\b(du|dein|deine|dir|dich)\b/iu);
  for (const language of languages) expect(sentence[language]).not.toBe('');
  expect(parametersOf(sentence.de)).toEqual(parametersOf(sentence.en));
}

function parametersOf(text: string): (string | undefined)[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
}
