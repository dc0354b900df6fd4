import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { map, type Observable } from 'rxjs';

/** What a SCIM use case answers; the interceptor makes the HTTP response of it. `body` null: no content. */
export interface ScimAnswer {
  status: number;
  body: object | null;
  /** Weak entity tag of the resource (RFC 7644 §3.14). */
  etag?: string;
  /** The resource's address: `Location` on 201, `Content-Location` on 200. */
  location?: string;
}

/** A resource as an answer, with its tag and address from `meta` of the unprojected resource. */
export function resourceAnswer(status: number, body: object, etag: string, location: string): ScimAnswer {
  return { status, body, etag, location };
}

export const noContent: ScimAnswer = { status: 204, body: null };

/**
 * Writes a ScimAnswer: status, `application/scim+json`, `ETag`, `Location`, and 304 when `If-None-Match` names the
 * tag (weak comparison, RFC 9110 §13.1.2). Answers hold personal data, so that no cache may keep them.
 */
@Injectable()
export class ScimInterceptor implements NestInterceptor<ScimAnswer, string | undefined> {
  intercept(context: ExecutionContext, next: CallHandler<ScimAnswer>): Observable<string | undefined> {
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(map((answer) => writeAnswer(answer, request, response)));
  }
}

function writeAnswer(answer: ScimAnswer, request: Request, response: Response): string | undefined {
  response.setHeader('Cache-Control', 'no-store');
  if (answer.etag !== undefined) response.setHeader('ETag', answer.etag);
  if (answer.location !== undefined) {
    response.setHeader(answer.status === 201 ? 'Location' : 'Content-Location', answer.location);
  }
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (reads && answer.etag !== undefined && namesTag(request.headers['if-none-match'], answer.etag)) {
    response.status(304);
    return undefined;
  }
  response.status(answer.status);
  if (answer.body === null) return undefined;
  response.setHeader('Content-Type', 'application/scim+json; charset=utf-8');
  return JSON.stringify(answer.body);
}

/**
 * Whether an `If-Match` or `If-None-Match` header names the tag. Only the opaque part is compared: SCIM's own
 * examples send weak tags in `If-Match` (RFC 7644 §3.14).
 *
 * @param header the header's value, a list of tags or `*`; absent names nothing
 */
export function namesTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return header.split(',').some((candidate) => opaqueTag(candidate) === opaqueTag(etag));
}

function opaqueTag(tag: string): string {
  return tag.trim().replace(/^W\//i, '').replace(/^"|"$/g, '');
}
