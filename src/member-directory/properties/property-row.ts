import { columnsOf } from '../../database/table/table-sql.ts';
import type { Row } from '../../database/table/table.ts';
import { property } from './property.table.ts';

const propertyFields = ['id', 'key', 'name', 'type', 'options', 'required', 'filledBy'] as const;

/** A property as the rest of the service knows it; `options` is null for types without options. */
export type Property = Pick<Row<typeof property>, (typeof propertyFields)[number]>;

/** A property as the HTTP contract shows it: `options` only where the type has them. */
export type PropertyView = Omit<Property, 'options'> & { options?: NonNullable<Property['options']> };

/** The columns of {@link Property}. */
export const propertySelectList = columnsOf(property, propertyFields);

/** What the HTTP contract shows of a property. */
export function toPropertyView(property: Property): PropertyView {
  const { options, ...rest } = property;
  return options === null ? rest : { ...rest, options };
}
