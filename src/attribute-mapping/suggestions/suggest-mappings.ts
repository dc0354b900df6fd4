import { memberFields, memberTextFields } from '../../member-directory/fields/member-field.ts';
import type { Property } from '../../member-directory/properties/property-row.ts';
import { propertyKeyOf } from '../../member-directory/properties/property-key.ts';
import { optionTextLengthMaxChars } from '../../member-directory/properties/property-options.ts';
import type { PropertyOption } from '../../member-directory/properties/property-types/property-type.ts';
import { propertyTypeOf } from '../../member-directory/properties/property-types/registry.ts';
import { foldCase } from '../../scim-core/fold.ts';
import type { SeenAttribute } from './attribute-sources.ts';
import { type Rule, type RuleField, targetName } from '../rule/rule.ts';
import { pathsOfRule } from '../compile/rule-paths.ts';
import type { Suggestion } from './suggestion-text.ts';
import { distinctValuesMax } from './type-guess.ts';

/** Most suggestions that are made at once. */
const suggestionsMax = 50;
/** Longest name that is made of a path, in UTF-16 units. */
const nameLengthMaxChars = 60;

/** A property as it would be made. */
export interface SuggestedProperty {
  key: string;
  name: string;
  type: string;
  options?: PropertyOption[];
}

/** A ready rule for an attribute that people have and no rule reads. */
export interface MappingSuggestion {
  path: string;
  people: number;
  examples: string[];
  /** The property type that fits the values. */
  type: string;
  /** How many different values there are; null when they are too many to be told apart. */
  values: number | null;
  /** The property to make for it; null when the rule fills a field or a property that exists. */
  property: SuggestedProperty | null;
  rule: Rule;
  /** The question that it is, as a code with what a sentence about it needs. */
  question: Suggestion;
}

/** What carries the identity of a person, or is read by the built-in rules: there is nothing to suggest about it. */
const uninteresting = new RegExp(
  `^(?:${[
    ...[
      'userName',
      'externalId',
      'active',
      'displayName',
      'preferredLanguage',
      'locale',
      'timezone',
      'profileUrl',
    ],
    ...['name\\.', 'emails', 'photos', 'ims', 'x509Certificates', 'schemas', 'id$', 'meta'],
  ].join('|')})`,
  'iu',
);

/** The fields that the built-in rules fill from an attribute as it is. */
const fieldsByPath: ReadonlyMap<string, RuleField> = new Map(
  memberFields.flatMap((field) =>
    memberTextFields[field].sources.flatMap(({ path, transform }) =>
      transform === undefined ? [[path, field] as const] : [],
    ),
  ),
);

/**
 * Ready rules and properties for the attributes that people really have, the most frequent first. Pure.
 *
 * @param seen the attributes, the most frequent first
 * @param rules the rules that hold now: what they read or fill already is not suggested
 * @param properties the properties of the workspace
 */
export function suggestMappings(
  seen: readonly SeenAttribute[],
  rules: readonly Rule[],
  properties: readonly Property[],
): MappingSuggestion[] {
  const read = new Set(rules.flatMap(pathsOfRule).map(plainPath));
  const filled = new Set(rules.map(({ target }) => targetName(target)));
  const keys = new Set(properties.map(({ key }) => key));
  const suggestions: MappingSuggestion[] = [];
  for (const attribute of seen) {
    if (suggestions.length >= suggestionsMax) break;
    const { path, count } = attribute;
    if (count === 0 || uninteresting.test(path) || read.has(plainPath(path)) || isRepeated(path, seen))
      continue;
    const field = fieldsByPath.get(path);
    if (field !== undefined) {
      if (!filled.has(field)) suggestions.push(toField(attribute, field));
      continue;
    }
    const suggestion = toProperty(attribute, properties, filled, keys);
    if (suggestion === null) continue;
    suggestions.push(suggestion);
    if (suggestion.property !== null) keys.add(suggestion.property.key);
  }
  return suggestions;
}

/** `manager` and `manager.value` are the same source, and so is a path without the URN of the enterprise extension. */
function plainPath(path: string): string {
  return foldCase(path)
    .replace(/\.value$/u, '')
    .replace(/^urn:ietf:params:scim:schemas:extension:enterprise:2\.0:user:/u, '');
}

/** `phoneNumbers.value` says nothing that `phoneNumbers[type eq "work"].value` does not say better. */
function isRepeated(path: string, seen: readonly SeenAttribute[]): boolean {
  if (/\[primary eq true\]|\.(\$ref|display|displayName)$/iu.test(path)) return true;
  const list = /^(.*)\.value$/u.exec(path)?.[1];
  return (
    list !== undefined && seen.some(({ path: other, count }) => count > 0 && other.startsWith(`${list}[type`))
  );
}

function toField(attribute: SeenAttribute, field: RuleField): MappingSuggestion {
  return {
    ...common(attribute),
    property: null,
    rule: { source: attribute.path, transforms: [], target: { field }, when: 'always' },
    question: { code: 'fill-field', params: { ...about(attribute), field: fieldName(field) } },
  };
}

/** Null when the property of that name is filled already, or by people. */
function toProperty(
  attribute: SeenAttribute,
  properties: readonly Property[],
  filled: ReadonlySet<string>,
  keys: ReadonlySet<string>,
): MappingSuggestion | null {
  const name = nameOf(attribute.path);
  const ownKey = propertyKeyOf(name, new Set());
  const existing = properties.find(
    ({ key, name: other }) => key === ownKey || foldCase(other) === foldCase(name),
  );
  if (existing !== undefined && isTaken(existing, filled)) return null;
  const key = existing?.key ?? propertyKeyOf(name, keys);
  const type = existing?.type ?? attribute.type ?? 'text';
  const rule: Rule = { source: attribute.path, transforms: [], target: { property: key }, when: 'always' };
  const { hasOptions } = propertyTypeOf(type);
  if (hasOptions) rule.unknownOption = 'create';
  const base = { ...common(attribute), rule };
  if (existing !== undefined) {
    const params = { ...about(attribute), property: existing.name };
    return { ...base, property: null, question: { code: 'fill-property', params } };
  }
  const options = hasOptions ? optionsOf(attribute) : undefined;
  const property: SuggestedProperty = { key, name, type, ...(options && { options }) };
  const params = { ...about(attribute), property: name, type };
  const question: Suggestion =
    options === undefined
      ? { code: 'create-property', params }
      : { code: 'create-choice', params: { ...params, values: options.length } };
  return { ...base, property, question };
}

/** Whether the property has a rule already, or no rule may fill it. */
function isTaken({ key, filledBy }: Property, filled: ReadonlySet<string>): boolean {
  return filledBy === 'people' || filled.has(targetName({ property: key }));
}

function common({ path, count, examples, type, values }: SeenAttribute) {
  const known = values.size <= distinctValuesMax ? values.size : null;
  return { path, people: count, examples, type: type ?? 'text', values: known };
}

function optionsOf({ values }: SeenAttribute): PropertyOption[] {
  return [...values]
    .filter(([, name]) => name !== '' && name.length <= optionTextLengthMaxChars)
    .map(([key, name]) => ({ key, name }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

function about({ path, count }: SeenAttribute): { people: number; attribute: string } {
  return { people: count, attribute: shortName(path) };
}

function fieldName(field: RuleField): string {
  return targetName({ field });
}

/** The last part of a path: `department`, `phoneNumbers[type eq "work"].value`. */
function shortName(path: string): string {
  return path.slice(path.lastIndexOf(':') + 1);
}

/** `costCenter` → `Cost center`, `phoneNumbers[type eq "work"].value` → `Work phone number`. */
function nameOf(path: string): string {
  const {
    list = '',
    type = '',
    sub = '',
  } = /^(?<list>[^[.]+)(\[type eq "(?<type>[^"]+)"\])?(\.(?<sub>.+))?$/u.exec(shortName(path))?.groups ?? {};
  const singular =
    type === '' ? list : list.replace(/(?<=\w)(ss|s|es)$/u, (end) => (end === 'ss' ? 'ss' : ''));
  const words = [type, singular, sub === 'value' ? '' : sub]
    .filter((word) => word !== '')
    .join(' ')
    .replace(/([a-z0-9])([A-Z])/gu, '$1 $2')
    .replace(/[_-]+/gu, ' ')
    .toLowerCase()
    .trim()
    .slice(0, nameLengthMaxChars);
  return words === '' ? 'Attribute' : words.charAt(0).toUpperCase() + words.slice(1);
}
