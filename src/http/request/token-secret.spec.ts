import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkSecret, createSecret, hashSecret, shownPartsOf } from './token-secret.ts';

const random = fc.uint8Array({ minLength: 32, maxLength: 32 });
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

describe('a secret of the service', () => {
  it('has a readable prefix and only characters that a double click selects', () => {
    fc.assert(fc.property(random, (bytes) => /^mcs_[0-9A-Za-z]{49}$/.test(createSecret('mcs_', bytes))));
  });

  it('passes its own check', () => {
    fc.assert(fc.property(random, (bytes) => checkSecret('mcs_', createSecret('mcs_', bytes)) === 'ok'));
  });

  it('differs for different bytes, the largest and smallest included', () => {
    const zeros = createSecret('mcs_', new Uint8Array(32));
    const ones = createSecret('mcs_', new Uint8Array(32).fill(255));
    expect(zeros).toMatch(/^mcs_0{43}/);
    expect(ones).not.toBe(zeros);
    expect(checkSecret('mcs_', zeros)).toBe('ok');
    expect(checkSecret('mcs_', ones)).toBe('ok');
    fc.assert(
      fc.property(random, random, (one, other) => {
        const same = Buffer.from(one).equals(other);
        return same === (createSecret('mcs_', one) === createSecret('mcs_', other));
      }),
    );
  });

  it('refuses to be made of too few bytes', () => {
    expect(() => createSecret('mcs_', new Uint8Array(16))).toThrow(RangeError);
  });

  it('notices one mistyped character, wherever it is', () => {
    fc.assert(
      fc.property(random, fc.nat(48), fc.nat(61), (bytes, at, digit) => {
        const secret = createSecret('mcs_', bytes);
        const position = 4 + at;
        const typed = secret.slice(0, position) + digits.charAt(digit) + secret.slice(position + 1);
        expect(checkSecret('mcs_', typed)).toBe(typed === secret ? 'ok' : 'checksum');
      }),
    );
  });

  it('notices two neighbours that changed places', () => {
    fc.assert(
      fc.property(random, fc.nat(47), (bytes, at) => {
        const chars = [...createSecret('mcs_', bytes)];
        const [left = '', right = ''] = chars.slice(4 + at, 6 + at);
        chars.splice(4 + at, 2, right, left);
        expect(checkSecret('mcs_', chars.join(''))).toBe(left === right ? 'ok' : 'checksum');
      }),
    );
  });

  it.each([
    '',
    'mcs_',
    'Bearer',
    'eyJhbGciOi.J9.x',
    'mcs_ä',
    `mcs_${'0'.repeat(50)}`,
    `mcs_${'0'.repeat(48)}-`,
  ])('calls %j malformed', (text) => expect(checkSecret('mcs_', text)).toBe('malformed'));

  it('is none of another kind', () => {
    const secret = createSecret('upk_', new Uint8Array(32).fill(7));
    expect(checkSecret('upk_', secret)).toBe('ok');
    expect(checkSecret('mcs_', secret)).toBe('malformed');
    expect(checkSecret('mcs_', secret.replace('upk_', 'mcs_'))).toBe('checksum');
  });

  it('calls a truncated one malformed', () => {
    expect(checkSecret('mcs_', createSecret('mcs_', new Uint8Array(32)).slice(0, 40))).toBe('malformed');
  });

  it('is stored as its SHA-256', () => {
    expect(hashSecret('abc').toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('shows little of itself', () => {
    const secret = createSecret('mcs_', new Uint8Array(32).fill(7));
    expect(shownPartsOf(secret)).toEqual({ prefix: secret.slice(0, 12), lastFour: secret.slice(49) });
  });
});
