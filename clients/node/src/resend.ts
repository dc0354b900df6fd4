/** How a connection ends before there is an answer: closed by the other side, cut off, or gone when it is written to. */
const endings: ReadonlySet<unknown> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/**
 * Sends a read once more when its connection ends before there is an answer. Connections are kept for the next request, and
 * the other side, or something on the way, closes those that nobody uses: sometimes in the moment in which they are used again.
 * What writes is not repeated, because nobody knows whether it was done.
 */
export function resending(send: typeof fetch): typeof fetch {
  return async (input, init) => {
    const method = init?.method ?? (typeof input === 'object' && 'method' in input ? input.method : 'GET');
    try {
      return await send(input, init);
    } catch (error) {
      if (method !== 'GET' || !hasConnectionEnded(error)) throw error;
      return send(input, init);
    }
  };
}

function hasConnectionEnded(error: unknown): boolean {
  const cause: unknown = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : null;
  return typeof cause === 'object' && cause !== null && 'code' in cause && endings.has(cause.code);
}
