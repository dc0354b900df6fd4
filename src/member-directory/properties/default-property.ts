import type { Language } from '../../errors/sentence.ts';
import type { Property } from './property-row.ts';

/** What it is called at first, in the language of the admin who activates. */
export const departmentNames: Readonly<Record<Language, string>> = { en: 'Department', de: 'Abteilung' };

/** The property that a workspace gets with its first activation; the built-in mapping rules fill it. */
export const departmentProperty: Omit<Property, 'id'> = {
  key: 'department',
  name: departmentNames.en,
  type: 'text',
  options: null,
  required: false,
  filledBy: 'both',
};
