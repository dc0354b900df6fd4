import fc from 'fast-check';

/** A part of a JSON schema, as OpenAPI 3.1 has it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  format?: string;
  nullable?: boolean;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  required?: string[];
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
}

export type Schemas = Readonly<Record<string, Schema>>;

const depthMax = 4;
const itemsMax = 4;

/** Texts that have broken somebody's service before. */
const hostileTexts = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  'a\u202eb',
  "'; DROP TABLE member; --",
  '" or 1=1',
  '%00%2e%2e%2f',
  '${7*7}',
  '__proto__',
  'constructor',
  '=cmd|x',
  'NaN',
  '1e999',
  'ß'.repeat(300),
  '𝔘'.repeat(2_000),
  'x'.repeat(70_000),
];

export const hostileText = fc.constantFrom(...hostileTexts);
const hostileNumber = fc.constantFrom(0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, -0);
const anyJson = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  hostileText,
  hostileNumber,
  fc.constantFrom(null, true, [], {}, { constructor: 'y' }, JSON.parse('{"__proto__":{"x":1}}') as object),
);

/** Addresses that nothing is sent to: the service does not call itself, nor this machine. */
const addresses = [
  'http://127.0.0.1:1/',
  'https://127.0.0.1/x',
  'https://[::1]/',
  'ftp://example.com',
  'https://',
  'nonsense',
];
const times = [
  '2026-01-31T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '2026-02-30',
  '+275760-09-13',
  'now',
];
const mails = [
  'ada@example.com',
  'ADA@EXAMPLE.COM',
  'a@b',
  '@',
  `${'a'.repeat(300)}@example.com`,
  'ada@exämple.com',
];

/** Values that fit a schema mostly, and now and then do not. */
export function valueOf(
  schema: Schema,
  schemas: Schemas,
  ids: fc.Arbitrary<string>,
  depth = 0,
): fc.Arbitrary<unknown> {
  const fitting = fittingValueOf(schema, schemas, ids, depth);
  return fc.oneof({ weight: 12, arbitrary: fitting }, { weight: 1, arbitrary: anyJson });
}

function fittingValueOf(
  schema: Schema,
  schemas: Schemas,
  ids: fc.Arbitrary<string>,
  depth: number,
): fc.Arbitrary<unknown> {
  if (depth > depthMax) return fc.constant(null);
  if (schema.$ref !== undefined)
    return fittingValueOf(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas, ids, depth);
  const choices = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (choices !== undefined && choices.length > 0)
    return fc.oneof(...choices.map((choice) => valueOf(choice, schemas, ids, depth)));
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  if (types.length > 1)
    return fc.oneof(...types.map((type) => fittingValueOf({ ...schema, type }, schemas, ids, depth)));
  switch (types[0]) {
    case 'string':
      return textOf(schema.format, ids);
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: -3, max: 300 }), hostileNumber);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(valueOf(schema.items ?? {}, schemas, ids, depth + 1), { maxLength: itemsMax });
    case 'object':
      return objectOf(schema, schemas, ids, depth);
    default:
      return anyJson;
  }
}

function textOf(format: string | undefined, ids: fc.Arbitrary<string>): fc.Arbitrary<string> {
  if (format === 'uuid') return ids;
  if (format === 'date-time' || format === 'date') return fc.constantFrom(...times);
  if (format === 'uri' || format === 'url') return fc.constantFrom(...addresses);
  return fc.oneof(
    { weight: 4, arbitrary: fc.string({ maxLength: 20 }) },
    { weight: 2, arbitrary: fc.constantFrom(...mails, ...addresses, ...times) },
    { weight: 2, arbitrary: ids },
    { weight: 1, arbitrary: hostileText },
  );
}

function objectOf(
  schema: Schema,
  schemas: Schemas,
  ids: fc.Arbitrary<string>,
  depth: number,
): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = schema;
  const known = Object.fromEntries(
    Object.entries(properties).map(([name, part]) => [name, valueOf(part, schemas, ids, depth + 1)]),
  );
  const given = fc.record(known, { requiredKeys: required.filter((name) => name in known) });
  if (!additionalProperties) return given;
  const more = fc.dictionary(fc.oneof(fc.string({ maxLength: 12 }), hostileText), anyJson, { maxKeys: 2 });
  return fc.tuple(given, more).map(([own, others]) => ({ ...others, ...own }));
}
