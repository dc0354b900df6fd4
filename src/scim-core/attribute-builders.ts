import type { Attribute } from './schema.ts';

type Characteristics = Partial<Omit<Attribute, 'name' | 'description'>>;

/** A single-valued attribute. Characteristics that are not given have the defaults of RFC 7643 §2.2. */
export function single(name: string, description: string, characteristics: Characteristics = {}): Attribute {
  return {
    name,
    type: 'string',
    multiValued: false,
    description,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...characteristics,
  };
}

/** A single-valued attribute with sub-attributes. */
export function complex(
  name: string,
  description: string,
  subAttributes: readonly Attribute[],
  characteristics: Characteristics = {},
): Attribute {
  return single(name, description, { type: 'complex', subAttributes, ...characteristics });
}

/**
 * A multi-valued attribute with the default sub-attributes `value`, `display`, `type` and `primary`
 * (RFC 7643 §2.4).
 * @param types the canonical values of `type`: suggestions, other values are accepted too
 * @param value the characteristics of `value` that differ from a plain string
 */
export function plural(
  name: string,
  description: string,
  types: readonly string[],
  value: Characteristics = {},
): Attribute {
  return single(name, description, {
    type: 'complex',
    multiValued: true,
    subAttributes: [
      single('value', `The value of one of the ${name}.`, value),
      single('display', 'A human-readable name, primarily used for display purposes.'),
      kind(types),
      primary,
    ],
  });
}

/** The `type` sub-attribute of a multi-valued attribute. */
export function kind(types: readonly string[]): Attribute {
  return single('type', "A label indicating the attribute's function.", {
    ...(types.length > 0 ? { canonicalValues: types } : {}),
  });
}

/** The `primary` sub-attribute of a multi-valued attribute. */
export const primary: Attribute = single(
  'primary',
  'Whether this is the preferred value of the attribute; true at most once.',
  { type: 'boolean' },
);
