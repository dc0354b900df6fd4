import * as urns from './urns.ts';
import type { ResourceType, Schema } from './schema.ts';
import { ownIgnoringCase } from './resource.ts';
import { ScimError } from './scim-error.ts';

/**
 * Checks that a body does not claim to be another message (RFC 7644 §3.5.2, §3.7). Many clients send no `schemas` at
 * all, and a body with the right URN among others says what it is.
 *
 * @param body the parsed JSON
 * @param urn of the expected message
 * @throws ScimError `invalidSyntax`
 */
export function checkMessage(body: object, urn: string): void {
  const named = namedIn(body);
  const [, name = ''] = /:(\w+)$/.exec(urn) ?? [];
  const isMeant = (one: unknown) => typeof one === 'string' && nameOf(one) === name.toLowerCase();
  if (named.length === 0 || named.some(isMeant)) return;
  throw ScimError.invalidSyntax(`schemas must contain the URN of ${name}, or be left out.`);
}

/** The last part of a URN: older drafts begin differently, and case does not matter. */
function nameOf(urn: string): string {
  return urn
    .slice(urn.lastIndexOf(':') + 1)
    .trim()
    .toLowerCase();
}

const foreignUrns: ReadonlySet<string> = new Set(Object.values(urns).map((urn) => urn.toLowerCase()));

/**
 * Checks that the body of a POST or PUT does not claim to be a message, or a resource of another type. Unknown and
 * missing URNs are tolerated, and a body with the right URN among others says what it is.
 *
 * @param body the parsed JSON
 * @throws ScimError `invalidSyntax`
 */
export function checkResourceSchemas(body: object, type: ResourceType): void {
  const named = namedIn(body).filter((one) => typeof one === 'string');
  const isOf = (urn: string, schema: Schema) => urn.trim().toLowerCase() === schema.id.toLowerCase();
  if (named.some((urn) => isOf(urn, type.schema))) return;
  const isExtension = (urn: string) => type.extensions.some(({ schema }) => isOf(urn, schema));
  const foreign = named.find((urn) => foreignUrns.has(urn.trim().toLowerCase()) && !isExtension(urn));
  if (foreign === undefined) return;
  throw ScimError.invalidSyntax(
    `schemas names ${foreign}, which is not a ${type.name}: it must contain ${type.schema.id}, or be left out.`,
  );
}

function namedIn(body: object): unknown[] {
  const schemas = ownIgnoringCase(body, 'schemas');
  const given: unknown[] = Array.isArray(schemas) ? schemas : [schemas ?? ''];
  return given.filter((one) => one !== null && one !== '');
}
