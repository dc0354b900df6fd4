import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** What is sealed with a key of its own, so that nothing that another use of the key makes can stand in for it. */
const purpose = 'user-provisioning webhook secrets';

/**
 * Seals what must be read again later, and must not be readable in the database or a copy of it: AES-256-GCM (NIST SP
 * 800-38D) under a key that is derived from a secret of the installation (HKDF, RFC 5869).
 */
export class SecretBox {
  readonly #key: Buffer;

  /** @param secret a random text; see `Config.secretsKeys` */
  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', purpose, keyBytes));
  }

  /** @param owner what it belongs to; it cannot be opened as something else's */
  seal(content: Buffer, owner: string): Buffer {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: tagBytes });
    cipher.setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** The content; null when it was sealed under another key or for another owner, or was changed. */
  open(sealed: Buffer, owner: string): Buffer | null {
    if (sealed.length < nonceBytes + tagBytes) return null;
    const nonce = sealed.subarray(0, nonceBytes);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(owner));
    decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
    } catch {
      return null;
    }
  }
}
