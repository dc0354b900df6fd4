import { enterpriseUserSchema } from '../../scim-core/enterprise-user-schema.ts';
import { isObject, type ScimResource } from '../../scim-core/resource.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { type Attribute, findAttribute } from '../../scim-core/schema.ts';
import { userSchema } from '../../scim-core/user-schema.ts';
import { compileSource, isGiven } from '../rule/source.ts';
import { distinctValuesMax, TypeGuess } from './type-guess.ts';

/** Most examples of one attribute. */
const examplesMax = 3;
/** Most values of one attribute that are looked at in one person. */
const valuesPerPersonMax = 20;
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
  /** The property type that fits the values seen; null while nobody has it. */
  type: string | null;
}

/** An attribute and what was seen of its values. */
export interface SeenAttribute extends AttributeSource {
  /** Different values by their folded text, as first seen, to just above {@link distinctValuesMax}. */
  values: Map<string, string>;
}

/** Looks at people and remembers which attributes they have. */
export class SeenAttributes {
  people = 0;
  private readonly sources = new Map<string, SeenAttribute & { types: TypeGuess }>();

  constructor() {
    for (const { path, description } of knownSources()) this.addSource(path, description, true);
  }

  /** @param resource a person as stored */
  add(resource: ScimResource): void {
    this.people += 1;
    for (const [path, values] of seenValues(resource)) {
      let source = this.sources.get(path);
      if (!source) {
        if (this.sources.size >= sourcesMax || 'fault' in compileSource(path)) continue;
        source = this.addSource(path, null, false);
      }
      source.count += 1;
      source.types.add(values);
      for (const value of values) addValue(source, String(value));
    }
  }

  /** The attributes of the schemas, and those that these people really have, the most frequent first. */
  result(): SeenAttribute[] {
    return [...this.sources.values()]
      .map(({ types, ...source }) => ({
        ...source,
        type: source.count === 0 ? null : types.guess(source.path, source.values.size),
      }))
      .sort((left, right) => right.count - left.count);
  }

  private addSource(path: string, description: string | null, known: boolean) {
    const source = {
      path,
      description,
      known,
      count: 0,
      examples: [],
      type: null,
      values: new Map<string, string>(),
      types: new TypeGuess(),
    };
    this.sources.set(path, source);
    return source;
  }
}

function addValue({ examples, values }: SeenAttribute, text: string): void {
  addExample(examples, text);
  if (values.size > distinctValuesMax) return;
  const key = foldCase(text.trim());
  if (!values.has(key)) values.set(key, text.trim());
}

function addExample(examples: string[], value: string): void {
  if (examples.length >= examplesMax) return;
  const text = value.slice(0, exampleLengthMaxChars).toWellFormed();
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

/** The paths at which a person has values, each with the first of them. Passwords are never among them. */
function seenValues(resource: ScimResource): Map<string, unknown[]> {
  const seen = new Map<string, unknown[]>();
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

function collect(seen: Map<string, unknown[]>, path: string, value: unknown): void {
  if (Array.isArray(value)) {
    for (const element of value as unknown[]) collectElement(seen, path, element);
  } else if (isObject(value)) {
    for (const [sub, part] of Object.entries(value)) note(seen, `${path}.${sub}`, part);
  } else {
    note(seen, path, value);
  }
}

function collectElement(seen: Map<string, unknown[]>, path: string, element: unknown): void {
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

function note(seen: Map<string, unknown[]>, path: string, value: unknown): void {
  if (typeof value === 'object' || !isGiven(value) || /\.password$/iu.test(path)) return;
  const values = seen.get(path);
  if (values === undefined) seen.set(path, [value]);
  else if (values.length < valuesPerPersonMax) values.push(value);
}
