import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../../test/harness/any-text.ts';
import { isEmailAddress, readEmailAddress } from './email-address.ts';

describe('isEmailAddress', () => {
  it.each(['a@b', 'ann.archer+x@example.com', 'bücher@straße.example'])('accepts %j', (text) => {
    expect(isEmailAddress(text)).toBe(true);
  });

  it.each([
    ...['', 'a', '@b', 'a@', 'a@b@c', 'a b@c', 'a@b\0', `${'x'.repeat(250)}@b.example`],
    ...['a@b.', 'a@.b', 'a@b..c', 'sip:a@b', 'a@b;', 'a\u0007@b', 'a\u200b@b', '"a"@b', '<a@b>'],
    'ann_partner.example#EXT#@tenant.onmicrosoft.example',
    ...[
      'ann_partner.example%23EXT%23@tenant.example',
      'x@-x.test',
      'x@x-.test',
      'x@x.-test',
      `x@${'y'.repeat(64)}.test`,
    ],
  ])('refuses %j', (text) => {
    expect(isEmailAddress(text)).toBe(false);
  });
});

describe('readEmailAddress', () => {
  it.each([
    'SMTP:ann@b.example',
    '\u2800ann@b.example\u2800',
    'a\u115fnn\u{1d159}@b.exam\uffa0ple\ufe0f',
    'smtp: ann@b.example',
    'MailTo:ann@b.example?subject=Hello',
    'mailto:%61nn@b.example',
    'mailto:ann%40b.example?cc=x',
    'mailto:a%E2%80%8Bnn@b.example',
    ' ann@b.example. ',
    'ann@b.example;',
    'Ann Archer <ann@b.example>',
    'Archer, Ann <SMTP:ann@b.example>',
    '"ann@b.example" <ann@b.example>',
    '<ann@b.example>',
    '"ann"@b.example',
    'a\u200bnn@b.\u00adexample\ufeff',
    '\u202aann@b.example\u202c',
    'ann@b.example\r\n',
  ])('finds the address in %j', (text) => {
    expect(readEmailAddress(text)).toBe('ann@b.example');
  });

  it('leaves the domain of another alphabet and the case as they are', () => {
    expect(readEmailAddress('Bücher@straße.example.')).toBe('Bücher@straße.example');
  });

  it.each([
    'sip:ann@b.example',
    'ann\u2800@b.example',
    'x500:/o=Example/cn=ann@b',
    'smtp:smtp:ann@b.example',
    'ann@b.example; ben@b.example',
    'ben@b.example <ann@b.example>',
    'ann_partner.example#EXT#@tenant.onmicrosoft.example',
    'SMTP:ann_partner.example#ext#@tenant.onmicrosoft.example',
    '"ann archer"@b.example',
    'ann\n@b.example',
    'mailto:',
    'mailto:%61nn%2C%62en@b.example',
    'mailto:ann_b%23EXT%23@tenant.example',
    'mailto:ann@b.example%2Cben@b.example',
    `${' '.repeat(1_000)}ann@b.example`,
  ])('finds none in %j', (text) => {
    expect(readEmailAddress(text)).toBeNull();
  });

  it('answers with an address or nothing, and reads its answer as the same', () => {
    const pieces = fc.constantFrom(
      'a',
      '@',
      'b',
      '.',
      '<',
      '>',
      '"',
      ';',
      'smtp:',
      'mailto:',
      '?',
      ' ',
      '\u200b',
    );
    const texts = fc.oneof(
      fc.array(pieces).map((each) => each.join('')),
      anyText(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const address = readEmailAddress(text);
        if (address === null) return;
        expect(isEmailAddress(address)).toBe(true);
        expect(readEmailAddress(address)).toBe(address);
      }),
    );
  });
});
