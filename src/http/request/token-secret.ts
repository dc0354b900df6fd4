import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';

const base62Digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export const randomLengthBytes = 32;
/** 256 bits need 43 digits to the base 62. */
const randomLengthChars = 43;
/** 32 bits need 6 digits to the base 62. */
const checksumLengthChars = 6;

/** As much of a secret's beginning as may be shown, in characters. */
export const shownPrefixLengthChars = 12;
const shownSuffixLengthChars = 4;

const bodyForm = new RegExp(`^[0-9A-Za-z]{${randomLengthChars + checksumLengthChars}}$`);

/**
 * A secret that the service gives away: a prefix that names its kind, 256 random bits and a CRC-32 checksum, both to the
 * base 62. The prefix lets secret scanners find it, the checksum lets them (and us) tell a mistyped one without a database,
 * and a double click selects all of it.
 *
 * @param prefix of the kind: one of `token-kind.ts`
 * @param random 32 random bytes
 * @throws RangeError for any other number of bytes
 */
export function createSecret(prefix: string, random: Uint8Array): string {
  if (random.length !== randomLengthBytes)
    throw new RangeError(`A secret is made of ${randomLengthBytes} bytes`);
  const unchecked = prefix + base62(BigInt(`0x${Buffer.from(random).toString('hex')}`), randomLengthChars);
  return unchecked + checksumOf(unchecked);
}

/** Could this text be a secret of this kind? `malformed`: not its form. `checksum`: its form, but mistyped or made up. */
export function checkSecret(prefix: string, text: string): 'ok' | 'malformed' | 'checksum' {
  if (!text.startsWith(prefix) || !bodyForm.test(text.slice(prefix.length))) return 'malformed';
  return text.endsWith(checksumOf(text.slice(0, -checksumLengthChars))) ? 'ok' : 'checksum';
}

/** How long a whole secret of this kind is, in characters. */
export function secretLengthChars(prefix: string): number {
  return prefix.length + randomLengthChars + checksumLengthChars;
}

/** SHA-256 of a secret, which is all that is stored. */
export function hashSecret(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}

/** The parts of a secret that may be shown later, so that people can tell them apart: its first 12 and last 4 characters. */
export function shownPartsOf(secret: string): { prefix: string; lastFour: string } {
  return { prefix: secret.slice(0, shownPrefixLengthChars), lastFour: secret.slice(-shownSuffixLengthChars) };
}

function checksumOf(text: string): string {
  return base62(BigInt(crc32(text)), checksumLengthChars);
}

function base62(value: bigint, lengthChars: number): string {
  let digits = '';
  for (let rest = value; digits.length < lengthChars; rest /= 62n) {
    digits = base62Digits.charAt(Number(rest % 62n)) + digits;
  }
  return digits;
}
