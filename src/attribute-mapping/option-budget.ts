import { propertyFieldName } from '../member-directory/member-field.ts';
import { optionsMax } from '../member-directory/property-options.ts';
import type { OptionName } from '../member-directory/add-options.ts';
import type { Property } from '../member-directory/property-row.ts';
import type { MappedMember } from './map-attributes.ts';
import type { NewOption } from './unknown-option.ts';

/**
 * Sees to it that the options which rules make of values do not become more than a property can have. It remembers what
 * it let pass, so it belongs to one run or one preview.
 */
export class OptionBudget {
  private readonly left: Map<string, number>;
  private readonly passed = new Set<string>();
  private readonly refused = new Set<string>();

  constructor(properties: readonly Property[]) {
    this.left = new Map(properties.map(({ key, options }) => [key, optionsMax - (options?.length ?? 0)]));
  }

  /** The same, or without the properties whose new options find no room, each with a problem. */
  settle(mapped: MappedMember): MappedMember {
    if (mapped.newOptions.length === 0) return mapped;
    const refused = mapped.newOptions.filter((option) => !this.admit(option));
    if (refused.length === 0) return mapped;
    const keys = new Set(refused.map(({ property }) => property));
    return {
      ...mapped,
      properties: Object.fromEntries(Object.entries(mapped.properties).filter(([key]) => !keys.has(key))),
      newOptions: mapped.newOptions.filter(({ property }) => !keys.has(property)),
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

  /** Lets these pass no more: others have filled the properties meanwhile. */
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

function idOf({ property, key }: OptionName): string {
  return JSON.stringify([property, key]);
}
