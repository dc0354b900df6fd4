import type { Config } from '../../config/config.ts';
import { sqlState } from '../../errors/failed-query.ts';
import { UnavailableError } from '../../errors/domain-errors.ts';
import { ScimError } from '../../scim-core/scim-error.ts';
import { etagOf } from './representation.ts';
import { namesTag } from '../../http/request/entity-tag.ts';

/** How often a write starts over because another one came first, before the client is asked to come again. */
const writeAttemptsMax = 20;

/** PostgreSQL has taken back all that the attempt did: a deadlock, a serialization failure. */
const takenBack = new Set(['40P01', '40001']);

/** The root of the protocol as clients see it, behind whatever proxy. */
export function scimBaseUrl(config: Pick<Config, 'publicUrl'>): string {
  return `${config.publicUrl}/scim/v2`;
}

/**
 * Refuses a write whose `If-Match` names another version (RFC 7644 §3.14). Without the header nothing is checked.
 *
 * @throws ScimError 412
 */
export function checkPrecondition(ifMatch: string | undefined, version: string): void {
  if (ifMatch === undefined || namesTag(ifMatch, etagOf(version))) return;
  throw ScimError.preconditionFailed(`The resource is at version ${etagOf(version)}, not at ${ifMatch}.`);
}

/**
 * Reads, decides and writes, and starts over as long as another write came between (`null`) or PostgreSQL
 * took it back to end a deadlock.
 *
 * @throws UnavailableError when others win every time
 */
export async function writeUntilUnopposed<T>(attempt: () => Promise<T | null>): Promise<T> {
  for (let attempts = 0; attempts < writeAttemptsMax; attempts += 1) {
    try {
      const result = await attempt();
      if (result !== null) return result;
    } catch (error) {
      if (!takenBack.has(sqlState(error) ?? '')) throw error;
    }
  }
  throw new UnavailableError(
    'The resource is being changed by many requests at once. Try again in a moment.',
  );
}
