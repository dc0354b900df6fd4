import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../test/harness/any-text.ts';
import { parseDateTime } from './date-time.ts';
import { compareCodePoints, foldCase, foldName } from './fold.ts';

describe('folding', () => {
  it.each([
    ['ALEX@Contoso.COM', 'alex@contoso.com'],
    ['Jose\u0301', 'josé'],
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσευσ'],
    ['İstanbul', 'istanbul'],
    ['Straße', 'straße'],
    ['\u{10400}', '\u{10428}'],
  ])('%s becomes %s', (text, expected) => {
    expect(foldCase(text)).toBe(expected);
  });

  it('keeps what is folded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldCase(foldCase(text))).toBe(foldCase(text));
      }),
    );
  });
});

describe('folding a name', () => {
  it.each([
    ['plain', 'Ada@Example.com'],
    ['a blank at the end', 'ada@example.com '],
    ['a blank before', ' ada@example.com'],
    ['a no-break space', 'ada@example.com\u00a0'],
    ['a tab and a line end', '\tada@example.com\r\n'],
    ['a zero width space', 'ada\u200b@example.com'],
    ['a soft hyphen', 'ada@exam\u00adple.com'],
    ['a word joiner', '\u2060ada@example.com'],
    ['bidirectional marks', '\u202eada@example.com\u202c\u200e\u061c'],
    ['a byte order mark', '\ufeffada@example.com'],
    ['a variation selector', 'ada\ufe0f@example.com'],
    ['tag characters', 'ada@example.com\u{e0041}'],
    ['Hangul fillers', '\u115fa\u1160da@exa\uffa0mple.com\u3164'],
    ['a grapheme joiner', 'a\u034fda@example.com'],
    ['a note without a head', 'ada@example.com\u{1d159}'],
    ['an empty Braille pattern', '\u2800ada@example.com\u2800'],
    ['marks of interlinear annotation', 'a\ufff9da\ufffa@example.com\ufffb'],
    ['a control character', 'ada\u0001@example.com\u0085'],
  ])('does not see %s', (_name, text) => {
    expect(foldName(text)).toBe('ada@example.com');
  });

  it('keeps apart what can be seen, and a name of nothing that can', () => {
    expect(foldName('Ada  M\u00a0Lovelace')).toBe('ada m lovelace');
    expect(foldName('AdaLovelace')).not.toBe(foldName('Ada Lovelace'));
    expect(foldName('\uff41da')).not.toBe('ada');
    expect(foldName('\u0430da')).not.toBe('ada');
    expect(foldName('\u200b')).not.toBe('');
  });

  it('keeps what is folded', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const name = text.isWellFormed() ? text : text.toWellFormed();
        expect(foldName(foldName(name))).toBe(foldName(name));
      }),
    );
  });
});

it('texts are ordered by code point, as PostgreSQL’s collation C orders them', () => {
  expect(compareCodePoints('\u{1F600}', '\uFF5E')).toBeGreaterThan(0);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (left, right) => {
      expect(Math.sign(compareCodePoints(left, right))).toBe(
        Math.sign(Buffer.compare(Buffer.from(left), Buffer.from(right))),
      );
    }),
  );
});

describe('a dateTime', () => {
  it.each([
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31T12:00:00.1234567-07:00', '2026-01-31T19:00:00.123Z'],
    ['2026-01-31T12:00:00.5', '2026-01-31T12:00:00.500Z'],
    ['2026-01-31 12:00+0530', '2026-01-31T06:30:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(new Date(parseDateTime(text) ?? NaN).toISOString()).toBe(expected);
  });

  it.each(['2026-02-30T12:00:00Z', '2026-01-31', 'now', '2026-01-31T25:00:00Z', ''])('%s is none', (text) => {
    expect(parseDateTime(text)).toBeNull();
  });
});
