import { enterpriseUserSchema } from '../scim-core/enterprise-user-schema.ts';
import { isObject, type ScimResource } from '../scim-core/resource.ts';
import { type Attribute, findAttribute } from '../scim-core/schema.ts';
import { userSchema } from '../scim-core/user-schema.ts';
import { compileSource, isGiven } from './source.ts';

/** Most examples of one attribute. */
const examplesMax = 3;
/** Longest example, in UTF-16 units. */
const exampleLengthMaxChars = 80;
/** Most attributes that are listed. */
const sourcesMax = 1_000;

/** An attribute that a rule can read. */
export interface AttributeSource {
  /** Ready to be the source of a rule. */
  path: string;
  description: string | null;
  known: boolean;
  /** How many of the people looked at have it. */
  count: number;
  examples: string[];
}

/**
 * The attributes of the schemas, and those that these people really have, the most frequent first.
 *
 * @param resources people as stored
 */
export function attributeSources(resources: readonly ScimResource[]): AttributeSource[] {
  const sources = new Map<string, AttributeSource>();
  for (const { path, description } of knownSources()) {
    sources.set(path, { path, description, known: true, count: 0, examples: [] });
  }
  for (const resource of resources) {
    for (const [path, value] of seenValues(resource)) {
      let source = sources.get(path);
      if (!source) {
        if (sources.size >= sourcesMax || 'fault' in compileSource(path)) continue;
        source = { path, description: null, known: false, count: 0, examples: [] };
        sources.set(path, source);
      }
      source.count++;
      addExample(source.examples, value);
    }
  }
  return [...sources.values()].sort((left, right) => right.count - left.count);
}

function addExample(examples: string[], value: unknown): void {
  if (examples.length >= examplesMax) return;
  const text = String(value).slice(0, exampleLengthMaxChars).toWellFormed();
  if (!examples.includes(text)) examples.push(text);
}

/** The paths that the schemas offer, except those that cannot be the source of a rule. */
function knownSources(): { path: string; description: string }[] {
  const core = userSchema.attributes.flatMap((attribute) => pathsOf('', attribute));
  const enterprise = enterpriseUserSchema.attributes.flatMap((attribute) =>
    pathsOf(`${enterpriseUserSchema.id}:`, attribute),
  );
  return [...core, ...enterprise].filter(({ path }) => 'read' in compileSource(path));
}

function pathsOf(prefix: string, attribute: Attribute): { path: string; description: string }[] {
  const name = prefix + attribute.name;
  const { subAttributes, description } = attribute;
  if (subAttributes === undefined) return [{ path: name, description }];
  const value = findAttribute(subAttributes, 'value');
  if (!attribute.multiValued) {
    if (value) return [{ path: `${name}.value`, description }];
    return subAttributes.map((sub) => ({ path: `${name}.${sub.name}`, description: sub.description }));
  }
  const types = findAttribute(subAttributes, 'type')?.canonicalValues ?? [];
  if (value) {
    const typed = types.map((type) => ({ path: `${name}[type eq "${type}"].value`, description }));
    return [
      { path: `${name}[primary eq true].value`, description },
      { path: `${name}.value`, description },
      ...typed,
    ];
  }
  const parts = subAttributes.filter((sub) => sub.name !== 'type' && sub.name !== 'primary');
  return types.flatMap((type) =>
    parts.map((part) => ({ path: `${name}[type eq "${type}"].${part.name}`, description: part.description })),
  );
}

/** The paths at which a person has a value, each once, with the first value there. Passwords are never among them. */
function seenValues(resource: ScimResource): Map<string, unknown> {
  const seen = new Map<string, unknown>();
  for (const [key, value] of Object.entries(resource)) {
    if (key.toLowerCase() === 'password') continue;
    if (key.includes(':')) {
      if (!isObject(value)) continue;
      for (const [name, part] of Object.entries(value)) collect(seen, `${key}:${name}`, part);
    } else {
      collect(seen, key, value);
    }
  }
  return seen;
}

function collect(seen: Map<string, unknown>, path: string, value: unknown): void {
  if (Array.isArray(value)) {
    for (const element of value as unknown[]) collectElement(seen, path, element);
  } else if (isObject(value)) {
    for (const [sub, part] of Object.entries(value)) note(seen, `${path}.${sub}`, part);
  } else {
    note(seen, path, value);
  }
}

function collectElement(seen: Map<string, unknown>, path: string, element: unknown): void {
  if (!isObject(element)) return note(seen, path, element);
  const { type, primary } = element;
  if (primary === true) note(seen, `${path}[primary eq true].value`, element.value);
  note(seen, `${path}.value`, element.value);
  if (typeof type !== 'string' || !/^[\w .-]+$/u.test(type)) return;
  for (const [sub, part] of Object.entries(element)) {
    if (!['type', 'primary', '$ref', 'display'].includes(sub))
      note(seen, `${path}[type eq "${type}"].${sub}`, part);
  }
}

function note(seen: Map<string, unknown>, path: string, value: unknown): void {
  if (typeof value === 'object' || !isGiven(value) || /\.password$/iu.test(path)) return;
  if (!seen.has(path)) seen.set(path, value);
}
