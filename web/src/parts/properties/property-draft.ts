import type { Property } from '../../api/shapes.ts';

/** A property as it is being edited: one option per line. */
export interface PropertyDraft {
  name: string;
  type: Property['type'];
  options: string;
  required: boolean;
  filledBy: Property['filledBy'];
}

/** @param property null for a new one */
export function draftOf(property: Property | null): PropertyDraft {
  return {
    name: property?.name ?? '',
    type: property?.type ?? 'text',
    options: property?.options?.map((option) => option.name).join('\n') ?? '',
    required: property?.required ?? false,
    filledBy: property?.filledBy ?? 'both',
  };
}

export function hasOptions(type: Property['type']): boolean {
  return type === 'select' || type === 'multi_select';
}

/** The property as the service takes it, without its type, which cannot change. */
export function toBody({ name, type, options, required, filledBy }: PropertyDraft, shown: Property | null) {
  return {
    name,
    required,
    filledBy,
    ...(hasOptions(type) && { options: optionsOf(options, shown) }),
  };
}

/** An option whose name stays keeps its key, and with it its members. */
function optionsOf(text: string, property: Property | null): { key?: string; name: string }[] {
  const names = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return names.map((name) => {
    const key = property?.options?.find((option) => option.name === name)?.key;
    return key === undefined ? { name } : { key, name };
  });
}
