import { propertyFieldName } from '../../member-directory/fields/member-field.ts';
import { optionsMax } from '../../member-directory/properties/property-options.ts';
import type { OptionName } from '../../member-directory/properties/add-options.ts';
import type { Property } from '../../member-directory/properties/property-row.ts';
import type { PropertyValue } from '../../member-directory/properties/property-types/property-type.ts';
import type { MappedMember } from './map-attributes.ts';
import type { NewOption } from '../compile/unknown-option.ts';

/**
 * Limits the options that rules create from values to what a property can have. It remembers what it admitted, so it
 * belongs to one run or one preview.
 */
export class OptionBudget {
  private readonly left: Map<string, number>;
  private readonly passed = new Set<string>();
  private readonly refused = new Set<string>();

  constructor(properties: readonly Property[]) {
    this.left = new Map(properties.map(({ key, options }) => [key, optionsMax - (options?.length ?? 0)]));
  }

  /** The same without the new options that there is no room for, each reported as a problem. Other values stay. */
  settle(mapped: MappedMember): MappedMember {
    if (mapped.newOptions.length === 0) return mapped;
    const refused = mapped.newOptions.filter((option) => !this.admit(option));
    if (refused.length === 0) return mapped;
    const ids = new Set(refused.map(idOf));
    return {
      ...mapped,
      properties: Object.fromEntries(
        Object.entries(mapped.properties).flatMap(([property, value]) => {
          const kept = without(value, (key) => ids.has(idOf({ property, key })));
          return kept === undefined ? [] : [[property, kept]];
        }),
      ),
      newOptions: mapped.newOptions.filter((option) => !ids.has(idOf(option))),
      problems: [
        ...mapped.problems,
        ...refused.map(({ property, name }) => ({
          target: propertyFieldName(property),
          code: 'too-many-options',
          params: { value: name, optionsMax },
        })),
      ],
    };
  }

  /** Refuses these from now on: others have filled the properties meanwhile. */
  refuse(options: readonly OptionName[]): void {
    for (const option of options) this.refused.add(idOf(option));
  }

  private admit(option: NewOption): boolean {
    const { property } = option;
    const id = idOf(option);
    if (this.refused.has(id)) return false;
    if (this.passed.has(id)) return true;
    const left = this.left.get(property) ?? 0;
    if (left <= 0) return false;
    this.left.set(property, left - 1);
    this.passed.add(id);
    return true;
  }
}

/** The value without refused options; undefined when nothing else is left. */
function without(
  value: PropertyValue | null,
  isRefused: (key: string) => boolean,
): PropertyValue | null | undefined {
  if (!Array.isArray(value)) return typeof value === 'string' && isRefused(value) ? undefined : value;
  const kept = value.filter((key) => !isRefused(key));
  return kept.length === 0 && value.length > 0 ? undefined : kept;
}

function idOf({ property, key }: OptionName): string {
  return JSON.stringify([property, key]);
}
