import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** What a SCIM use case is told of a request: whose workspace, and the input as it came. */
export interface ScimRequest {
  /** The workspace that the API token selects; nothing in the request can select another. */
  workspaceId: string;
  body: unknown;
  /** Parsed query string; a repeated parameter is an array. */
  query: Readonly<Record<string, unknown>>;
  /** The `If-Match` header, if sent. */
  ifMatch: string | undefined;
}

/** Hands a controller's method its ScimRequest; the guard has put the token's workspace on the request. */
export const Scim = createParamDecorator((_data: unknown, context: ExecutionContext): ScimRequest => {
  const request = context.switchToHttp().getRequest<Request & { apiToken: { workspaceId: string } }>();
  return {
    workspaceId: request.apiToken.workspaceId,
    body: request.body as unknown,
    query: request.query,
    ifMatch: request.headers['if-match'],
  };
});
