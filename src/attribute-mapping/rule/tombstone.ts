import { own, type ScimResource } from '../../scim-core/resource.ts';

/** How many characters Entra ID puts before the name of a soft-deleted person. */
export const tombstoneLengthChars = 32;

/**
 * The 32 hex digits that Entra ID put before the userName of a soft-deleted person, or null when the person is none.
 * Entra renames to `<object id without dashes><old userPrincipalName>` in the request that sets `active` to false;
 * read as an address, the name would corrupt accounts. Digits equal to the person's own `externalId` prove it even while
 * `active` is still true.
 */
export function tombstonePrefix(resource: ScimResource): string | null {
  const userName = own(resource, 'userName');
  const match = typeof userName === 'string' ? /^([0-9a-f]{32})[^@]/iu.exec(userName) : null;
  const prefix = match?.[1]?.toLowerCase();
  if (prefix === undefined) return null;
  const externalId = own(resource, 'externalId');
  const isOwnId = typeof externalId === 'string' && externalId.replaceAll('-', '').toLowerCase() === prefix;
  return isOwnId || own(resource, 'active') === false ? prefix : null;
}
