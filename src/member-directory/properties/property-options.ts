import { codedFault, type InputFault } from '../../errors/domain-errors.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { isReadableName, unreadableName } from '../../http/validation/readable-name.ts';
import type { PropertyOption } from './property-types/property-type.ts';

/** Most options of one property. */
export const optionsMax = 500;
/** Longest key or name of an option, in UTF-16 units. */
export const optionTextLengthMaxChars = 200;

/**
 * Reads the options of a request: `[{ "key"?, "name" }]`, or names alone. An option without a key takes its first
 * name as its key, for good.
 *
 * @param raw the `options` of the body; undefined counts as none
 * @param present the options that the property has: their texts may stay, whatever they are
 * @returns the options, and every fault with its path
 */
export function parseOptions(
  raw: unknown,
  present: readonly PropertyOption[] = [],
): { options: PropertyOption[]; faults: InputFault[] } {
  if (raw === undefined || raw === null) return { options: [], faults: [] };
  if (!Array.isArray(raw)) {
    return { options: [], faults: [codedFault('options', 'not-a-list', 'must be a list')] };
  }
  if (raw.length > optionsMax) {
    const message = `must be at most ${optionsMax} options`;
    return {
      options: [],
      faults: [codedFault('options', 'too-many-values', message, { valuesMax: optionsMax })],
    };
  }
  const options: PropertyOption[] = [];
  const faults: InputFault[] = [];
  const keys = new Set<string>();
  const names = new Set<string>();
  const stays = new Set(present.flatMap(({ key, name }) => [key, name]));
  for (const [index, item] of (raw as unknown[]).entries()) {
    const path = `options[${index}]`;
    const option = parseOption(item);
    if (option === null) {
      const lengthMaxChars = optionTextLengthMaxChars;
      const message = `must have a name (and may have a key) of 1 to ${lengthMaxChars} characters`;
      faults.push(codedFault(path, 'bad-option', message, { lengthMaxChars }));
    } else if (![option.key, option.name].every((text) => stays.has(text) || isReadableName(text))) {
      faults.push(codedFault(path, 'not-a-readable-text', unreadableName));
    } else if (keys.has(foldCase(option.key)) || names.has(foldCase(option.name))) {
      const { name } = option;
      faults.push(codedFault(path, 'option-twice', `is there twice: ${name}`, { name }));
    } else {
      keys.add(foldCase(option.key));
      names.add(foldCase(option.name));
      options.push(option);
    }
  }
  return { options, faults };
}

function parseOption(item: unknown): PropertyOption | null {
  const raw = typeof item === 'string' ? { name: item } : item;
  if (typeof raw !== 'object' || raw === null) return null;
  const { key, name } = raw as { key?: unknown; name?: unknown };
  const readName = optionText(name);
  const readKey = key === undefined || key === null ? readName : optionText(key);
  return readName === null || readKey === null ? null : { key: readKey, name: readName };
}

function optionText(raw: unknown): string | null {
  if (typeof raw !== 'string') return null;
  const text = raw.trim();
  return text.length > 0 && text.length <= optionTextLengthMaxChars ? text : null;
}

/** Options were given to a property of a type that has none. */
export function noOptionsHere(type: string): InputFault {
  return codedFault('options', 'no-options-here', `a property of type ${type} has no options`, { type });
}
