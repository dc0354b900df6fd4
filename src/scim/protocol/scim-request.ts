import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { KnownRequest, ResourceNotes } from '../../http/request/request-state.ts';
import { notesMax } from '../../scim-core/limits.ts';
import type { ReadingNote } from '../../scim-core/reading-note.ts';
import { ScimError } from '../../scim-core/scim-error.ts';

/** What a SCIM use case knows about a request: its workspace, and the input as sent. */
export interface ScimRequest {
  /** The workspace that the API token selects; nothing in the request can select another. */
  workspaceId: string;
  body: unknown;
  /** Parsed query string; a repeated parameter is an array. */
  query: Readonly<Record<string, unknown>>;
  /** The `If-Match` header, if sent. */
  ifMatch: string | undefined;
  /**
   * The history entries that this request may leave, noted for the provisioning log. The entries of an attempt are
   * never written if another write came first.
   */
  eventIds: string[];
  /** What was not read as sent, for the provisioning log. */
  notes: ResourceNotes[];
}

/** A request for another use case, as part of this one or on its own. */
export function scimRequest(parts: Omit<ScimRequest, 'eventIds' | 'notes'>): ScimRequest {
  return { ...parts, eventIds: [], notes: [] };
}

/** Notes which parts of the request's resource were not read as sent. */
export function noteOn({ notes }: ScimRequest, found: readonly ReadingNote[]): void {
  if (found.length > 0) notes.push({ resourceId: null, notes: found.slice(0, notesMax) });
}

/** Hands a controller's method its ScimRequest; the guard has put the token's workspace on the request. */
export const Scim = createParamDecorator((_data: unknown, context: ExecutionContext): ScimRequest => {
  const request = context.switchToHttp().getRequest<KnownRequest>();
  const { apiToken } = request;
  if (apiToken === undefined) throw new Error('The route is not behind ApiTokenGuard');
  checkAddress(request);
  const known = scimRequest({
    workspaceId: apiToken.workspaceId,
    body: bodyOf(request),
    query: request.query,
    ifMatch: request.headers['if-match'],
  });
  request.eventIds = known.eventIds;
  request.notes = known.notes;
  return known;
});

/**
 * An address whose escapes are no UTF-8, `%FC` for ü, is read with replacement characters. A lookup by such a text would
 * find nobody, and the identity provider would create the person again.
 *
 * @throws ScimError `invalidFilter`
 */
function checkAddress({ query, originalUrl }: Request): void {
  const { filter } = query;
  if (typeof filter !== 'string' || !filter.includes('\uFFFD')) return;
  try {
    decodeURIComponent(originalUrl);
  } catch {
    throw ScimError.invalidFilter('The filter in the address is not encoded as UTF-8.');
  }
}

/** A body of another media type is not parsed: it must not count as an empty one (RFC 9110 §15.5.16). */
function bodyOf(request: Request): unknown {
  const { 'transfer-encoding': encoding, 'content-length': length = '0' } = request.headers;
  const isSent = encoding !== undefined || length !== '0';
  if (request.body === undefined && isSent && request.method !== 'GET' && request.method !== 'DELETE') {
    throw new ScimError(415, undefined, 'The body must be application/scim+json or application/json.');
  }
  return request.body as unknown;
}
