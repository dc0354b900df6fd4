import type { Property } from './property-row.ts';

/** The property that a workspace gets with its first activation; the built-in mapping rules fill it. */
export const departmentProperty: Omit<Property, 'id'> = {
  key: 'department',
  name: 'Department',
  type: 'text',
  options: null,
  required: false,
  filledBy: 'both',
};
