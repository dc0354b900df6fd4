import { createServer, type RequestListener } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Config } from '../config/config.ts';
import { ScimAnswer, writeScimAnswer } from '../scim/protocol/scim-answer.ts';
import type { KnownResponse } from '../http/request/request-state.ts';
import { originForm } from '../http/request/request-url.ts';
import { guardConnections, serverOptionsOf } from '../http/pipeline/connection-limits.ts';

/**
 * Express, which also knows how to send a ScimAnswer. An interceptor could do it too, but Nest then wraps every request
 * in a chain of observables and an asynchronous resource, which costs as much as reading the user.
 */
export class AnswerAdapter extends ExpressAdapter {
  constructor(private readonly config: Config) {
    super();
  }

  /** Nest would make a server without limits. */
  override initHttpServer(): void {
    const express = this.getInstance<RequestListener>();
    this.httpServer = createServer(serverOptionsOf(this.config), (request, response) => {
      request.url = originForm(request.url ?? '/');
      express(request, response);
    });
    guardConnections(this.httpServer, this.config);
  }

  override reply(response: unknown, body: unknown, statusCode?: number): unknown {
    if (!(body instanceof ScimAnswer)) return super.reply(response, body, statusCode) as unknown;
    // The provisioning log tells how many were found, and what became of each operation of a bulk request.
    const known = response as KnownResponse;
    known.locals.scimAnswer = body;
    writeScimAnswer(body, known);
    return undefined;
  }
}
