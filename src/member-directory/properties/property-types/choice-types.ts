import { foldCase } from '../../../scim-core/fold.ts';
import { cleanLine } from '../../../scim-core/visible-text.ts';
import {
  type ParsedValue,
  problem,
  type PropertyOption,
  type PropertyType,
  textOf,
} from './property-type.ts';

/** Most values that one member can hold in a multi-select property. */
export const valuesMax = 100;

/** One of the options, named by its key or, in any case, by its name. */
export const select: PropertyType = {
  name: 'select',
  title: { en: 'select', de: 'Auswahl' },
  hasOptions: true,
  multiValued: false,
  problems: {
    'unknown-option': {
      en: 'is no option of this property: {value}',
      de: 'ist keine Option dieser Eigenschaft: {value}',
    },
  },
  parse: (raw, options) => optionKeyOf(raw, options),
};

/** Several of the options, each once, in the order given. A single value is a list of one. */
export const multiSelect: PropertyType = {
  name: 'multi_select',
  title: { en: 'multi-select', de: 'Mehrfachauswahl' },
  hasOptions: true,
  multiValued: true,
  problems: {
    'too-many-values': {
      en: 'must be at most {valuesMax} values',
      de: 'darf höchstens {valuesMax} Werte haben',
    },
  },
  parse(raw, options) {
    const list: unknown[] = Array.isArray(raw) ? raw : [raw];
    if (list.length > valuesMax) return problem('too-many-values', raw, { valuesMax });
    const keys = new Set<string>();
    for (const item of list) {
      const parsed = optionKeyOf(item, options);
      if ('problem' in parsed) return parsed;
      keys.add(parsed.value);
    }
    return { value: [...keys] };
  },
};

function optionKeyOf(raw: unknown, options: readonly PropertyOption[]): ParsedValue<string> {
  const text = textOf(raw);
  if (text === null) return problem('not-a-text', raw);
  const key = findOption(text, options);
  return key === undefined ? problem('unknown-option', raw) : { value: key };
}

/** The key of the option that a text names, by its key or, in any case, by its name; undefined when it names none. */
export function findOption(text: string, options: readonly PropertyOption[]): string | undefined {
  const byText = optionsByText(options);
  const trimmed = text.trim();
  const clean = cleanLine(trimmed);
  return byText.get(trimmed) ?? byText.get(clean) ?? byText.get(foldCase(clean));
}

/** Options are looked up once per person: the table is built once per list of options. */
const tables = new WeakMap<readonly PropertyOption[], Map<string, string>>();

function optionsByText(options: readonly PropertyOption[]): Map<string, string> {
  const known = tables.get(options);
  if (known) return known;
  const table = new Map<string, string>();
  // The exact key counts before every folded reading, and a key before a name.
  for (const { key } of options) table.set(key, key);
  for (const { key } of options) if (!table.has(foldCase(key))) table.set(foldCase(key), key);
  for (const { key, name } of options) if (!table.has(foldCase(name))) table.set(foldCase(name), key);
  tables.set(options, table);
  return table;
}
