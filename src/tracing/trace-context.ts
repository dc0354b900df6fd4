import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string>();

/** Version 00 of W3C Trace Context, level 1: version, trace id, id of the parent, flags. */
const form = /^00-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}$/;

/**
 * The trace that a request belongs to, by its header `traceparent` (W3C Trace Context).
 *
 * @returns null for none, and for one that is no such thing: it is then left out, as the standard asks for
 */
export function readTraceparent(header: string | string[] | undefined): string | null {
  return typeof header === 'string' && form.test(header) ? header : null;
}

/** The id of a trace, as logs name it. */
export function traceIdOf(traceparent: string): string {
  return traceparent.split('-')[1] ?? '';
}

/** Does something as a part of a trace: what it starts belongs to the trace, too. */
export function inTrace<T>(traceparent: string | null, work: () => T): T {
  return traceparent === null ? work() : current.run(traceparent, work);
}

/** The trace that the work under way belongs to. */
export function currentTraceparent(): string | null {
  return current.getStore() ?? null;
}
