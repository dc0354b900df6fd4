import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Runs work that belongs to no request, even if a request asked for it: timers, promises and connections made inside do
 * not inherit the request, so their log lines do not name its workspace. The snapshot is taken when the program loads,
 * before the first request.
 */
export const inBackground: <T>(work: () => T) => T = AsyncLocalStorage.snapshot();
