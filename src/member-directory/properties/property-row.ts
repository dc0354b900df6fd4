import type { PropertyOption } from './property-types/property-type.ts';

/**
 * Who may fill a property: only rules of the attribute mapping, only people, or people wherever no rule fills it.
 */
export const fillers = ['both', 'provisioning', 'people'] as const;
export type FilledBy = (typeof fillers)[number];

/** A property as the rest of the service knows it; `options` is null for types that have none. */
export interface Property {
  id: string;
  key: string;
  name: string;
  type: string;
  options: PropertyOption[] | null;
  /** Must a member have a value? */
  required: boolean;
  filledBy: FilledBy;
}

/** A property as the HTTP contract shows it: `options` only where the type has them. */
export interface PropertyView {
  id: string;
  key: string;
  name: string;
  type: string;
  options?: PropertyOption[];
  required: boolean;
  filledBy: FilledBy;
}

/** The columns of {@link Property}. */
export const propertySelectList = 'id, key, name, type, options, required, filled_by AS "filledBy"';

/** What the HTTP contract shows of a property. */
export function toPropertyView(property: Property): PropertyView {
  const { options, ...rest } = property;
  return options === null ? rest : { ...rest, options };
}
