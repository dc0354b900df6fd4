import type { FieldChange, FieldValue } from '../../api/shapes.ts';

const managerPath = /(^|:)manager(\.value)?$/;
/** The parts of an address in the order in which it is written; what else belongs to a value is for machines. */
const addressParts = ['streetAddress', 'postalCode', 'locality', 'region', 'country'] as const;

/** Changes as the timeline has them, where they have that shape; values become readable. */
export function timelineChanges(changes: unknown): FieldChange[] {
  if (!Array.isArray(changes)) return [];
  return (changes as Record<string, unknown>[]).flatMap((change) => {
    const path = change.field ?? change.path ?? change.attribute;
    if (typeof path !== 'string') return [];
    if (path === 'active') {
      return [{ field: 'status', before: statusOf(change.before), after: statusOf(change.after) }];
    }
    const field = managerPath.test(path) ? 'managerId' : path;
    return [
      {
        field,
        before: withUnnamed(readable(change.before), change.left),
        after: withUnnamed(readable(change.after), change.joined),
      },
    ];
  });
}

/** A list of people with the number of those who are not named in it. */
function withUnnamed(named: FieldValue, count: unknown): FieldValue {
  if (!Array.isArray(named) || typeof count !== 'number' || count <= named.length) return named;
  return [...named, `+ ${count - named.length}`];
}

/** `active`, as a member has it. */
function statusOf(active: unknown): FieldValue {
  if (typeof active !== 'boolean') return readable(active);
  return active ? 'active' : 'deactivated';
}

/** A SCIM value for reading: an address as one line, of an e-mail address or a phone number the value alone. */
export function readable(value: unknown): FieldValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((element) => String(readable(element) ?? '')).filter(Boolean);
  const parts = value as Record<string, unknown>;
  if (parts.value !== undefined) return readable(parts.value);
  const address = addressParts.map((part) => parts[part]).filter((part) => typeof part === 'string');
  return address.length > 0 ? address.join(', ') : JSON.stringify(value);
}
