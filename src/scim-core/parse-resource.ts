import { extensionAttribute, findSchema, resolveName } from './attribute-name.ts';
import type { AttributeName } from './attribute-name.ts';
import { coerceValue } from './coerce-value.ts';
import { checkRequired, settle } from './finished-resource.ts';
import { leaveOutSecrets } from './leave-out-secrets.ts';
import { ignoredNamesMax } from './limits.ts';
import { checkRaw } from './raw-value.ts';
import { cloneValue, isObject, isUnassigned, ownIgnoringCase } from './resource.ts';
import type { ScimResource } from './resource.ts';
import type { ResourceType } from './schema.ts';
import { ScimError } from './scim-error.ts';

/** A body read into a resource, and the attributes in it that the schemas do not have. */
export interface ParsedResource {
  resource: ScimResource;
  ignored: string[];
}

/**
 * Reads the body of a POST or PUT (RFC 7644 §3.3 and §3.5.1). Names are taken in any case, URNs also in the
 * spellings of older drafts; values are coerced to their schema type; read-only attributes and the password
 * are left out, and so is what its name says to be a secret; of two primary values the first stays primary; extensions that no schema describes are kept
 * as sent. What is unknown is passed over and named: one mapping too many must not stop a deactivation.
 * `active` is left as sent: what its absence means differs between POST and PUT.
 * @param body the parsed JSON
 * @throws ScimError `invalidSyntax` when the body is no object; `invalidValue` for wrong and missing values
 */
export function parseResource(body: unknown, type: ResourceType): ParsedResource {
  if (!isObject(body)) throw ScimError.invalidSyntax('The body must be a JSON object.');
  const resource: ScimResource = {};
  const ignored: string[] = [];
  for (const [key, value] of Object.entries(body)) {
    readMember(key, value, type, resource, ignored);
  }
  ignored.push(...leaveOutSecrets(resource));
  checkRequired(resource, type);
  return { resource: settle(resource, type), ignored: [...new Set(ignored)].slice(0, ignoredNamesMax) };
}

function readMember(
  key: string,
  value: unknown,
  type: ResourceType,
  resource: ScimResource,
  ignored: string[],
): void {
  const schema = key.includes(':') ? findSchema(key, type) : undefined;
  if (schema === type.schema && isObject(value)) {
    for (const [inner, part] of Object.entries(value)) readMember(inner, part, type, resource, ignored);
    return;
  }
  if (schema === undefined && /^(urn|https?):/i.test(key) && isObject(value)) {
    keepUnknownExtension(key, value, resource);
    return;
  }
  const name =
    schema === undefined ? resolveName(key, type) : { schema: null, attribute: extensionAttribute(schema) };
  if (name === null || name.sub !== undefined) ignored.push(key.slice(0, nameShownMaxChars));
  else readAttribute(name, value, resource, ignored);
}

const nameShownMaxChars = 200;

function readAttribute(name: AttributeName, value: unknown, resource: ScimResource, ignored: string[]): void {
  const { attribute } = name;
  // RFC 7644 §3.3: read-only attributes in a body are ignored. Passwords are accepted and discarded.
  if (attribute.mutability === 'readOnly' || attribute.mutability === 'writeOnly') return;
  const coercion = coerceValue(attribute, value, attribute.name);
  ignored.push(...coercion.ignored);
  if (coercion.value === undefined) return;
  const holder = name.schema === null ? resource : extensionIn(resource, name.schema);
  const before = Object.hasOwn(holder, attribute.name) ? holder[attribute.name] : undefined;
  // An extension may come in two spellings of its URN, and beside attributes that were sent without it.
  holder[attribute.name] =
    attribute.name.includes(':') && isObject(before) && isObject(coercion.value)
      ? { ...before, ...coercion.value }
      : coercion.value;
}

function extensionIn(resource: ScimResource, urn: string): Record<string, unknown> {
  const existing = ownIgnoringCase(resource, urn);
  if (isObject(existing)) return existing;
  const created: Record<string, unknown> = {};
  resource[urn] = created;
  return created;
}

function keepUnknownExtension(urn: string, value: Record<string, unknown>, resource: ScimResource): void {
  checkRaw({ [urn]: value }, urn.slice(0, nameShownMaxChars));
  const holder = extensionIn(resource, urn);
  for (const [key, part] of Object.entries(value)) {
    if (key !== '__proto__' && !isUnassigned(part)) holder[key] = cloneValue(part);
  }
  if (isUnassigned(holder)) delete resource[urn];
}
