import { AsyncLocalStorage } from 'node:async_hooks';
import type { KnownMessage } from './request-state.ts';

const current = new AsyncLocalStorage<KnownMessage>();

/** Does work for a request: `currentRequest` is this one for all that it calls. */
export function forRequest(request: KnownMessage, work: () => void): void {
  current.run(request, work);
}

/** The request that the present work is done for; undefined in the background. */
export function currentRequest(): KnownMessage | undefined {
  return current.getStore();
}

/**
 * Where a request came from, behind `TRUST_PROXY` reverse proxies what they say of the client; null when it is not known.
 */
export function addressOf(request: KnownMessage): string | null {
  return request.ip ?? request.socket.remoteAddress ?? null;
}
