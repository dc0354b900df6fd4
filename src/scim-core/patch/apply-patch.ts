import { type AttributePath, printPath } from '../attribute-path.ts';
import { checkRequired, isNeeded, normalize } from '../normalize-resource.ts';
import { KeysIgnoringCase } from '../keys-ignoring-case.ts';
import { leaveOutSecrets } from '../leave-out-secrets.ts';
import { readingNote, type ReadingNote, refusalDetail } from '../reading-note.ts';
import {
  cloneValue,
  equalValues,
  isObject,
  isUnassigned,
  keyIgnoringCase,
  ownIgnoringCase,
  type ScimResource,
} from '../resource.ts';
import type { Attribute, ResourceType } from '../schema.ts';
import { ScimError } from '../scim-error.ts';
import { changeElements } from './change-elements.ts';
import { PatchBudget } from './patch-budget.ts';
import { type EffectiveOperation, isReadOnly, type PatchOperation } from './patch-operation.ts';

/** The result of a PATCH. */
export interface PatchedResource {
  resource: ScimResource;
  /** False if the resource is the same as before: then version and lastModified must stay. */
  changed: boolean;
  /** What was left out. */
  notes: ReadingNote[];
}

/**
 * Applies the operations of a PATCH in order, each to the result of the one before (RFC 7644 §3.5.2). All or
 * nothing: the given resource is not changed. The time is linear in resource and operations; repeated searches through
 * many values are bounded by `patchComparisonsMax`.
 * @param resource as stored
 * @param resourceId its id: an operation that sets `id` to what it is has no effect (Okta sends it)
 * @param hasOthers whether the PATCH changes more than these operations say. Read-only attributes are left out if there
 *   is anything else to do, so that they do not stop it
 * @throws ScimError `noTarget`, `mutability`, `invalidValue`, or 413 for too much searching
 */
export function applyPatch(
  resource: ScimResource,
  operations: readonly PatchOperation[],
  type: ResourceType,
  resourceId: string,
  hasOthers = false,
): PatchedResource {
  const work = cloneValue(resource);
  const budget = new PatchBudget();
  const readOnly: AttributePath[] = [];
  let isOther = hasOthers;
  for (const operation of operations) {
    if (operation.op === 'ignore' || isReassertedId(operation, resourceId)) continue;
    if (isReadOnly(operation)) {
      // The client means another resource: nothing of it belongs here.
      if (operation.op !== 'remove' && operation.namesResource)
        throw ScimError.mutability('id is read-only.');
      readOnly.push(operation.path);
      continue;
    }
    isOther = true;
    applyOperation(work, operation, budget);
  }
  const left = readOnly.map((path) => readingNote(printPath(path), 'read-only'));
  if (left[0] !== undefined && !isOther) throw ScimError.mutability(refusalDetail(left[0]));
  const notes = [...left, ...leaveOutSecrets(work)];
  const normalized = normalize(work, type);
  checkRequired(normalized, type, resource);
  const changed = !equalValues(resource, normalized);
  return { resource: changed ? normalized : resource, changed, notes };
}

function isReassertedId(operation: EffectiveOperation, resourceId: string): boolean {
  const { attribute } = operation.path;
  const isId = attribute.name === 'id' && attribute.mutability === 'readOnly';
  return isId && operation.op !== 'remove' && operation.value === resourceId;
}

function applyOperation(work: ScimResource, operation: EffectiveOperation, budget: PatchBudget): void {
  const { path } = operation;
  checkClearing(operation);
  const removesWhole = operation.op === 'remove' && operation.values === undefined;
  if (path.attribute.untyped && removesWhole && removeUnknownExtension(work, path)) return;
  const holder = holderIn(work, path, operation.op !== 'remove');
  if (holder === null) return;
  const name = nameIn(holder, path.attribute);
  const before = Object.hasOwn(holder, name) ? holder[name] : undefined;
  const after = isAboutElements(path, before, operation)
    ? changeElements(path, before, operation, budget)
    : changeSingle(path, before, operation);
  if (after === undefined) delete holder[name];
  else holder[name] = after;
  // An unknown extension that was created for the write must not stay behind empty.
  if (path.schema !== null && isUnassigned(holder)) delete work[keyIgnoringCase(work, path.schema)];
}

/** An attribute that no schema describes is a list if it holds one, and any sent value replaces it. */
function isAboutElements(path: AttributePath, before: unknown, operation: EffectiveOperation): boolean {
  const { attribute, filter, sub } = path;
  if (attribute.multiValued || filter !== undefined) return true;
  if (attribute.untyped && sub === undefined && operation.op === 'replace') return false;
  return Array.isArray(before);
}

/** The key of an attribute: its name, or, if no schema describes it, the spelling that came first. */
function nameIn(holder: Record<string, unknown>, attribute: Attribute): string {
  return attribute.untyped ? keyIgnoringCase(holder, attribute.name) : attribute.name;
}

/** The new value of a single-valued attribute; undefined to unassign it. */
function changeSingle(path: AttributePath, before: unknown, operation: EffectiveOperation): unknown {
  const value = operation.op === 'remove' ? undefined : cloneValue(operation.value);
  if (path.sub === undefined) {
    if (path.attribute.untyped !== true || !isObject(value)) return value;
    if (isObject(before)) return withParts(before, value);
    // As it would be afterwards if it was sent again: else each repetition would be a change.
    return withParts({}, value) ?? (operation.op === 'add' ? before : undefined);
  }
  const after: Record<string, unknown> = isObject(before) ? { ...before } : {};
  const key = nameIn(after, path.sub);
  if (value === undefined) delete after[key];
  else after[key] = value;
  return isUnassigned(after) ? undefined : after;
}

/** Of an object only the parts that were sent are changed (RFC 7644 §3.5.2.1 and §3.5.2.3); an empty one goes. */
function withParts(before: Record<string, unknown>, sent: Record<string, unknown>): unknown {
  const after = { ...before };
  const keys = new KeysIgnoringCase(after);
  for (const [name, value] of Object.entries(sent)) {
    const key = keys.keyOf(name);
    if (isUnassigned(value)) delete after[key];
    else after[key] = value;
  }
  return isUnassigned(after) ? undefined : after;
}

/** An attribute that a resource needs cannot be removed. */
function checkClearing(operation: EffectiveOperation): void {
  const { path } = operation;
  if (!isNeeded(path)) return;
  const { attribute } = path;
  if (operation.op === 'remove') throw ScimError.mutability(`${attribute.name} cannot be removed.`);
  if (operation.value === undefined) throw ScimError.invalidValue(`${attribute.name} must not be empty.`);
}

/** The object that holds the attribute: the resource or an extension in it. */
function holderIn(work: ScimResource, path: AttributePath, create: boolean): Record<string, unknown> | null {
  if (path.schema === null) return work;
  const key = keyIgnoringCase(work, path.schema);
  const existing = Object.hasOwn(work, key) ? work[key] : undefined;
  if (isObject(existing)) return existing;
  if (!create) return null;
  const created: Record<string, unknown> = {};
  work[key] = created;
  return created;
}

/** `remove urn:custom:ext`: whether it names a whole extension can only be told from the resource. */
function removeUnknownExtension(work: ScimResource, path: AttributePath): boolean {
  if (path.filter !== undefined || path.sub !== undefined) return false;
  const urn = path.schema === null ? path.attribute.name : `${path.schema}:${path.attribute.name}`;
  if (ownIgnoringCase(work, urn) === undefined) return false;
  delete work[keyIgnoringCase(work, urn)];
  return true;
}
