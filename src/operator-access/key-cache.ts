import type { KeyCaller } from '../http/request/caller.ts';
import { CheckedSecrets } from '../http/request/checked-secrets.ts';
import type { Used } from '../http/request/last-uses.ts';

/** A secret of a product key that was checked and found good. */
export interface CheckedKey extends Used {
  caller: KeyCaller;
  hash: Buffer;
  expiresAt: Date | null;
}

/** The secrets of product keys that were checked a moment ago; a key owns its secrets. */
export class KeyCache extends CheckedSecrets<CheckedKey> {
  constructor() {
    super(({ caller }) => caller.id);
  }
}
