/** A promise that is awaited later: should it fail before, that is no unhandled rejection. */
export function deferRejection<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
