import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.ts';
import { SecretBox } from '../../webhooks/signing/secret-box.ts';

/** Keeps the addresses of chats, which are secrets: who knows one can write there. */
@Injectable()
export class AddressBox {
  readonly #boxes: readonly SecretBox[];

  constructor({ secretsKeys }: Config) {
    this.#boxes = secretsKeys.map((key) => new SecretBox(key));
  }

  /** The address as it is stored, for this channel alone. */
  seal(url: string, channelId: string): string {
    const [box] = this.#boxes;
    if (box === undefined) throw new Error('There is no key for addresses');
    return box.seal(Buffer.from(url), ownerOf(channelId)).toString('base64');
  }

  /** The address; null when the keys are others than they were. */
  open(sealed: string, channelId: string): string | null {
    const bytes = Buffer.from(sealed, 'base64');
    for (const box of this.#boxes) {
      const url = box.open(bytes, ownerOf(channelId));
      if (url !== null) return url.toString();
    }
    return null;
  }
}

/** Not the id alone: that is what the secrets of a channel are sealed for. */
function ownerOf(channelId: string): string {
  return `url of ${channelId}`;
}
