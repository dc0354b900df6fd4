import { equalValues, isObject, own, type ScimResource } from './resource.ts';
import { isSecretName } from './secret-name.ts';

/** A change of one attribute; null where it had or has no value. */
export interface AttributeChange {
  path: string;
  before: unknown;
  after: unknown;
}

/**
 * What differs between two states of a resource, attribute by attribute: `title`, `name.givenName`,
 * `<URN>:department`; a multi-valued attribute as a whole. Secrets are left out. Equal states give an empty list.
 */
export function diffResources(before: ScimResource, after: ScimResource): AttributeChange[] {
  const changes: AttributeChange[] = [];
  for (const key of keysOf(before, after)) {
    const left = own(before, key);
    const right = own(after, key);
    if (isSecretName(key) || equalValues(left, right)) continue;
    const separator = separatorBelow(key);
    if (separator === null || !isPartwise(left) || !isPartwise(right)) changes.push(change(key, left, right));
    else changes.push(...diffParts(`${key}${separator}`, left ?? {}, right ?? {}));
  }
  return changes;
}

/** How to name the parts of an attribute; null for an attribute that is compared as a whole. */
function separatorBelow(key: string): ':' | '.' | null {
  if (key.includes(':')) return ':';
  return key === 'name' ? '.' : null;
}

function isPartwise(value: unknown): value is Record<string, unknown> | undefined {
  return value === undefined || isObject(value);
}

function diffParts(
  prefix: string,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): AttributeChange[] {
  return keysOf(before, after)
    .filter((key) => !isSecretName(key))
    .map((key) => change(`${prefix}${key}`, own(before, key), own(after, key)))
    .filter((part) => !equalValues(part.before, part.after));
}

function change(path: string, before: unknown, after: unknown): AttributeChange {
  return { path, before: before ?? null, after: after ?? null };
}

function keysOf(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])];
}
