import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import { type Logger, pino } from 'pino';
import type { LogLevel } from '../../config/config.ts';
import { newId } from '../../database/ids.ts';
import { addressOf, currentRequest, forRequest } from '../request/current-request.ts';
import { type KnownMessage, type KnownRequest, workspaceOf } from '../request/request-state.ts';
import { currentTraceparent, inTrace, readTraceparent, traceIdOf } from '../../tracing/trace-context.ts';
import { plainError } from '../../errors/plain-error.ts';
import { plainPath, plainQueryNames } from '../answers/plain-path.ts';

/**
 * The logger of the whole service, one JSON object a line on standard output. What is said while a request is handled
 * carries the request's id and workspace; what is done in the background names the workspace itself, or none. Secrets
 * that might be in an object are left out, and of errors all that may be personal.
 */
export function makeLogger(level: LogLevel): Logger {
  return pino({
    level,
    mixin: () => {
      const request = currentRequest();
      const traceparent = currentTraceparent();
      return {
        ...(request && { requestId: request.id, workspace: workspaceIn(request) }),
        ...(traceparent !== null && { traceId: traceIdOf(traceparent) }),
      };
    },
    serializers: { err: plainError },
    redact: {
      paths: [
        'headers',
        '*.headers',
        'authorization',
        '*.authorization',
        '*.cookie',
        '*.password',
        '*.secret',
        '*.token',
      ],
      remove: true,
    },
  });
}

/**
 * One line per request: its id, the workspace, the id of an API token or product key, method, path, status and time. No
 * header, no body, no value of the query and no part of the path but route words and ids gets into a line, so neither
 * secrets nor persons do. Probes of health are quiet, and so are collectors of metrics that are let in.
 *
 * The line is put together when it is written: a child logger for each request costs as much as the request's routing.
 */
export function requestLog(log: Logger): RequestHandler {
  return (request: KnownRequest, response, next) => {
    const startedMs = performance.now();
    request.id = requestIdOf(request);
    response.setHeader('X-Request-Id', request.id);
    response.once('close', () => writeLine(log, request, response, performance.now() - startedMs));
    const traceparent = readTraceparent(request.headers.traceparent);
    if (traceparent !== null) request.traceId = traceIdOf(traceparent);
    forRequest(request, () => inTrace(traceparent, next));
  };
}

function writeLine(log: Logger, request: KnownRequest, response: ServerResponse, durationMs: number): void {
  const level = isBug(response.statusCode) ? 'error' : 'info';
  const url = request.originalUrl ?? request.url ?? '';
  if (!log.isLevelEnabled(level) || isQuiet(request, response)) return;
  const line = {
    req: describeRequest(request, url),
    workspace: workspaceIn(request),
    traceId: request.traceId,
    tokenId: request.apiToken?.tokenId,
    keyId: request.caller?.kind === 'key' ? request.caller.id : undefined,
    res: { status: response.statusCode },
    responseTime: Math.round(durationMs),
  };
  log[level](line, response.writableFinished ? 'request completed' : 'request aborted');
}

const okStatus = 200;

/** Probes of health, and collectors of metrics that are let in, come again and again. */
function isQuiet({ door }: KnownRequest, { statusCode }: ServerResponse): boolean {
  return door === 'health' || (door === 'metrics' && statusCode === okStatus);
}

/** The workspace of the credentials; for the operator, the one in the path. */
function workspaceIn(request: KnownMessage): string | undefined {
  return workspaceOf(request) ?? request.namedWorkspace;
}

/** What passes (503) is told of once for all requests that meet it. */
function isBug(status: number): boolean {
  return status >= 500 && status !== 503;
}

/** The caller's `X-Request-Id` when it is harmless, a new one otherwise. */
function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : newId();
}

function describeRequest(request: KnownRequest, url: string) {
  const [path = '', query] = url.split('?', 2);
  const asked = query === undefined ? undefined : plainQueryNames(query);
  const from = addressOf(request) ?? undefined;
  return { id: request.id, method: request.method, path: plainPath(path), query: asked, from };
}
