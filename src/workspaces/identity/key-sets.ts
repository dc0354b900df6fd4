import { Injectable } from '@nestjs/common';
import { createRemoteJWKSet, customFetch, type FetchImplementation, type JWTVerifyGetKey } from 'jose';
import { minutes, seconds } from '../../errors/duration.ts';

const keysAnswerWithinMs = seconds(5);
/** Keys are read again at the latest after this time, */
const keysKeptMs = minutes(10);
/** and, for a key that is not among them, at most once in this time: nobody can make the service ask without end. */
const askAgainMs = seconds(30);
const keysLengthMaxBytes = 256 * 1024;

/** The public keys of the vendor's sign-in: fetched when they are needed, kept, and fetched again when a key is unknown. */
@Injectable()
export class KeySets {
  private known: { uri: string; keys: JWTVerifyGetKey } | null = null;

  /** Finds the key that an assertion names, at this address (RFC 7517 §5). */
  at(uri: string): JWTVerifyGetKey {
    if (this.known?.uri === uri) return this.known.keys;
    const keys = createRemoteJWKSet(new URL(uri), {
      timeoutDuration: keysAnswerWithinMs,
      cacheMaxAge: keysKeptMs,
      cooldownDuration: askAgainMs,
      [customFetch]: fetchKeys,
    });
    this.known = { uri, keys };
    return keys;
  }

  /** Forgets the keys, so that those of a changed address, or changed keys of the same, are fetched. */
  forget(): void {
    this.known = null;
  }
}

/** The address cannot be what it should be: where it leads is not followed, and a long answer is not read to its end. */
class KeySetError extends Error {}

const fetchKeys: FetchImplementation = async (url, options) => {
  const answer = await fetch(url, { ...options, redirect: 'manual' });
  if (!answer.ok || answer.body === null) throw new KeySetError(`answered with ${answer.status}`);
  const parts: Uint8Array[] = [];
  let length = 0;
  const body: AsyncIterable<Uint8Array> = answer.body;
  for await (const part of body) {
    length += part.byteLength;
    if (length > keysLengthMaxBytes) throw new KeySetError('answered with too much');
    parts.push(part);
  }
  return new Response(Buffer.concat(parts), { status: 200 });
};
