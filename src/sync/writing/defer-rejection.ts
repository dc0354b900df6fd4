/** A promise that is awaited later: if it fails before that, it is not an unhandled rejection. */
export function deferRejection<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
