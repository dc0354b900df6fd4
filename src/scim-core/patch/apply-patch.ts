import { printPath } from '../attribute-path.ts';
import type { AttributePath } from '../attribute-path.ts';
import { checkRequired, settle } from '../finished-resource.ts';
import { leaveOutSecrets } from '../leave-out-secrets.ts';
import { ignoredNamesMax } from '../limits.ts';
import { cloneValue, equalValues, isObject, isUnassigned, ownIgnoringCase } from '../resource.ts';
import type { ScimResource } from '../resource.ts';
import type { ResourceType } from '../schema.ts';
import { ScimError } from '../scim-error.ts';
import { changeElements } from './change-elements.ts';
import { PatchBudget } from './patch-budget.ts';
import type { PatchOperation } from './patch-operation.ts';

/** What a PATCH made of a resource. */
export interface PatchedResource {
  resource: ScimResource;
  /** False when the resource is what it was: then neither version nor lastModified may move. */
  changed: boolean;
  /** Attributes that were passed over because the schemas lack them. */
  ignored: string[];
}

type EffectiveOperation = Exclude<PatchOperation, { op: 'ignore' }>;

/**
 * Applies the operations of a PATCH in order, each to the result of the one before (RFC 7644 §3.5.2). All or
 * nothing: the resource given is never touched. Takes time linear in resource and operations; searching
 * through many values many times is bounded by `patchComparisonsMax`.
 * @param resource as stored
 * @param resourceId its id: an operation that sets `id` to what it is has no effect (Okta sends it)
 * @throws ScimError `noTarget`, `mutability`, `invalidValue`, or 413 for too much searching
 */
export function applyPatch(
  resource: ScimResource,
  operations: readonly PatchOperation[],
  type: ResourceType,
  resourceId: string,
): PatchedResource {
  const work = cloneValue(resource);
  const budget = new PatchBudget();
  const ignored = new Set<string>();
  for (const operation of operations) {
    if (operation.op === 'ignore') ignored.add(operation.path.slice(0, nameShownMaxChars));
    else if (!isReassertedId(operation, resourceId)) applyOperation(work, operation, budget);
  }
  for (const path of leaveOutSecrets(work)) ignored.add(path.slice(0, nameShownMaxChars));
  const settled = settle(work, type);
  checkRequired(settled, type);
  const changed = !equalValues(resource, settled);
  return { resource: changed ? settled : resource, changed, ignored: [...ignored].slice(0, ignoredNamesMax) };
}

const nameShownMaxChars = 200;

/** @throws ScimError `mutability` when the id is another one (RFC 7644 §3.5.2) */
function isReassertedId(operation: EffectiveOperation, resourceId: string): boolean {
  const { path } = operation;
  if (path.attribute.mutability !== 'readOnly' && path.sub?.mutability !== 'readOnly') return false;
  if (path.attribute.name === 'id' && operation.op !== 'remove' && operation.value === resourceId)
    return true;
  throw ScimError.mutability(`${printPath(path)} is read-only.`);
}

function applyOperation(work: ScimResource, operation: EffectiveOperation, budget: PatchBudget): void {
  const { path } = operation;
  checkClearing(operation);
  if (path.attribute.untyped && operation.op === 'remove' && removeUnknownExtension(work, path)) return;
  const holder = holderIn(work, path, operation.op !== 'remove');
  if (holder === null) return;
  const { name } = path.attribute;
  const before = Object.hasOwn(holder, name) ? holder[name] : undefined;
  const isList = path.attribute.multiValued || path.filter !== undefined || Array.isArray(before);
  const after = isList
    ? changeElements(path, before, operation, budget)
    : changeSingle(path, before, operation);
  if (after === undefined) delete holder[name];
  else holder[name] = after;
  // An unknown extension that was only opened to be written into must not stay behind empty.
  if (path.schema !== null && isUnassigned(holder)) delete work[keyOf(work, path.schema)];
}

/** The new value of a single-valued attribute; undefined to unassign it. */
function changeSingle(path: AttributePath, before: unknown, operation: EffectiveOperation): unknown {
  const value = operation.op === 'remove' ? undefined : cloneValue(operation.value);
  if (path.sub === undefined) return value;
  const after: Record<string, unknown> = isObject(before) ? { ...before } : {};
  if (value === undefined) delete after[path.sub.name];
  else after[path.sub.name] = value;
  return isUnassigned(after) ? undefined : after;
}

/**
 * Required attributes cannot go. Neither can `active`: what its absence meant would decide over a person's
 * access, and no identity provider means to leave that open.
 */
function checkClearing(operation: EffectiveOperation): void {
  const { path } = operation;
  const { attribute } = path;
  const isNeeded = attribute.required || (path.schema === null && attribute.name === 'active');
  if (!isNeeded || path.sub !== undefined) return;
  if (operation.op === 'remove') throw ScimError.mutability(`${attribute.name} cannot be removed.`);
  if (operation.value === undefined) throw ScimError.invalidValue(`${attribute.name} must not be empty.`);
}

/** The object that holds the attribute: the resource or an extension in it. */
function holderIn(work: ScimResource, path: AttributePath, create: boolean): Record<string, unknown> | null {
  if (path.schema === null) return work;
  const key = keyOf(work, path.schema);
  const existing = Object.hasOwn(work, key) ? work[key] : undefined;
  if (isObject(existing)) return existing;
  if (!create) return null;
  const created: Record<string, unknown> = {};
  work[key] = created;
  return created;
}

/** The key under which the resource has an extension; the URN itself while it has none. */
function keyOf(work: ScimResource, urn: string): string {
  if (Object.hasOwn(work, urn)) return urn;
  const folded = urn.toLowerCase();
  return Object.keys(work).find((key) => key.toLowerCase() === folded) ?? urn;
}

/** `remove urn:custom:ext`: whether it names a whole extension can only be told from the resource. */
function removeUnknownExtension(work: ScimResource, path: AttributePath): boolean {
  if (path.filter !== undefined || path.sub !== undefined) return false;
  const urn = path.schema === null ? path.attribute.name : `${path.schema}:${path.attribute.name}`;
  if (ownIgnoringCase(work, urn) === undefined) return false;
  delete work[keyOf(work, urn)];
  return true;
}
