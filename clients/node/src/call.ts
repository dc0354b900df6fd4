import { problemOf } from './problem.ts';

/** How one call is made. */
export interface CallOptions {
  signal?: AbortSignal;
}

export const callTimeoutMs = 30_000;

/** The body of a success. @throws ProblemError for any other answer */
export async function answerOf<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw problemOf(response, error);
  return data as T;
}

/** Ends a request after a while, or when the caller's signal does. */
export function withTimeout(timeoutMs: number, signal?: AbortSignal): AbortSignal {
  const timeout = AbortSignal.timeout(timeoutMs);
  return signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
}
