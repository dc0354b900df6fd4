import type { Server, ServerOptions } from 'node:http';
import type { Config } from '../../config/config.ts';
import type { Request, Response } from 'express';

type Limits = Pick<
  Config,
  'headerTimeoutSeconds' | 'bodyTimeoutSeconds' | 'idleConnectionSeconds' | 'connectionsMax'
>;

/** How often connections are looked at; a deadline is kept to within this time. */
const checkEveryMs = 1_000;

/**
 * The deadlines of the HTTP server: for the head of a request, and for the whole of it. A client that drips is told 408
 * and cut off. Neither touches an answer, however long it is: lists and streams of events go on.
 *
 * And how long a connection stays open on which nothing is asked: a reverse proxy that sends a request at the moment at which it
 * is closed would answer its client with 502.
 */
export function serverOptionsOf(limits: Limits): ServerOptions {
  const { headerTimeoutSeconds, bodyTimeoutSeconds, idleConnectionSeconds } = limits;
  return {
    headersTimeout: Math.min(headerTimeoutSeconds, bodyTimeoutSeconds) * 1000,
    requestTimeout: bodyTimeoutSeconds * 1000,
    keepAliveTimeout: idleConnectionSeconds * 1000,
    connectionsCheckingInterval: checkEveryMs,
  };
}

/**
 * Bounds the connections of a server, and lets no client send a body that nobody has asked for.
 *
 * When there is no room, idle kept-alive connections are closed, so that the next client gets in.
 */
export function guardConnections(server: Server, { connectionsMax }: Limits): void {
  server.maxConnections = connectionsMax;
  server.on('drop', () => server.closeIdleConnections());
  // Node would say 100 by itself. Now the body is asked for when it is about to be read (RFC 9110 §10.1.1).
  server.on('checkContinue', (request: Request, response: Response) => {
    server.emit('request', request, response);
  });
}
