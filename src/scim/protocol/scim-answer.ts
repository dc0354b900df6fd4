import type { Response } from 'express';
import { JsonText } from '../../scim-core/messages.ts';
import { sendText } from '../../http/answers/send-text.ts';
import { namesTag } from '../../http/request/entity-tag.ts';

/** What a SCIM use case answers. `AnswerAdapter` turns it into the HTTP response. */
export class ScimAnswer {
  /**
   * @param body null: no content
   * @param etag weak entity tag of the resource (RFC 7644 §3.14)
   * @param location the resource's address, for `Location` and, where the body is the resource, `Content-Location`
   */
  constructor(
    readonly status: number,
    readonly body: JsonText | object | null,
    readonly etag?: string,
    readonly location?: string,
  ) {}
}

/** Done, and there is nothing to return. */
export const noContent = new ScimAnswer(204, null);

/**
 * Writes an answer: status, `application/scim+json`, `ETag`, `Location`, `Content-Location`, and 304 when
 * `If-None-Match` names the tag (weak comparison, RFC 9110 §13.1.2). Answers hold personal data, so no cache may keep
 * them. A 204 has the media type, too: some clients do not accept an answer without it as SCIM.
 */
export function writeScimAnswer({ status, body, etag, location }: ScimAnswer, response: Response): void {
  response.setHeader('Cache-Control', 'no-store');
  if (etag !== undefined) response.setHeader('ETag', etag);
  if (location !== undefined) {
    response.setHeader('Location', location);
    if (body !== null) response.setHeader('Content-Location', location);
  }
  const { method, headers } = response.req;
  const reads = method === 'GET' || method === 'HEAD';
  const isKnown = reads && etag !== undefined && namesTag(headers['if-none-match'], etag);
  response.statusCode = isKnown ? 304 : status;
  if (isKnown) {
    response.end();
    return;
  }
  response.setHeader('Content-Type', 'application/scim+json; charset=utf-8');
  if (body === null) {
    response.end();
    return;
  }
  sendText(response, body instanceof JsonText ? body.text : JSON.stringify(body));
}
