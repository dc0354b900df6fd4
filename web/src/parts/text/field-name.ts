import type { TFunction } from 'i18next';
import { memberTextFields } from '../../locales/member-fields.ts';
import type { Property } from '../../api/shapes.ts';

const fields = [...memberTextFields, 'manager', 'managerId', 'status', 'groups', 'members', 'name'] as const;
type Field = (typeof fields)[number];
export const propertyPrefix = 'properties.';

/** A member field or a property as the admin knows it; anything else as it is written. */
export function fieldName(field: string, properties: readonly Property[], t: TFunction<'page'>): string {
  if (field.startsWith(propertyPrefix)) {
    const key = field.slice(propertyPrefix.length);
    return properties.find((property) => property.key === key)?.name ?? key;
  }
  return fields.includes(field as Field) ? t(`field.${field as Field}`) : field;
}
