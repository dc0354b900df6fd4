import { createServer, type Server } from 'node:http';

/** How long a client may take to ask; it has nothing to send but a line. */
const requestTimeoutMs = 5_000;
const connectionsMax = 20;

/** Metrics that are read when somebody asks. */
export interface ServedMetrics {
  readonly contentType: string;
  text(): Promise<string>;
}

/**
 * Serves `/metrics` without a token on a port of its own, for a network that only the collector reaches.
 *
 * @returns resolves when it listens; rejects as `listen` does
 */
export async function listenForMetrics(metrics: ServedMetrics, port: number, host: string): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      () => response.writeHead(503).end(),
    );
  });
  server.requestTimeout = requestTimeoutMs;
  server.headersTimeout = requestTimeoutMs;
  server.maxConnections = connectionsMax;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}
