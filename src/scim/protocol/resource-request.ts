import type { Config } from '../../config/config.ts';
import { isTakenBack } from '../../database/after-deadlock.ts';
import { UnavailableError } from '../../errors/domain-errors.ts';
import { parseProjection, type Projection } from '../../scim-core/projection.ts';
import type { ResourceType } from '../../scim-core/schema.ts';
import { ScimError } from '../../scim-core/scim-error.ts';
import { etagOf } from './representation.ts';
import type { ScimRequest } from './scim-request.ts';
import { namesTag } from '../../http/request/entity-tag.ts';

/** How often a write starts over because another one came first, before the client is asked to try again. */
const writeAttemptsMax = 20;

/** The root of the protocol as clients see it, in front of any proxy. */
export function scimBaseUrl(config: Pick<Config, 'publicUrl'>): string {
  return `${config.publicUrl}/scim/v2`;
}

/**
 * Which attributes a request wants to see. Call it before anything is written, so that a bad list of names refuses the
 * whole request.
 *
 * @throws ScimError `invalidValue`
 */
export function projectionOf({ query }: Pick<ScimRequest, 'query'>, type: ResourceType): Projection {
  return parseProjection(query.attributes, query.excludedAttributes, type);
}

/**
 * Refuses a write whose `If-Match` names another version (RFC 7644 §3.14). Without the header, nothing is checked.
 *
 * @throws ScimError 412
 */
export function checkPrecondition(ifMatch: string | undefined, version: string): void {
  if (ifMatch === undefined || namesTag(ifMatch, etagOf(version))) return;
  throw ScimError.preconditionFailed(`The resource is at version ${etagOf(version)}, not at ${ifMatch}.`);
}

/**
 * Reads, decides and writes. Starts over if another write came first (`null`), or if PostgreSQL rolled the attempt back
 * to end a deadlock.
 *
 * @throws UnavailableError when other writes come first every time
 */
export async function writeUntilUnopposed<T>(attempt: () => Promise<T | null>): Promise<T> {
  for (let attempts = 0; attempts < writeAttemptsMax; attempts += 1) {
    try {
      const result = await attempt();
      if (result !== null) return result;
    } catch (error) {
      if (!isTakenBack(error)) throw error;
    }
  }
  throw new UnavailableError(
    'The resource is being changed by many requests at once. Try again in a moment.',
  );
}
