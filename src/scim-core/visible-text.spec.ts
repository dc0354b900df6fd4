import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../test/harness/any-text.ts';
import { cleanLine, cleanText, isVisible } from './visible-text.ts';

describe('cleanLine', () => {
  it.each([
    ['Ann\u202eArcher', 'AnnArcher'],
    ['\u2067Ann\u2069', 'Ann'],
    ['A\u200bn\u200dn\u00ad\ufeff', 'Ann'],
    ['Ann\r\nArcher', 'Ann Archer'],
    ['Ann\tArcher\u2028', 'Ann Archer'],
    ['Ann\ufe0f', 'Ann'],
    ['Ann\u{e0041}\u{e007f}', 'Ann'],
    ['\u200b \u2060', ''],
    ['\u2800Ann\u2800Archer \u2800', 'Ann\u2800Archer'],
    ['\u{1d159}Ann\u034f\uffa0\u115f', 'Ann'],
    ['\u2800', ''],
  ])('makes %j to %j', (text, clean) => {
    expect(cleanLine(text)).toBe(clean);
  });

  it.each([
    'José',
    'Jose\u0301',
    'علی\u200cرضا',
    'ශ්\u200dරී',
    '葛\u{e0100}城',
    '👩🏽\u200d💻',
    '❤\ufe0f\u200d🔥',
    'O’Neil',
  ])('leaves %j as it is', (text) => {
    expect(cleanLine(text)).toBe(text);
  });

  it('has nothing left to do after once', () => {
    const pieces = fc.constantFrom(
      'a',
      'ع',
      '葛',
      '❤',
      ' ',
      '\n',
      '\u200d',
      '\ufe0f',
      '\u202e',
      '\u3164',
      '\u2800',
      '\u0301',
    );
    const texts = fc.oneof(
      fc.array(pieces).map((each) => each.join('')),
      anyText(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(cleanLine(cleanLine(text))).toBe(cleanLine(text));
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
      }),
    );
  });
});

describe('cleanText', () => {
  it('keeps tabs and the ends of lines', () => {
    expect(cleanText('a\r\n\tb\u202ec\u0007d')).toBe('a\r\n\tbc d');
  });
});

describe('isVisible', () => {
  it.each(['', ' ', '\n\t', '\u200b\u200d', '\u3164', '\u2800\u00a0', '\ufeff'])('says no of %j', (text) => {
    expect(isVisible(text)).toBe(false);
  });

  it.each(['a', '\u200bع', '.', '\0'])('says yes of %j', (text) => {
    expect(isVisible(text)).toBe(true);
  });
});
