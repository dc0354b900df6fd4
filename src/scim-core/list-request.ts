import { type AttributeName, resolveName } from './attribute-name.ts';
import { checkMessage } from './check-message.ts';
import type { Filter } from './filter/filter.ts';
import { parseFilter } from './filter/parser.ts';
import { countDefault, countMax } from './limits.ts';
import { searchRequestUrn } from './urns.ts';
import { parseProjection, type Projection } from './projection.ts';
import { isObject, ownIgnoringCase } from './resource.ts';
import type { ResourceType } from './schema.ts';
import { ScimError } from './scim-error.ts';

/** A query for resources (RFC 7644 §3.4.2, RFC 9865). */
export interface ListRequest {
  filter: Filter | null;
  /** 1-based. */
  startIndex: number;
  /** Null: pages by index. Empty: the first page by cursor. */
  cursor: string | null;
  /** Page size, 0 to `countMax`. */
  count: number;
  sort: { path: AttributeName; order: 'ascending' | 'descending' } | null;
  projection: Projection;
}

/**
 * Reads a query string, already parsed, or the body of a `/.search` (RFC 7644 §3.4.3). `startIndex` below 1 is
 * 1, a negative `count` is 0 (with `cursor` an error, RFC 9865 §2.1), one above `countMax` is `countMax`. Unknown
 * parameters are ignored.
 * @throws ScimError `invalidFilter`, `invalidPath` for `sortBy`, `invalidCursor`, `invalidCount`, `invalidValue` for
 * the others
 */
export function parseListRequest(query: unknown, type: ResourceType): ListRequest {
  if (!isObject(query)) throw ScimError.invalidSyntax('The search request must be a JSON object.');
  const read = (name: string) => ownIgnoringCase(query, name);
  const cursor = readCursor(read('cursor'));
  if (cursor !== null) refuseBesideCursor(read('startIndex'));
  return {
    filter: readFilter(read('filter'), type),
    startIndex: Math.max(1, readInteger(read('startIndex'), 'startIndex', 1)),
    cursor,
    count: cursor === null ? readCount(read('count')) : readCursorCount(read('count')),
    sort: readSort(read('sortBy'), read('sortOrder'), type),
    projection: parseProjection(read('attributes'), read('excludedAttributes'), type),
  };
}

/**
 * The query in the body of a `/.search` (RFC 7644 §3.4.3), to be read like a query string.
 *
 * @param body the parsed JSON
 * @throws ScimError `invalidSyntax` for a body that is not an object or claims to be another message
 */
export function searchRequest(body: unknown): object {
  if (!isObject(body)) throw ScimError.invalidSyntax('The search request must be a JSON object.');
  checkMessage(body, searchRequestUrn);
  return body;
}

function readFilter(value: unknown, type: ResourceType): Filter | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw ScimError.invalidFilter('filter must be given once, as text.');
  return value.trim() === '' ? null : parseFilter(value, type);
}

function readCursor(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw ScimError.invalidCursor('cursor must be given once, as text.');
  return value;
}

function refuseBesideCursor(startIndex: unknown): void {
  if (startIndex === undefined || startIndex === null || startIndex === '') return;
  throw ScimError.invalidValue('startIndex and cursor exclude each other.');
}

function readCount(value: unknown): number {
  return Math.min(countMax, Math.max(0, readInteger(value, 'count', countDefault)));
}

function readCursorCount(value: unknown): number {
  if (value === undefined || value === null || value === '') return countDefault;
  const count = isInteger(value) ? Number(value) : 0;
  if (count < 1) throw ScimError.invalidCount(`count must be an integer from 1 to ${countMax}.`);
  return Math.min(countMax, count);
}

function readInteger(value: unknown, name: string, absent: number): number {
  if (value === undefined || value === null || value === '') return absent;
  if (!isInteger(value)) throw ScimError.invalidValue(`${name} must be an integer.`);
  return Math.max(-1, Math.min(Number(value), Number.MAX_SAFE_INTEGER));
}

function isInteger(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value);
  return typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value);
}

function readSort(by: unknown, order: unknown, type: ResourceType): ListRequest['sort'] {
  if (by === undefined || by === null || by === '') return null;
  if (typeof by !== 'string') throw ScimError.invalidValue('sortBy must be one attribute.');
  const path = resolveName(by.trim(), type);
  if (path === null) throw ScimError.invalidPath(`There is no attribute "${by.slice(0, 100)}" to sort by.`);
  if (path.attribute.returned === 'never')
    throw ScimError.sensitive('It is not possible to sort by a password.');
  return { path, order: readOrder(order) };
}

function readOrder(order: unknown): 'ascending' | 'descending' {
  if (order === undefined || order === null || order === '') return 'ascending';
  const folded = typeof order === 'string' ? order.toLowerCase() : '';
  if (folded === 'ascending' || folded === 'descending') return folded;
  throw ScimError.invalidValue('sortOrder must be ascending or descending.');
}
