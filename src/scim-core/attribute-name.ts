import { commonAttributes } from './common-attributes.ts';
import { isName } from './kept-name.ts';
import { isBeginningOfUrn, isUrnLike, splitKnownUrn } from './schema-urn.ts';
import { type Attribute, findAttribute, type ResourceType, type Schema } from './schema.ts';

/** An attribute, or one of its sub-attributes, with the definitions that its name resolved to. */
export interface AttributeName {
  /** URN of the extension that holds the attribute; null for the core schema. */
  readonly schema: string | null;
  /** For a bare extension URN: a complex attribute of that name. */
  readonly attribute: Attribute;
  readonly sub?: Attribute;
}

/**
 * Resolves `attr`, `attr.sub`, either with a URN before it, or a bare extension URN (RFC 7644 §3.10). Case
 * does not matter. A name without URN that the core schema lacks is looked up in the extensions, because this is
 * how Entra sends `manager`. What no schema describes exists untyped, wherever an admin put it: in the core schema,
 * in a known extension, in a complex attribute, under a URN of their own.
 * @returns null for a name that is malformed, or that asks a simple attribute for its parts
 */
export function resolveName(text: string, type: ResourceType): AttributeName | null {
  const colon = text.indexOf(':');
  if (colon === -1) return resolvePlain(text, type);
  const known = splitKnownUrn(text, type);
  if (known === null) return resolveUnknownUrn(text);
  const { schema, rest } = known;
  if (schema === type.schema) return rest === '' ? null : resolveIn(null, coreAttributes(type), rest);
  return rest === '' ? bareExtension(schema) : resolveIn(schema.id, schema.attributes, rest);
}

/** Resolves the name of a sub-attribute inside a value path, where the element plays the resource. */
export function resolveInElement(text: string, parent: Attribute): AttributeName | null {
  const attribute = partOf(parent, text);
  return attribute === null ? null : { schema: null, attribute };
}

/**
 * The sub-attribute of a name, untyped when the schema lacks it.
 * @returns null for anything that is not a name, and for an attribute without parts
 */
export function partOf(attribute: Attribute, name: string): Attribute | null {
  const described = findAttribute(attribute.subAttributes, name);
  if (described !== undefined) return described;
  const hasParts = attribute.untyped === true || attribute.subAttributes !== undefined;
  return hasParts && isName(name) ? untyped(name) : null;
}

/** The canonical text of a name: `name.givenName`, `urn:…:User:manager.value`. */
export function printName(name: AttributeName): string {
  const sub = name.sub === undefined ? '' : `.${name.sub.name}`;
  return `${name.schema === null ? '' : `${name.schema}:`}${name.attribute.name}${sub}`;
}

/** An extension as an attribute of its resource: complex, with the extension's attributes as sub-attributes. */
export function extensionAttribute(schema: Schema): Attribute {
  let attribute = extensionAttributes.get(schema);
  if (attribute === undefined) {
    attribute = {
      ...untyped(schema.id),
      type: 'complex',
      subAttributes: schema.attributes,
      untyped: undefined,
    };
    extensionAttributes.set(schema, attribute);
  }
  return attribute;
}

/** An attribute that no schema describes, with the defaults of RFC 7643 §2.2. */
export function untyped(name: string): Attribute {
  return {
    name,
    type: 'string',
    multiValued: false,
    description: '',
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    untyped: true,
  };
}

const extensionAttributes = new WeakMap<Schema, Attribute>();
const coreLists = new WeakMap<ResourceType, readonly Attribute[]>();

/** The attributes of the core schema and those common to all resources. */
export function coreAttributes(type: ResourceType): readonly Attribute[] {
  let list = coreLists.get(type);
  if (list === undefined) {
    list = [...commonAttributes, ...type.schema.attributes];
    coreLists.set(type, list);
  }
  return list;
}

function resolvePlain(text: string, type: ResourceType): AttributeName | null {
  const dot = text.indexOf('.');
  const name = dot === -1 ? text : text.slice(0, dot);
  const core = coreAttributes(type);
  if (findAttribute(core, name) === undefined) {
    for (const { schema } of type.extensions) {
      if (findAttribute(schema.attributes, name) !== undefined)
        return resolveIn(schema.id, schema.attributes, text);
    }
  }
  return resolveIn(null, core, text);
}

function resolveIn(
  schema: string | null,
  attributes: readonly Attribute[],
  text: string,
): AttributeName | null {
  const dot = text.indexOf('.');
  const name = dot === -1 ? text : text.slice(0, dot);
  const attribute = findAttribute(attributes, name) ?? (isName(name) ? untyped(name) : null);
  if (attribute === null) return null;
  if (dot === -1) return { schema, attribute };
  const sub = partOf(attribute, text.slice(dot + 1));
  return sub === null ? null : { schema, attribute, sub };
}

function bareExtension(schema: Schema): AttributeName {
  return { schema: null, attribute: extensionAttribute(schema) };
}

/**
 * URNs contain colons and dots (`…:2.0:User`), so by convention an unknown URN ends after `:User` or `:Group`, else at
 * the last colon.
 */
function resolveUnknownUrn(text: string): AttributeName | null {
  if (!isUrnLike(text) || isBeginningOfUrn(text)) return null;
  if (/:(user|group)$/i.test(text)) return { schema: null, attribute: untyped(text) };
  const byCustom = /^(.*?:(?:user|group))[:.]([^:]+)$/i.exec(text) ?? /^(.*):([^:]+)$/.exec(text);
  const urn = byCustom?.[1] ?? '';
  const [name = '', sub, ...more] = (byCustom?.[2] ?? '').split('.');
  if (!urn.includes(':') || isBeginningOfUrn(urn) || more.length > 0 || !isName(name)) return null;
  if (sub === undefined) return { schema: urn, attribute: untyped(name) };
  return isName(sub) ? { schema: urn, attribute: untyped(name), sub: untyped(sub) } : null;
}
