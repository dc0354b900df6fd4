import { isUuid } from '../../database/uuid.ts';
import { BadInputError, codedFault } from '../../errors/domain-errors.ts';
import { badExternalId, isExternalId } from '../validation/external-id.ts';

/** How a caller names something: by our id, or by the id that the vendor gave it. */
export type Reference = { kind: 'id'; id: string } | { kind: 'external'; externalId: string };

/** What stands before the vendor's own id. */
export const externalIdPrefix = 'ext:';

/**
 * Reads `018f…` or `ext:{the vendor's own id}`. In a path the id is percent-encoded, which the router has decoded, once.
 * What follows the first `ext:` is the id, whatever it is: `ext:ext:a` names `ext:a`.
 *
 * @param path where it stands, for the fault
 * @returns null for a text that is neither, which names nothing
 * @throws BadInputError for `ext:` with something that cannot be an id
 */
export function readReference(text: string, path: string): Reference | null {
  if (isUuid(text)) return { kind: 'id', id: text.toLowerCase() };
  if (!text.startsWith(externalIdPrefix)) return null;
  const externalId = text.slice(externalIdPrefix.length);
  if (isExternalId(externalId)) return { kind: 'external', externalId };
  const message = `${path} names nothing: what follows "${externalIdPrefix}" ${badExternalId}`;
  throw new BadInputError([codedFault(path, 'not-a-readable-text', message)]);
}

/** The same, of a query or body, where something must be named. @throws BadInputError for a text that is neither, too */
export function requireReference(text: string, path: string): Reference {
  const reference = readReference(text, path);
  if (reference !== null) return reference;
  const message = `${path} must be an id (UUID), or "${externalIdPrefix}" and your own id`;
  throw new BadInputError([codedFault(path, 'not-an-id', message)]);
}
