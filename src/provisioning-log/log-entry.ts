import type { Response } from 'express';
import { newId } from '../database/ids.ts';
import { isUuid } from '../database/uuid.ts';
import type { KnownRequest, KnownResponse, ResourceNotes } from '../http/request/request-state.ts';
import { cutText } from './cut-text.ts';
import { cutMark, keptText, redactedDetail, redactedPath } from './redact.ts';

/** Longest path, detail and user agent that the log keeps, in characters: a log is for reading. */
export const textLengthMaxChars = 500;
/** How many history entries a request is linked to: a PATCH of a group has one for each operation on members. */
const linkedEventsMax = 50;
/** A body larger than this is cut at once, so that it does not stay in memory until the batch is written. */
const heavyBodyBytes = 64 * 1024;

/**
 * One SCIM request that waits for the log. Whatever is costly is done when it is written. Its bodies are the objects
 * that were parsed and sent, secrets included; they are referenced, not copied.
 */
export interface LogEntry {
  id: string;
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
  /** The id that the path names, or that was given out; null if there is none, or if it is not a UUID. */
  resourceId: string | null;
  userAgent: string | null;
  durationMs: number;
  /** How many resources a list or lookup found, or how many operations a bulk request had. */
  found: number | null;
  /** The entries that the request may have left in the history of its resource. */
  eventIds: readonly string[] | null;
  /** Which parts of the request were not read as sent, by resource; empty for a refused request. */
  notes: readonly ResourceNotes[];
  /** What was sent, or a `KeptText` of it; undefined: nothing, or a read that succeeded. */
  body: unknown;
  /** The answer to a refused request, or to a bulk request. For a change, its events say what happened. */
  answer: unknown;
}

/**
 * The entry for an answered request, or null if it is not known which workspace it belongs to, or another one stands for it.
 */
export function logEntryOf(
  request: KnownRequest,
  response: KnownResponse,
  at: Date,
  durationMs: number,
): LogEntry | null {
  const token = request.apiToken ?? request.refusedToken;
  if (token === undefined || request.isLeftOutOfLog) return null;
  const { scimError, scimAnswer } = response.locals;
  const path = request.originalUrl.replace(/^\/scim\/v2/, '') || '/';
  const [, endpoint, id] = /^\/(Users|Groups|Bulk)(?:\/([^/?]+))?/i.exec(path) ?? [];
  const isBulk = endpoint?.toLowerCase() === 'bulk';
  const isRead = request.method === 'GET' && scimError === undefined;
  const resourceId = isBulk ? null : idOrNull(id ?? createdId(response));
  return {
    id: newId(),
    workspaceId: token.workspaceId,
    tokenId: token.tokenId,
    at,
    requestId: request.id ?? '',
    method: request.method,
    path: cutText(redactedPath(path), textLengthMaxChars),
    status: response.statusCode,
    scimType: scimError?.scimType ?? null,
    detail: scimError === undefined ? null : cutText(redactedDetail(scimError.detail), textLengthMaxChars),
    resourceType: resourceTypeOf(endpoint),
    resourceId,
    userAgent: cutOrNull(request.headers['user-agent']),
    durationMs: Math.round(durationMs),
    found: foundIn(scimAnswer?.body),
    eventIds: request.eventIds?.slice(-linkedEventsMax) ?? null,
    notes: notesOf(request, response, resourceId),
    body: isRead ? undefined : bodyOf(request),
    answer: isBulk ? keptText(scimError ?? scimAnswer?.body ?? null) : scimError,
  };
}

function notesOf(
  { notes = [] }: KnownRequest,
  { statusCode }: Response,
  resourceId: string | null,
): readonly ResourceNotes[] {
  if (notes.length === 0 || statusCode >= 400) return [];
  return notes.map((noted) => ({ ...noted, resourceId: noted.resourceId ?? resourceId }));
}

function bodyOf({ headers, body }: KnownRequest): unknown {
  if (body === undefined || Number(headers['content-length'] ?? Infinity) <= heavyBodyBytes) return body;
  return keptText(body);
}

/** The bare facts of a request, without text from outside. */
export function bareEntry(entry: LogEntry): LogEntry {
  return {
    ...entry,
    requestId: '',
    path: cutMark,
    scimType: null,
    detail: null,
    resourceId: null,
    userAgent: null,
    eventIds: null,
    notes: [],
    body: undefined,
    answer: undefined,
  };
}

/** Anything but a UUID is not one of our ids: it names nothing, and must be neither looked up nor indexed. */
function idOrNull(text: string | null): string | null {
  return text !== null && isUuid(text) ? text.toLowerCase() : null;
}

function cutOrNull(text: string | undefined): string | null {
  return text === undefined ? null : cutText(text, textLengthMaxChars);
}

function resourceTypeOf(endpoint: string | undefined): 'User' | 'Group' | null {
  switch (endpoint?.toLowerCase()) {
    case 'users':
      return 'User';
    case 'groups':
      return 'Group';
    default:
      return null;
  }
}

/** `totalResults` of a list (RFC 7644 §3.4.2), or the number of `Operations` (§3.7). */
function foundIn(body: object | null | undefined): number | null {
  const { totalResults, Operations } = (body ?? {}) as { totalResults?: unknown; Operations?: unknown };
  if (Array.isArray(Operations)) return Operations.length;
  return typeof totalResults === 'number' ? totalResults : null;
}

/** The id of a created resource: the end of `Location`. */
function createdId(response: Response): string | null {
  const location = response.getHeader('Location');
  return typeof location === 'string' ? (location.split('/').at(-1) ?? null) : null;
}
