import type { DynamicModule } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import { LoggerModule } from 'nestjs-pino';
import { stdSerializers } from 'pino';
import { type Options, pinoHttp } from 'pino-http';
import type { LogLevel } from './config/config.ts';
import { newId } from './database/ids.ts';

/** What guards leave on a request that they let through. */
interface KnownCaller {
  apiToken?: { workspaceId?: string };
  session?: { workspaceId?: string };
}

/**
 * One line per request: its id, the workspace, method, path, status and time. No header, no body and no value of
 * the query gets into a line, so neither secrets nor persons do. Health probes are quiet.
 */
export function requestLog(level: LogLevel): RequestHandler {
  return pinoHttp(optionsOf(level));
}

/** The logger for everything else: it adds the request's id and workspace to what is said while one is handled. */
export function loggerModule(level: LogLevel): DynamicModule {
  return LoggerModule.forRoot({ pinoHttp: optionsOf(level), useExisting: true });
}

function optionsOf(level: LogLevel): Options {
  return {
    level,
    genReqId: requestId,
    customProps: (request) => ({ workspace: workspaceOf(request) }),
    customLogLevel: (_request, response, error) => {
      if (error ?? response.statusCode >= 500) return 'error';
      return 'info';
    },
    autoLogging: { ignore: (request) => (request.url ?? '').startsWith('/health/') },
    serializers: { req: describeRequest, res: describeResponse, err: stdSerializers.err },
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
        'err.config',
        'err.parameters',
        'err.query',
        'err.driverError',
      ],
      remove: true,
    },
    wrapSerializers: true,
  };
}

/** Takes over the caller's `X-Request-Id` when it is harmless, makes one otherwise, and answers with it. */
function requestId(request: IncomingMessage, response: ServerResponse): string {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : newId();
  response.setHeader('X-Request-Id', id);
  return id;
}

function workspaceOf(request: IncomingMessage): string | undefined {
  const { apiToken, session } = request as KnownCaller;
  return apiToken?.workspaceId ?? session?.workspaceId;
}

function describeRequest(request: { id: unknown; method: string; url: string; remoteAddress?: string }) {
  const [path, query] = request.url.split('?', 2);
  const asked = query === undefined ? undefined : [...new URLSearchParams(query).keys()];
  return { id: request.id, method: request.method, path, query: asked, from: request.remoteAddress };
}

function describeResponse(response: { statusCode: number }) {
  return { status: response.statusCode };
}
