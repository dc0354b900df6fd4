import { commonAttributes } from './common-attributes.ts';
import { legacyUrns } from './legacy-urns.ts';
import { findAttribute } from './schema.ts';
import type { Attribute, ResourceType, Schema } from './schema.ts';

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
 * does not matter. A name without URN that the core schema lacks is looked up in the extensions, because
 * Entra sends `manager` so. Under a URN that nobody described every name exists, untyped.
 * @returns null for a name that is malformed or that the schemas do not have
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
  if (parent.untyped) return isName(text) ? { schema: null, attribute: untyped(text) } : null;
  const attribute = findAttribute(parent.subAttributes, text);
  return attribute === undefined ? null : { schema: null, attribute };
}

/** The canonical text of a name: `name.givenName`, `urn:…:User:manager.value`. */
export function printName(name: AttributeName): string {
  const sub = name.sub === undefined ? '' : `.${name.sub.name}`;
  return `${name.schema === null ? '' : `${name.schema}:`}${name.attribute.name}${sub}`;
}

/**
 * The schema that a URN means to this resource type, whatever its case and whichever legacy spelling.
 * @returns undefined for a URN that nobody described
 */
export function findSchema(urn: string, type: ResourceType): Schema | undefined {
  return urnTable(type).find((entry) => entry.urn === urn.toLowerCase())?.schema;
}

/** The attribute that an extension is to the resource which holds it: complex, its attributes its sub-attributes. */
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

/** Whether a text has the form of an attribute name; `$ref` and inner `_` and `-` occur. */
export function isName(text: string): boolean {
  return /^[A-Za-z$][A-Za-z0-9_$-]*$/.test(text);
}

const extensionAttributes = new WeakMap<Schema, Attribute>();
const coreLists = new WeakMap<ResourceType, readonly Attribute[]>();
const urnTables = new WeakMap<ResourceType, readonly { urn: string; schema: Schema }[]>();

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
  const core = resolveIn(null, coreAttributes(type), text);
  if (core !== null) return core;
  for (const { schema } of type.extensions) {
    const found = resolveIn(schema.id, schema.attributes, text);
    if (found !== null) return found;
  }
  return null;
}

function resolveIn(
  schema: string | null,
  attributes: readonly Attribute[],
  text: string,
): AttributeName | null {
  const dot = text.indexOf('.');
  const attribute = findAttribute(attributes, dot === -1 ? text : text.slice(0, dot));
  if (attribute === undefined) return null;
  if (dot === -1) return { schema, attribute };
  const sub = findAttribute(attribute.subAttributes, text.slice(dot + 1));
  return sub === undefined ? null : { schema, attribute, sub };
}

function bareExtension(schema: Schema): AttributeName {
  return { schema: null, attribute: extensionAttribute(schema) };
}

/** Known URNs of a type, the longest first: one may be the beginning of another. */
function urnTable(type: ResourceType): readonly { urn: string; schema: Schema }[] {
  let table = urnTables.get(type);
  if (table === undefined) {
    const schemas = [type.schema, ...type.extensions.map((extension) => extension.schema)];
    table = schemas
      .flatMap((schema) => [
        { urn: schema.id.toLowerCase(), schema },
        ...[...legacyUrns]
          .filter(([, meanings]) => meanings.includes(schema.id))
          .map(([urn]) => ({ urn, schema })),
      ])
      .sort((left, right) => right.urn.length - left.urn.length);
    urnTables.set(type, table);
  }
  return table;
}

function splitKnownUrn(text: string, type: ResourceType): { schema: Schema; rest: string } | null {
  const folded = text.toLowerCase();
  for (const { urn, schema } of urnTable(type)) {
    if (folded === urn) return { schema, rest: '' };
    if (folded.startsWith(`${urn}:`)) return { schema, rest: text.slice(urn.length + 1) };
  }
  return null;
}

/**
 * URNs contain colons and dots (`…:2.0:User`), so where an unknown one ends is a matter of custom: after
 * `:User` or `:Group`, else at the last colon.
 */
function resolveUnknownUrn(text: string): AttributeName | null {
  if (!/^(urn:|https?:)/i.test(text)) return null;
  if (/:(user|group)$/i.test(text)) return { schema: null, attribute: untyped(text) };
  const byCustom = /^(.*?:(?:user|group)):([^:]+)$/i.exec(text) ?? /^(.*):([^:]+)$/.exec(text);
  const urn = byCustom?.[1] ?? '';
  const [name = '', sub, ...more] = (byCustom?.[2] ?? '').split('.');
  if (!urn.includes(':') || more.length > 0 || !isName(name)) return null;
  if (sub === undefined) return { schema: urn, attribute: untyped(name) };
  return isName(sub) ? { schema: urn, attribute: untyped(name), sub: untyped(sub) } : null;
}
