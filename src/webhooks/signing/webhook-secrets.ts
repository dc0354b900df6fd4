import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { Config } from '../../config/config.ts';
import { SecretBox } from './secret-box.ts';

/** Standard Webhooks 1.0, "Signature scheme": 24 to 64 random bytes. */
const secretBytes = 32;

/** What begins every secret of a webhook. */
const secretPrefix = 'whsec_';

/**
 * A secret as it is stored.
 *
 * @property sealed in base64, see `SecretBox`
 * @property endsAt until when it signs, after a newer one took its place; null for the newest
 */
export interface SealedSecret {
  sealed: string;
  endsAt: string | null;
}

/** What is sent with an event: its id, when, and that it comes from here. */
export type SignedHeaders = Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>;

/** Makes the secrets of webhooks and signs with them. */
@Injectable()
export class WebhookSecrets {
  readonly #boxes: readonly SecretBox[];

  constructor({ secretsKeys }: Config) {
    this.#boxes = secretsKeys.map((key) => new SecretBox(key));
  }

  /**
   * A fresh secret.
   *
   * @returns the secret as it is shown, this once, and as it is stored
   */
  make(webhookId: string): { secret: string; sealed: string } {
    const [box] = this.#boxes;
    if (box === undefined) throw new Error('There is no key for secrets');
    const bytes = randomBytes(secretBytes);
    const secret = `${secretPrefix}${bytes.toString('base64')}`;
    return { secret, sealed: box.seal(bytes, webhookId).toString('base64') };
  }

  /**
   * Signs a body with every secret that is valid at this moment (Standard Webhooks 1.0).
   *
   * @param id the `webhook-id`, which holds no full stop
   * @returns null when none of the secrets can be read, because the keys are others than they were
   */
  sign(
    webhookId: string,
    secrets: readonly SealedSecret[],
    id: string,
    body: string,
    now: Date,
  ): SignedHeaders | null {
    const keys = secrets
      .filter((secret) => isValid(secret, now))
      .map(({ sealed }) => this.open(Buffer.from(sealed, 'base64'), webhookId))
      .filter((key) => key !== null);
    if (keys.length === 0) return null;
    const signatures = keys.map((key) => new Webhook(key, { format: 'raw' }).sign(id, now, body));
    return {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': signatures.join(' '),
    };
  }

  private open(sealed: Buffer, webhookId: string): Buffer | null {
    for (const box of this.#boxes) {
      const secret = box.open(sealed, webhookId);
      if (secret !== null) return secret;
    }
    return null;
  }
}

/** Whether a secret signs at this moment. */
export function isValid({ endsAt }: SealedSecret, now: Date): boolean {
  return endsAt === null || new Date(endsAt) > now;
}
