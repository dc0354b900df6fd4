import type { PropertyOption } from './property-types/property-type.ts';

/** A property as the rest of the service knows it; `options` is null for types that have none. */
export interface Property {
  id: string;
  key: string;
  name: string;
  type: string;
  options: PropertyOption[] | null;
}

/** A property as the HTTP contract shows it: `options` only where the type has them. */
export interface PropertyView {
  id: string;
  key: string;
  name: string;
  type: string;
  options?: PropertyOption[];
}

/** The columns of {@link Property}. */
export const propertySelectList = 'id, key, name, type, options';

/** What the HTTP contract shows of a property. */
export function toPropertyView(property: Property): PropertyView {
  const { id, key, name, type, options } = property;
  return options === null ? { id, key, name, type } : { id, key, name, type, options };
}
