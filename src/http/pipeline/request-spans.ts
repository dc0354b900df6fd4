import type { RequestHandler } from 'express';
import { startSpan } from '../../tracing/spans.ts';
import { inTrace, traceIdOf } from '../../tracing/trace-context.ts';
import { type KnownRequest, workspaceOf } from '../request/request-state.ts';
import { routeOf } from './request-metrics.ts';

/**
 * A span for each request, as a part of the trace that its `traceparent` names, or of a new one. It says method, route,
 * status and workspace, by the names that OpenTelemetry gives them; nothing that came in path, query, headers or body.
 * Probes and collectors of metrics are quiet.
 */
export const requestSpans: RequestHandler = (request: KnownRequest, response, next) => {
  if (request.door === 'health' || request.door === 'metrics') return next();
  const span = startSpan({
    name: request.method,
    kind: 'server',
    attributes: { 'http.request.method': request.method },
  });
  if (span === null) return next();
  request.traceId = traceIdOf(span.traceparent);
  response.once('close', () => {
    const { statusCode, writableFinished } = response;
    const route = routeOf(request);
    const workspace = workspaceOf(request) ?? request.namedWorkspace;
    span.rename(`${request.method} ${route}`);
    span.add({
      'http.route': route,
      'http.response.status_code': statusCode,
      ...(workspace !== undefined && { 'provisioning.workspace.id': workspace }),
      ...(!writableFinished && { 'provisioning.aborted': true }),
    });
    span.end(statusCode >= 500 ? String(statusCode) : undefined);
  });
  inTrace(span.traceparent, next);
};
