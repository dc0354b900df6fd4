import type { Property } from './property-row.ts';
import { type ParsedValue, problem } from './property-types/property-type.ts';
import { parsePropertyValue, propertyTypeOf } from './property-types/registry.ts';

/** A property as far as its values go. */
export type PropertyShape = Pick<Property, 'type' | 'options'>;

/** Stands between the values of a multi-select that becomes a text. */
const separator = ', ';

/**
 * Brings a stored value of one type into another. Options go by their names, several values become one text; a person
 * converts to nothing else. Pure; never throws.
 *
 * @returns the value in the stored form of the new type, or the problem with it
 */
export function convertValue(value: unknown, from: PropertyShape, to: PropertyShape): ParsedValue {
  const isReference = (shape: PropertyShape) => propertyTypeOf(shape.type).isReference === true;
  if (isReference(from) && !isReference(to)) return problem('not-a-text', value);
  return parsePropertyValue(to, rawValue(value, from, to));
}

/** A value as somebody would write it for a property of the new type. */
export function rawValue(value: unknown, from: PropertyShape, to: PropertyShape): unknown {
  const named = Array.isArray(value)
    ? (value as unknown[]).map((key) => optionName(key, from))
    : optionName(value, from);
  const { multiValued, joinsValues } = propertyTypeOf(to.type);
  if (!Array.isArray(named) || multiValued) return named;
  // Several options are one text, but never one option, number or day.
  return named.length === 1 || joinsValues ? named.join(separator) : named;
}

function optionName(value: unknown, { options }: PropertyShape): unknown {
  return options?.find(({ key }) => key === value)?.name ?? value;
}
