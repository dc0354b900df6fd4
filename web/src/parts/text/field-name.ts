import { memberTextFields } from '../../locales/member-fields.ts';
import type { Property } from '../../api/shapes.ts';
import type { Translate } from '../../locales/text-key.ts';

const fields = [
  ...memberTextFields,
  'manager',
  'managerId',
  'status',
  'role',
  'access',
  'groups',
  'members',
  'name',
] as const;
type Field = (typeof fields)[number];
const propertyPrefix = 'properties.';

/** How the service names the property with this key among the fields of a member. */
export function propertyField(key: string): string {
  return propertyPrefix + key;
}

/** The key of the property that a field is; null for a field that every member has. */
export function propertyKeyOf(field: string): string | null {
  return field.startsWith(propertyPrefix) ? field.slice(propertyPrefix.length) : null;
}

/** A member field or a property as the admin knows it; anything else as it is written. */
export function fieldName(field: string, properties: readonly Property[], t: Translate): string {
  const key = propertyKeyOf(field);
  if (key !== null) return properties.find((property) => property.key === key)?.name ?? key;
  return fields.includes(field as Field) ? t(`field.${field as Field}`) : field;
}
