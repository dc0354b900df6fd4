import { boolean, jsonb, moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import type { FilledBy } from './filled-by.ts';
import type { PropertyOption } from './property-types/property-type.ts';

/** A member field that the workspace defined for itself. */
export const property = table(
  'property',
  {
    workspaceId: uuid().key(),
    id: uuid().key(),
    key: text(),
    name: text(),
    type: text(),
    /** Of select and multi-select properties; null for the other types. */
    options: jsonb<PropertyOption[]>().orNull(),
    required: boolean().default(false),
    filledBy: text<FilledBy>().default('both'),
    createdAt: moment(),
    updatedAt: moment(),
  },
  {
    uniques: { property_key_key: ['workspaceId', 'key'] },
  },
);
