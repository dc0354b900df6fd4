import { legacyUrns } from './legacy-urns.ts';
import { enterpriseUserUrn, groupUrn, userUrn } from './urns.ts';
import type { ResourceType, Schema } from './schema.ts';

/**
 * The schema that a URN means for this resource type, in any case and any legacy spelling.
 * @returns undefined for a URN that no schema has
 */
export function findSchema(urn: string, type: ResourceType): Schema | undefined {
  return urnTable(type).find((entry) => entry.urn === urn.toLowerCase())?.schema;
}

/**
 * Splits a name into the URN of a schema that the type knows, and the rest. A dot after the URN is read as a colon:
 * Entra's older dialect writes `urn:…:2.0:User.manager`.
 * @returns null when the name begins with no known URN; `rest` is empty for the bare URN
 */
export function splitKnownUrn(text: string, type: ResourceType): { schema: Schema; rest: string } | null {
  const folded = text.toLowerCase();
  for (const { urn, schema } of urnTable(type)) {
    if (!folded.startsWith(urn)) continue;
    if (folded.length === urn.length) return { schema, rest: '' };
    const separator = folded[urn.length];
    if (separator === ':' || separator === '.') return { schema, rest: text.slice(urn.length + 1) };
  }
  return null;
}

/** Whether a text is only the beginning of a known URN: no extension has such a name. */
export function isBeginningOfUrn(text: string): boolean {
  const folded = text.toLowerCase();
  return standardUrns.some((urn) => urn.length > folded.length && urn.startsWith(folded));
}

/** Whether a key has the form of a URN or URL, which names a schema. */
export function isUrnLike(key: string): boolean {
  return /^(urn|https?):/i.test(key);
}

const standardUrns = [userUrn, groupUrn, enterpriseUserUrn].map((urn) => urn.toLowerCase());
const urnTables = new WeakMap<ResourceType, readonly { urn: string; schema: Schema }[]>();

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
