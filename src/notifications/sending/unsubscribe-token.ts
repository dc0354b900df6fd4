import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const keyBytes = 32;
const idBytes = 16;
const macBytes = 16;

/** Signed with a key of its own, so that nothing that another use of the key makes can stand in for it. */
const purpose = 'user-provisioning unsubscribe links';

/** What a link ends: the mail of one admin of one workspace. */
export interface NamedSubscription {
  workspaceId: string;
  channelId: string;
}

/**
 * Signs links that end the messages to one mailbox, for those who hold the message. They need no sign-in, last as long as
 * the subscription, and say nothing about the person.
 */
export class UnsubscribeTokens {
  readonly #keys: readonly Buffer[];

  /** @param secrets see `Config.secretsKeys`: the first signs, any of them may have */
  constructor(secrets: readonly string[]) {
    this.#keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', purpose, keyBytes)));
  }

  sign({ workspaceId, channelId }: NamedSubscription): string {
    const [key] = this.#keys;
    if (key === undefined) throw new Error('There is no key for links');
    const ids = Buffer.from((workspaceId + channelId).replaceAll('-', ''), 'hex');
    return Buffer.concat([ids, macOf(key, ids)]).toString('base64url');
  }

  /** The subscription that a link is about; null for a text that was not signed here. */
  read(token: string): NamedSubscription | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== 2 * idBytes + macBytes || bytes.toString('base64url') !== token) return null;
    const [ids, mac] = [bytes.subarray(0, 2 * idBytes), bytes.subarray(2 * idBytes)];
    if (!this.#keys.some((key) => timingSafeEqual(macOf(key, ids), mac))) return null;
    return { workspaceId: uuidIn(ids, 0), channelId: uuidIn(ids, idBytes) };
  }
}

function macOf(key: Buffer, ids: Buffer): Buffer {
  return createHmac('sha256', key).update(ids).digest().subarray(0, macBytes);
}

function uuidIn(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + idBytes);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
