import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { weaknessOf } from './weak-secret.ts';

describe('weaknessOf', () => {
  it.each([
    'change-me-to-a-long-random-text',
    'CHANGE_ME_CHANGE_ME_CHANGE_ME',
    'your-operator-token-here-0001',
    '<a-random-text-of-20-characters>',
    'replace-with-something-random',
    'token-of-the-example-000001',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    'abababababababababababab',
    '01234567890123456789012345',
    'abcdefghijklmnopqrstuvwxyz',
    'zyxwvutsrqponmlkjihgfedcba',
    'passwordpasswordpassword',
    'Passw0rd!Passw0rd!Passw0rd!',
    'qwertyuiopasdfghjklzxcvbnm',
    'Administrator-Password-2026!',
  ])('refuses %s', (secret) => {
    expect(weaknessOf(secret)).not.toBeNull();
  });

  it.each(['operator-token-of-the-tests', 'a-token-of-the-operator-1', 'correct-horse-battery-staple'])(
    'takes %s',
    (secret) => {
      expect(weaknessOf(secret)).toBeNull();
    },
  );

  it('takes whatever is made at random', () => {
    for (let times = 0; times < 2_000; times += 1) {
      const bytes = randomBytes(16);
      for (const secret of [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')]) {
        expect([secret, weaknessOf(secret)]).toEqual([secret, null]);
      }
    }
  });

  it('refuses every token that an example of this repository shows', () => {
    const root = join(import.meta.dirname, '../..');
    const files = ['.env.example', 'compose.yaml', 'README.md', 'Dockerfile'];
    const shown = files.flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/OPERATOR_TOKEN=([^\s`]+)/g)].map(
        ([, token = '']) => token,
      ),
    );
    const usable = shown.filter((token) => token.length >= 20 && weaknessOf(token) === null);
    expect(usable).toEqual([]);
  });
});
