import type { FieldChange, Property } from '../../api/shapes.ts';
import type { Translate } from '../../locales/text-key.ts';
import { propertyKeyOf } from '../../parts/text/field-name.ts';

/** What values are called by: the page's language, the roles of the product, and the properties with their options. */
export interface ValueNames {
  t: Translate;
  roleName: (key: string) => string;
  properties: readonly Property[];
}

/** Before and after as an admin knows them; null for what has to be looked up, such as the name of a manager. */
export function saidOf({ field, before, after }: FieldChange, names: ValueNames): string | null {
  const key = propertyKeyOf(field);
  const property = names.properties.find((each) => each.key === key);
  if (field === 'managerId' || property?.type === 'user') return null;
  const textOf = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return '–';
    if (Array.isArray(value)) return value.map(textOf).join(', ') || '–';
    if (typeof value === 'boolean') return names.t(value ? 'yes' : 'no');
    return typeof value === 'string' ? wordOf(field, value, property, names) : JSON.stringify(value);
  };
  return `${textOf(before)} → ${textOf(after)}`;
}

function wordOf(field: string, value: string, property: Property | undefined, names: ValueNames): string {
  switch (field) {
    case 'status':
      return names.t(`member.status.${value as 'active'}`);
    case 'access':
      return names.t(`access.${value as 'granted'}`);
    case 'role':
      return names.roleName(value);
    default:
      return property?.options?.find((option) => option.key === value)?.name ?? value;
  }
}
