import compression from 'compression';
import type { RequestHandler } from 'express';
import type { KnownRequest } from '../request/request-state.ts';

/** Smaller answers fit into one packet either way. */
const compressedFromBytes = 1_000;

/** What the screen reads: JSON, its problems, and exports. Streams of events stay as they are, so that none waits. */
const compressible = /^(?:application\/(?:[\w.+-]+\+)?json|text\/csv)\b/;

/**
 * Compresses the answers of the admin API, for a screen that is far away. Identity providers and back ends are well
 * connected, and get theirs with less work.
 *
 * An answer that holds a secret says `Cache-Control: no-transform` and is left alone, here and by proxies: how long it
 * were when compressed would tell of the secret whether a text that somebody else put beside it is like it (the BREACH
 * attack, https://breachattack.com).
 */
export function compressAnswers(): RequestHandler {
  const compress = compression({
    threshold: compressedFromBytes,
    filter: (_request, response) => compressible.test(String(response.getHeader('Content-Type'))),
  });
  return (request: KnownRequest, response, next) => {
    if (request.door === 'api') compress(request, response, next);
    else next();
  };
}
