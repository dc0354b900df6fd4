import { createHash, randomBytes } from 'node:crypto';

const secretLengthBytes = 32;

/** A fresh secret of 256 random bits, safe in addresses and headers. */
export function newSecret(): string {
  return randomBytes(secretLengthBytes).toString('base64url');
}

/** SHA-256 of a secret. One fast hash is enough where the service itself made the secret out of 256 random bits. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}
