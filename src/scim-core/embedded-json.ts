import { KeysIgnoringCase } from './keys-ignoring-case.ts';
import { isObject, isUnassigned, keyIgnoringCase, ownIgnoringCase } from './resource.ts';

/** Entra and Keycloak send complex values as JSON in a string. Text that is not JSON stays text. */
export function parseEmbeddedJson(value: unknown): unknown {
  if (!mayBeJson(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/**
 * The elements that a text holds as JSON: one, or a list of them. Other JSON is a text like any other, such as the
 * settings that somebody keeps in an entitlement.
 * @returns null for every other value
 */
export function embeddedElements(value: unknown): Record<string, unknown>[] | null {
  if (!mayBeJson(value)) return null;
  const parsed = parseEmbeddedJson(value);
  const elements: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  return elements.length > 0 && elements.every(isElement) ? elements : null;
}

/**
 * Elements, with those that are packed in texts. An element whose `value` holds the whole element as JSON is Entra's
 * AppRoleAssignmentsComplex: `{"value": "{\"id\": …, \"value\": \"25\", \"displayName\": …}"}`. If the text holds a list,
 * the element stands for all of them. Attributes beside the text win over those in it, except for `value`; only the
 * first element can be the primary one.
 */
export function unpackedElements(elements: readonly unknown[]): readonly unknown[] {
  return elements.some(isPacked) ? elements.flatMap(unpacked) : elements;
}

function isPacked(element: unknown): boolean {
  return isObject(element) ? mayBeJson(ownIgnoringCase(element, 'value')) : mayBeJson(element);
}

function unpacked(element: unknown): readonly unknown[] {
  if (!isObject(element)) return embeddedElements(element) ?? [element];
  const key = keyIgnoringCase(element, 'value');
  const inner = Object.hasOwn(element, key) ? embeddedElements(element[key]) : null;
  if (inner === null) return [element];
  return inner.map((one, at) => mergeParts(one, element, at === 0 ? [key] : [key, 'primary']));
}

function mayBeJson(value: unknown): value is string {
  return typeof value === 'string' && /^\s*[[{]/.test(value);
}

/** The parts by which JSON is known as an element of an attribute that has several. */
const partsOfElement = ['value', 'id', 'display', 'displayName', 'type', 'primary'];

function isElement(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false;
  const inner = ownIgnoringCase(value, 'value');
  if (typeof inner === 'object' && inner !== null) return false;
  return partsOfElement.some((part) => !isUnassigned(ownIgnoringCase(value, part)));
}

function mergeParts(
  inner: Record<string, unknown>,
  outer: Record<string, unknown>,
  without: readonly string[],
): Record<string, unknown> {
  const merged = { ...inner };
  const keys = new KeysIgnoringCase(merged);
  for (const [key, part] of Object.entries(outer)) {
    if (without.includes(key) || isUnassigned(part)) continue;
    delete merged[keys.keyOf(key)];
    merged[key] = part;
  }
  return merged;
}
