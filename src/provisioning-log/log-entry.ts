import type { Request, Response } from 'express';

/** Longest path and detail that are kept, in characters: a log is for reading. */
const textLengthMaxChars = 500;

/** One SCIM request as it goes into the log. */
export interface LogEntry {
  workspaceId: string;
  tokenId: string | null;
  at: Date;
  requestId: string;
  method: string;
  path: string;
  status: number;
  scimType: string | null;
  detail: string | null;
  resourceType: 'User' | 'Group' | null;
  resourceId: string | null;
  userAgent: string | null;
  durationMs: number;
}

/** The request as the guard left it: whose token it came with, also when the token was refused as expired. */
type ScimHttpRequest = Request & { id?: unknown; apiToken?: { workspaceId: string; tokenId: string } };

/** What the error filter and the answer leave for the log. */
interface Outcome {
  scimError?: { scimType: string | null; detail: string };
}

/** The entry for an answered request, or null when nobody knows whose it was. */
export function logEntryOf(
  request: ScimHttpRequest,
  response: Response,
  at: Date,
  durationMs: number,
): LogEntry | null {
  const token = request.apiToken;
  if (token === undefined) return null;
  const { scimError } = response.locals as Outcome;
  const path = request.originalUrl.replace(/^\/scim\/v2/, '') || '/';
  const [, endpoint, id] = /^\/(Users|Groups)(?:\/([^/?]+))?/i.exec(path) ?? [];
  return {
    workspaceId: token.workspaceId,
    tokenId: token.tokenId,
    at,
    requestId: typeof request.id === 'string' ? request.id : '',
    method: request.method,
    path: withoutSecrets(path).slice(0, textLengthMaxChars),
    status: response.statusCode,
    scimType: scimError?.scimType ?? null,
    detail: scimError?.detail.slice(0, textLengthMaxChars) ?? null,
    resourceType: endpoint === undefined ? null : endpoint.toLowerCase() === 'users' ? 'User' : 'Group',
    resourceId: id ?? createdId(response),
    userAgent: request.headers['user-agent'] ?? null,
    durationMs: Math.round(durationMs),
  };
}

/** A token in the query string is refused, but the attempt is logged: without the token. */
function withoutSecrets(path: string): string {
  return path.replace(/([?&]access_token=)[^&]*/gi, '$1…').replaceAll('\0', '');
}

/** The id of what a POST created stands at the end of `Location`. */
function createdId(response: Response): string | null {
  const location = response.getHeader('Location');
  return typeof location === 'string' ? (location.split('/').at(-1) ?? null) : null;
}
