import { resolveName } from './attribute-name.ts';
import { isUnreadable, type ReadingNote } from './reading-note.ts';
import { isObject, keyIgnoringCase, own, type ScimResource } from './resource.ts';
import type { ResourceType } from './schema.ts';

/**
 * A resource that replaces another. It keeps the old values where the new ones could not be read: an unreadable value
 * does not mean that there is none.
 * @param notes what was left out of the new resource
 * @returns the resource itself if there is nothing to keep
 */
export function keepUnread(
  resource: ScimResource,
  stored: ScimResource,
  notes: readonly ReadingNote[],
  type: ResourceType,
): ScimResource {
  return notes.filter(isUnreadable).reduce((kept, { path }) => {
    const name = resolveName(path, type);
    if (name === null || name.sub?.mutability === 'readOnly') return kept;
    const steps = [name.schema, name.attribute.name, name.attribute.multiValued ? null : name.sub?.name];
    return withValueOf(
      kept,
      stored,
      steps.flatMap((step) => step ?? []),
    );
  }, resource);
}

/** The object, with another one's value at a path if it has none of its own. */
function withValueOf(
  object: Record<string, unknown>,
  other: unknown,
  [step, ...rest]: readonly string[],
): Record<string, unknown> {
  if (step === undefined || !isObject(other)) return object;
  const old = own(other, keyIgnoringCase(other, step));
  if (old === undefined) return object;
  const key = keyIgnoringCase(object, step);
  const value = own(object, key);
  if (value === undefined) return { ...object, [key]: rest.length === 0 ? old : withValueOf({}, old, rest) };
  return rest.length > 0 && isObject(value) ? { ...object, [key]: withValueOf(value, old, rest) } : object;
}
