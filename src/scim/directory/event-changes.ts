import { type AttributeChange, diffResources } from '../../scim-core/diff.ts';
import { isObject } from '../../scim-core/resource.ts';

/**
 * The changes that an event tells of. Of a user who was created it keeps the whole resource, which the statement that
 * stores him has at hand anyway: all of it is new.
 */
export function changesOfEvent(stored: unknown): AttributeChange[] {
  return isObject(stored) ? diffResources({}, stored) : (stored as AttributeChange[]);
}
