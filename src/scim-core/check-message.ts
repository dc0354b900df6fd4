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
  const schemas = ownIgnoringCase(body, 'schemas');
  const given: unknown[] = Array.isArray(schemas) ? schemas : [schemas ?? ''];
  const named = given.filter((one) => one !== null && one !== '');
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
