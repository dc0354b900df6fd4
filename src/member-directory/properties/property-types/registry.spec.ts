import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../../../test/harness/any-text.ts';
import { parsePropertyValue, propertyTypeNames } from './registry.ts';
import { problemText } from './value-problem.ts';

const options = [
  { key: 'a', name: 'Alpha' },
  { key: 'Alpha', name: 'Other' },
];

describe('parsePropertyValue', () => {
  it.each<[string, unknown, unknown]>([
    ['text', ' x ', 'x'],
    ['text', 7, '7'],
    ['long_text', 'a\nb', 'a\nb'],
    ['number', 1.5, 1.5],
    ['number', '-3', -3],
    ['checkbox', 'False', false],
    ['checkbox', true, true],
    ['checkbox', 1, true],
    ['checkbox', '0', false],
    ['date', '2024-02-29', '2024-02-29'],
    ['date', '2024-02-29T23:59:59-08:00', '2024-02-29'],
    ['select', 'a', 'a'],
    ['select', 'ALPHA', 'Alpha'],
    ['select', 'other', 'Alpha'],
    ['multi_select', 'a', ['a']],
    ['multi_select', ['a', 'A', 'other'], ['a', 'Alpha']],
    ['url', 'https://example.com/x', 'https://example.com/x'],
    ['email', 'a@b.example', 'a@b.example'],
    ['phone', '+49 (89) 123-45', '+49 (89) 123-45'],
    ['phone', 'tel:+49-89-12345', '+49-89-12345'],
    ['phone', 'TEL: 089 12345;ext=42', '089 12345;ext=42'],
    ['phone', '\u202a+49 89 12345\u202c', '+49 89 12345'],
    ['email', 'SMTP:a@b.example', 'a@b.example'],
    ['text', 'a\u202eb\nc', 'ab c'],
    ['user', '019A0000-0000-7000-8000-000000000001', '019a0000-0000-7000-8000-000000000001'],
  ])('reads a %s from %j', (type, raw, value) => {
    expect(parsePropertyValue({ type, options }, raw)).toEqual({ value });
  });

  it.each<[string, unknown, string]>([
    ['text', {}, 'not-a-text'],
    ['text', 'x'.repeat(1_001), 'too-long'],
    ['text', 'a\0b', 'not-storable'],
    ['text', 'a\ud800b', 'not-storable'],
    ['number', '12,5', 'not-a-number'],
    ['number', '0x10', 'not-a-number'],
    ['number', Number.NaN, 'not-a-number'],
    ['checkbox', 'yes', 'not-a-checkbox'],
    ['checkbox', 2, 'not-a-checkbox'],
    ['phone', 'tel:', 'not-a-phone-number'],
    ['phone', 'tel:tel:+49 89', 'not-a-phone-number'],
    ['date', '2023-02-29', 'not-a-date'],
    ['date', '29.02.2024', 'not-a-date'],
    ['select', 'Gamma', 'unknown-option'],
    ['multi_select', ['a', 'Gamma'], 'unknown-option'],
    ['url', 'javascript:alert(1)', 'not-a-web-address'],
    ['email', 'a@b@c', 'not-an-email-address'],
    ['phone', 'call me', 'not-a-phone-number'],
    ['user', 'ann', 'not-a-member-id'],
  ])('refuses as a %s %j: %s', (type, raw, code) => {
    const parsed = parsePropertyValue({ type, options }, raw);
    expect(parsed).toMatchObject({ problem: { code } });
    if ('problem' in parsed) expect(problemText(parsed.problem)).not.toContain(code);
  });

  it('never throws, and reads its own output as the same value', () => {
    const raw = fc.oneof(fc.jsonValue(), anyText(), fc.constantFrom('a', 'Alpha', '2024-01-01', '7'));
    fc.assert(
      fc.property(fc.constantFrom(...propertyTypeNames), raw, (type, value) => {
        const parsed = parsePropertyValue({ type, options }, value);
        if ('value' in parsed) expect(parsePropertyValue({ type, options }, parsed.value)).toEqual(parsed);
      }),
    );
  });
});
