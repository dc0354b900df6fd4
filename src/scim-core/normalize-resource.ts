import type { AttributeName } from './attribute-name.ts';
import { saysSomething, withoutDuplicates } from './coerce-value.ts';
import { isInvisible } from './fold.ts';
import { isObject, own, type ScimResource } from './resource.ts';
import { type Attribute, findAttribute, type ResourceType } from './schema.ts';
import { ScimError } from './scim-error.ts';

/**
 * Whether a resource needs an attribute, so that an unreadable value there refuses the request. `active` is one: its
 * absence would decide about a person's access.
 */
export function isNeeded({ schema, attribute, sub }: AttributeName): boolean {
  if (sub !== undefined || attribute.untyped) return false;
  return attribute.required || (schema === null && attribute.name === 'active');
}

/**
 * Checks that a resource has what its schema requires, so that somebody sees it.
 * @param before what it was: a value that was stored before it was checked may stay
 * @throws ScimError `invalidValue` naming the attribute
 */
export function checkRequired(resource: ScimResource, type: ResourceType, before: ScimResource = {}): void {
  for (const { name, required } of type.schema.attributes) {
    if (!required) continue;
    const value = own(resource, name);
    const isKept = value !== undefined && value === own(before, name);
    if (value === undefined || (!isKept && typeof value === 'string' && isInvisible(value))) {
      throw ScimError.invalidValue(`${name} is required and must not be empty.`);
    }
  }
}

/**
 * Brings a resource into the form that is stored: no element that has only `type` or `primary`, none twice, at most one
 * primary value per attribute, nothing empty. Changes the given resource and returns it.
 */
export function normalize(resource: ScimResource, type: ResourceType): ScimResource {
  for (const attribute of type.schema.attributes) normalizeAttribute(resource, attribute);
  for (const { schema } of type.extensions) {
    const extension = own(resource, schema.id);
    if (!isObject(extension)) continue;
    for (const attribute of schema.attributes) normalizeAttribute(extension, attribute);
    if (Object.keys(extension).length === 0) delete resource[schema.id];
  }
  return resource;
}

function normalizeAttribute(holder: Record<string, unknown>, attribute: Attribute): void {
  if (attribute.type !== 'complex' || !Object.hasOwn(holder, attribute.name)) return;
  const value = holder[attribute.name];
  if (!Array.isArray(value)) {
    if (isObject(value) && Object.keys(value).length === 0) delete holder[attribute.name];
    return;
  }
  const elements = value.filter(saysSomething);
  if (elements.length === 0) delete holder[attribute.name];
  // The number of members is not limited; they alone have no primary value, and are set in their own way.
  else if (findAttribute(attribute.subAttributes, 'primary') === undefined) holder[attribute.name] = elements;
  else holder[attribute.name] = onePrimary(withoutDuplicates(elements));
}

/** RFC 7643 §2.4: `primary` is true at most once; the first stays. */
function onePrimary(elements: unknown[]): unknown[] {
  const first = elements.findIndex((element) => own(element, 'primary') === true);
  return elements.map((element, at) =>
    at !== first && isObject(element) && element.primary === true ? { ...element, primary: false } : element,
  );
}
