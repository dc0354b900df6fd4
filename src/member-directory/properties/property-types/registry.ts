import type { Sentence } from '../../../errors/sentence.ts';
import { multiSelect, select } from './choice-types.ts';
import { checkbox, date, number, user } from './plain-types.ts';
import type { ParsedValue, PropertyOption, PropertyType } from './property-type.ts';
import { email, longText, phone, text, url } from './text-types.ts';

/** Every type a property can have, by the name the HTTP contract gives it. */
const registry: ReadonlyMap<string, PropertyType> = new Map(
  [text, longText, number, checkbox, date, select, multiSelect, url, email, phone, user].map((type) => [
    type.name,
    type,
  ]),
);

/** The names of all types, in the order in which a person is offered them. */
export const propertyTypeNames: readonly string[] = [...registry.keys()];

/** What the problems of the types mean, by their codes. */
export const typeProblems: ReadonlyMap<string, Sentence> = new Map(
  [...registry.values()].flatMap(({ problems }) => Object.entries(problems ?? {})),
);

/** The type of this name. Names come from the database or from a checked request, so an unknown one is a bug. */
export function propertyTypeOf(name: string): PropertyType {
  const type = registry.get(name);
  if (!type) throw new Error(`There is no property type ${name}`);
  return type;
}

/**
 * Brings a raw value into the form in which a property of this type is stored.
 *
 * @param property its type and options decide
 * @param raw JSON of a person or what an identity provider sent; neither null nor empty
 * @returns the value, or the problem with it; never throws
 */
export function parsePropertyValue(
  property: { type: string; options: readonly PropertyOption[] | null },
  raw: unknown,
): ParsedValue {
  return propertyTypeOf(property.type).parse(raw, property.options ?? noOptions);
}

const noOptions: readonly PropertyOption[] = [];
