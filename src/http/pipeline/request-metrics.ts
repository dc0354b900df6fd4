import type { RequestHandler } from 'express';
import type { Metrics } from '../../metrics/metrics.ts';
import type { KnownRequest } from '../request/request-state.ts';

const bucketsSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * Counts requests and their time by method, route and status, under the name that OpenTelemetry gives it. A route is the
 * pattern that the router matched, never the path that came; what was refused before the router has its door.
 */
export function requestMetrics(metrics: Metrics): RequestHandler {
  const durations = metrics.histogram(
    'http_server_request_duration_seconds',
    {
      help: 'Time from the head of a request to the end of its answer. Streams of events count until they end.',
      labels: ['method', 'route', 'status'],
    },
    bucketsSeconds,
  );
  return (request: KnownRequest, response, next) => {
    const startedMs = performance.now();
    response.once('close', () => {
      const status = response.writableFinished ? String(response.statusCode) : 'aborted';
      const labels = { method: request.method, route: routeOf(request), status };
      durations.observe(labels, (performance.now() - startedMs) / 1_000);
    });
    next();
  };
}

/** The pattern that the router matched; of what was refused before the router, its door. */
export function routeOf({ route, door }: KnownRequest): string {
  const { path } = (route ?? {}) as { path?: unknown };
  return typeof path === 'string' ? path : `(${door ?? 'unread'})`;
}
