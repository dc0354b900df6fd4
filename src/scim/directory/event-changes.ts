import { type AttributeChange, diffResources } from '../../scim-core/diff.ts';
import { isObject } from '../../scim-core/resource.ts';

/**
 * The changes of an event. The event of a created user holds the whole resource, which the statement that stores the
 * user has at hand anyway: all of it is new.
 */
export function changesOfEvent(stored: unknown): AttributeChange[] {
  return isObject(stored) ? diffResources({}, stored) : (stored as AttributeChange[]);
}
