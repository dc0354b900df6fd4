import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Does work that belongs to no request, though one may have asked for it: timers, promises and connections made in
 * there do not inherit the request, so what they log later does not name its workspace. Taken when the program loads,
 * when there is no request yet.
 */
export const inBackground: <T>(work: () => T) => T = AsyncLocalStorage.snapshot();
