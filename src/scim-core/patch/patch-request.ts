import { resolveName } from '../attribute-name.ts';
import { parseKnownPath } from '../attribute-path.ts';
import { parseEmbeddedJson } from '../embedded-json.ts';
import { checkMessage } from '../check-message.ts';
import { patchOperationsMax } from '../limits.ts';
import { patchOpUrn } from '../urns.ts';
import { isObject, ownIgnoringCase } from '../resource.ts';
import type { ResourceType } from '../schema.ts';
import { ScimError } from '../scim-error.ts';
import { isAboutName, isUnreadable, readingNote, type ReadingNote, refusalDetail } from '../reading-note.ts';
import { findSchema, isBeginningOfUrn, isUrnLike } from '../schema-urn.ts';
import { type Change, isReadOnly, operationsAt, type PatchOperation } from './patch-operation.ts';

export type { PatchOperation } from './patch-operation.ts';

/**
 * Reads the body of a PATCH (RFC 7644 §3.5.2) in every dialect of identity providers, and converts it to one: each
 * operation has a resolved path and a value coerced to the type found there. Operations without a path become one
 * operation per key, whether the key is plain, dotted, URN-qualified, a whole extension or a value path (Entra with
 * `aadOptscim062020`, Okta, Keycloak). `schemas` may be missing; keys and `op` may have any case. An unreadable part
 * becomes an operation to ignore, with a note that says why, so that it does not stop the others.
 * @param body the parsed JSON
 * @throws ScimError `invalidSyntax`, `invalidPath`, `invalidValue`, `noTarget`, or 413 for too many operations;
 *   `invalidPath` or `invalidValue` also when nothing readable is left
 */
export function parsePatch(body: unknown, type: ResourceType): PatchOperation[] {
  if (!isObject(body)) throw ScimError.invalidSyntax('The body must be a JSON object.');
  checkMessage(body, patchOpUrn);
  const operations = ownIgnoringCase(body, 'Operations');
  if (!Array.isArray(operations) || operations.length === 0) {
    throw ScimError.invalidSyntax('Operations must be a list of at least one operation.');
  }
  checkCount(operations.length);
  const read: PatchOperation[] = [];
  for (const operation of operations) {
    for (const part of readOperation(operation, type)) read.push(part);
    checkCount(read.length);
  }
  checkReadable(read);
  return read;
}

/** The notes on what was left out of a PATCH. */
export function notesOf(operations: readonly PatchOperation[]): ReadingNote[] {
  return operations.flatMap((operation) => (operation.op === 'ignore' ? [operation.note] : []));
}

/** A PATCH without a readable part must not look as if it had been carried out. */
function checkReadable(operations: readonly PatchOperation[]): void {
  if (operations.some((operation) => operation.op !== 'ignore' && !isReadOnly(operation))) return;
  const note = notesOf(operations).find(isUnreadable);
  if (note === undefined) return;
  throw isAboutName(note)
    ? ScimError.invalidPath(refusalDetail(note))
    : ScimError.invalidValue(refusalDetail(note));
}

function checkCount(operations: number): void {
  if (operations > patchOperationsMax) {
    throw ScimError.payloadTooLarge(`A PATCH may hold ${patchOperationsMax} operations at most.`);
  }
}

function readOperation(operation: unknown, type: ResourceType): PatchOperation[] {
  if (!isObject(operation)) throw ScimError.invalidSyntax('Each operation must be a JSON object.');
  const change: Change = {
    op: readOp(ownIgnoringCase(operation, 'op')),
    // Absent, not null: to replace something with null is to clear it.
    hasValue: Object.keys(operation).some((key) => key.toLowerCase() === 'value'),
    value: ownIgnoringCase(operation, 'value'),
  };
  const path = ownIgnoringCase(operation, 'path');
  if (path === undefined || path === null || path === '') return readWithoutPath(change, type);
  if (typeof path !== 'string') throw ScimError.invalidPath('path must be a string.');
  if (findSchema(path, type) === type.schema) return readWithoutPath(change, type);
  return readAt(path, change, type);
}

function readOp(op: unknown): Change['op'] {
  const folded = typeof op === 'string' ? op.toLowerCase() : '';
  if (folded === 'add' || folded === 'remove' || folded === 'replace') return folded;
  throw ScimError.invalidSyntax('op must be one of add, remove and replace.');
}

function readAt(path: string, change: Change, type: ResourceType): PatchOperation[] {
  const parsed = parseKnownPath(path, type);
  if (parsed !== null) return operationsAt(parsed, change, type);
  const code = isBeginningOfUrn(path) ? 'part-of-schema-name' : 'no-such-part';
  return [{ op: 'ignore', note: readingNote(path, code) }];
}

/** A key is a path, possibly with a filter. A key that is not a path is left out like any unreadable attribute. */
function readKey(key: string, change: Change, type: ResourceType): PatchOperation[] {
  if (isBeginningOfUrn(key)) return [{ op: 'ignore', note: readingNote(key, 'part-of-schema-name') }];
  const isPath = key.includes('[') || isUrnLike(key) || resolveName(key, type) !== null;
  if (isPath) return readAt(key, change, type);
  const code = key.includes('.') ? 'no-such-part' : 'not-a-name';
  return [{ op: 'ignore', note: readingNote(key, code) }];
}

function readWithoutPath(change: Change, type: ResourceType): PatchOperation[] {
  if (change.op === 'remove') throw ScimError.noTarget('remove needs a path.');
  if (!change.hasValue) throw ScimError.invalidValue(`${change.op} needs a value.`);
  const value = onlyObject(parseEmbeddedJson(change.value));
  if (value === null) {
    throw ScimError.invalidValue(`The value of an ${change.op} without path must be an object.`);
  }
  checkCount(Object.keys(value).length);
  return Object.entries(value).flatMap(([key, part]) => {
    const inner: Change = { op: change.op, hasValue: true, value: part };
    if (isObject(part) && key.includes(':') && findSchema(key, type) === type.schema) {
      return readWithoutPath(inner, type);
    }
    // A resource that was read and is sent back holds these; only the service sets them.
    return isServiceOwn(key) ? [] : readKey(key, inner, type).map(markedIfId);
  });
}

function markedIfId(operation: PatchOperation): PatchOperation {
  if (operation.op === 'ignore' || operation.op === 'remove') return operation;
  const { attribute, schema } = operation.path;
  const isId = schema === null && attribute.name === 'id' && attribute.mutability === 'readOnly';
  return isId ? { ...operation, namesResource: true } : operation;
}

function onlyObject(value: unknown): Record<string, unknown> | null {
  const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return isObject(only) ? only : null;
}

function isServiceOwn(key: string): boolean {
  const folded = key.toLowerCase();
  return folded === 'schemas' || folded === 'meta';
}
