import { checkMessage } from './check-message.ts';
import { bulkDataDepthMax, bulkOperationsMax } from './limits.ts';
import { bulkRequestUrn } from './urns.ts';
import { isObject, own, ownIgnoringCase } from './resource.ts';
import { ScimError } from './scim-error.ts';

/** One operation of a bulk request, ready to be carried out (RFC 7644 §3.7). */
export interface BulkOperation {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly bulkId: string | null;
  readonly endpoint: 'Users' | 'Groups';
  /** The id in the path, or a reference `bulkId:…` instead; null for POST. */
  readonly target: string | null;
  /** To be matched like `If-Match`. */
  readonly version: string | undefined;
  readonly data: unknown;
}

/** An operation that cannot be carried out. It has an entry in the response, and the others go on without it. */
export interface FaultyOperation {
  readonly method: string;
  readonly bulkId: string | null;
  readonly fault: ScimError;
}

/** A bulk request, read. */
export interface BulkRequest {
  /** After how many errors to stop; null: never. */
  failOnErrors: number | null;
  operations: (BulkOperation | FaultyOperation)[];
}

/**
 * Reads the body of `POST /Bulk`. Keys, methods and endpoints may have any case, and `schemas` may be missing. A fault
 * in one operation affects only that operation; ambiguous references refuse the whole request.
 *
 * @param body the parsed JSON
 * @throws ScimError `invalidSyntax`, `invalidValue` for two operations with one bulkId, or 413 for too many operations
 */
export function parseBulkRequest(body: unknown): BulkRequest {
  if (!isObject(body)) throw ScimError.invalidSyntax('The body must be a JSON object.');
  checkMessage(body, bulkRequestUrn);
  const listed = ownIgnoringCase(body, 'Operations');
  if (!Array.isArray(listed) || listed.length === 0) {
    throw ScimError.invalidSyntax('Operations must be a list of at least one operation.');
  }
  if (listed.length > bulkOperationsMax) {
    throw ScimError.payloadTooLarge(`A bulk request may hold ${bulkOperationsMax} operations at most.`);
  }
  const operations = listed.map((operation: unknown) => readOperation(operation));
  checkUnique(operations);
  return { failOnErrors: readFailOnErrors(ownIgnoringCase(body, 'failOnErrors')), operations };
}

/** Some clients send zero for "not given". */
function readFailOnErrors(value: unknown): number | null {
  if (value === undefined || value === null || value === 0) return null;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw ScimError.invalidValue('failOnErrors must be a positive integer.');
}

function checkUnique(operations: BulkRequest['operations']): void {
  const seen = new Set<string>();
  for (const { bulkId } of operations) {
    if (bulkId === null) continue;
    if (seen.has(bulkId)) throw ScimError.invalidValue(`bulkId "${bulkId}" stands for two operations.`);
    seen.add(bulkId);
  }
}

function readOperation(given: unknown): BulkOperation | FaultyOperation {
  const method = ownIgnoringCase(given, 'method');
  const bulkId = ownIgnoringCase(given, 'bulkId');
  const told = {
    method: typeof method === 'string' ? method.toUpperCase() : '',
    bulkId: typeof bulkId === 'string' && bulkId !== '' ? bulkId : null,
  };
  try {
    return { ...told, ...readParts(given, told) };
  } catch (error) {
    if (error instanceof ScimError) return { ...told, fault: error };
    throw error;
  }
}

function readParts(given: unknown, told: { method: string; bulkId: string | null }) {
  if (!isObject(given)) throw ScimError.invalidSyntax('Each operation must be a JSON object.');
  const method = readMethod(told.method);
  const place = readPath(ownIgnoringCase(given, 'path'), method);
  const data = ownIgnoringCase(given, 'data');
  if (method === 'POST' && told.bulkId === null) throw ScimError.invalidSyntax('A POST needs a bulkId.');
  if (method !== 'DELETE' && !isObject(data)) {
    throw ScimError.invalidSyntax(`A ${method} needs data, which is a JSON object.`);
  }
  checkDepth(data, 0);
  return { method, ...place, version: readVersion(ownIgnoringCase(given, 'version')), data };
}

function readMethod(method: string): BulkOperation['method'] {
  if (method === 'POST' || method === 'PUT' || method === 'PATCH' || method === 'DELETE') return method;
  throw ScimError.invalidSyntax('method must be one of POST, PUT, PATCH and DELETE.');
}

function readPath(
  path: unknown,
  method: BulkOperation['method'],
): Pick<BulkOperation, 'endpoint' | 'target'> {
  const [, name = '', target] =
    typeof path === 'string' ? (/^\/?(users|groups)(?:\/([^/?#]+))?\/?$/i.exec(path) ?? []) : [];
  if (name === '') {
    throw ScimError.invalidPath('path must be /Users or /Groups, with the id behind it but for a POST.');
  }
  if (method === 'POST' && target !== undefined) throw ScimError.invalidPath('The path of a POST has no id.');
  if (method !== 'POST' && target === undefined)
    throw ScimError.invalidPath(`The path of a ${method} needs an id.`);
  return { endpoint: name.toLowerCase() === 'users' ? 'Users' : 'Groups', target: target ?? null };
}

function readVersion(version: unknown): string | undefined {
  if (version === undefined || version === null || version === '') return undefined;
  if (typeof version === 'string') return version;
  throw ScimError.invalidSyntax('version must be text.');
}

function checkDepth(value: unknown, depth: number): void {
  if (depth > bulkDataDepthMax)
    throw ScimError.invalidValue(`data may nest ${bulkDataDepthMax} levels at most.`);
  if (typeof value !== 'object' || value === null) return;
  const parts: unknown[] = Array.isArray(value) ? value : Object.keys(value).map((key) => own(value, key));
  for (const part of parts) checkDepth(part, depth + 1);
}
