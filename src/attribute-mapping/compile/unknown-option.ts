import type { Wording } from '../../errors/sentence.ts';
import { optionTextLengthMaxChars } from '../../member-directory/properties/property-options.ts';
import type { Property } from '../../member-directory/properties/property-row.ts';
import { findOption } from '../../member-directory/properties/property-types/choice-types.ts';
import {
  problem,
  textOf,
  type ValueProblem,
} from '../../member-directory/properties/property-types/property-type.ts';
import { propertyTypeOf } from '../../member-directory/properties/property-types/registry.ts';
import { cleanLine } from '../../scim-core/visible-text.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { isStorable } from '../../scim-core/storable-text.ts';
import { reported } from '../transforms/parse-values.ts';
import type { UnknownOptionPolicy } from '../rule/rule.ts';
import { ruleFault } from '../rule/rule-faults.ts';
import type { Scalar } from '../transforms/transform.ts';
import { tableEntriesMax } from '../transforms/transform-arguments.ts';

/** An option that a rule makes of a value; its key is the folded name, so that spellings in other cases are the same. */
export interface NewOption {
  property: string;
  key: string;
  name: string;
}

/** The values with options in place of what a rule translates, and the options to be made. */
export interface ChosenOptions {
  values: Scalar[];
  created: NewOption[];
  /** Why values were left out that can be no option; undefined when none were. */
  problems?: readonly ValueProblem[];
}

/** Brings values to the options of a property; never throws. */
export type ChooseOptions = (values: readonly Scalar[]) => ChosenOptions;

/**
 * Makes what deals with values that are no option of a property, by the policy of a rule.
 *
 * @returns null when nothing is to be done: the property's type itself reports them
 */
export function compileUnknownOption(
  policy: UnknownOptionPolicy | undefined,
  property: Property,
): { choose: ChooseOptions | null } | { at: string; fault: Wording } {
  if (policy === undefined) return { choose: null };
  if (!propertyTypeOf(property.type).hasOptions) {
    return { at: '', fault: ruleFault('only-with-options') };
  }
  if (policy === 'report') return { choose: null };
  const options = property.options ?? [];
  const isOption = (value: Scalar) => findOption(String(value), options) !== undefined;
  if (policy === 'empty') {
    return { choose: (values) => ({ values: values.filter(isOption), created: [] }) };
  }
  if (policy === 'create') return { choose: (values) => createMissing(values, property) };
  return compileTable(policy.table, property, isOption);
}

function createMissing(values: readonly Scalar[], property: Property): ChosenOptions {
  const created = new Map<string, NewOption>();
  const chosen: Scalar[] = [];
  const problems: ValueProblem[] = [];
  for (const value of values) {
    const name = cleanLine(textOf(value) ?? '');
    const known = findOption(name, property.options ?? []);
    if (known !== undefined) {
      chosen.push(known);
      continue;
    }
    const fault = nameProblem(name, value);
    if (fault !== null) {
      problems.push(fault.problem);
      continue;
    }
    const key = foldCase(name);
    if (!created.has(key)) created.set(key, { property: property.key, key, name });
    chosen.push(key);
  }
  const kept = { values: chosen, created: [...created.values()] };
  return problems.length === 0 ? kept : { ...kept, problems: reported(problems) };
}

/** Why a value cannot be the name of an option. */
function nameProblem(name: string, value: Scalar): { problem: ValueProblem } | null {
  if (name.length > optionTextLengthMaxChars) {
    return problem('too-long', value, { lengthMaxChars: optionTextLengthMaxChars });
  }
  return isStorable(name) ? null : problem('not-storable', value);
}

function compileTable(
  table: Record<string, string>,
  property: Property,
  isOption: (value: Scalar) => boolean,
): { choose: ChooseOptions } | { at: string; fault: Wording } {
  const entries = Object.entries(table);
  if (entries.length > tableEntriesMax) {
    return { at: '.table', fault: ruleFault('table-too-large', { entriesMax: tableEntriesMax }) };
  }
  const stranger = entries.find(([, to]) => !isOption(to));
  if (stranger !== undefined) {
    const fault = ruleFault('no-such-option', { property: property.key, option: stranger[1] });
    return { at: '.table', fault };
  }
  const translations = new Map(entries.map(([from, to]) => [foldCase(from.trim()), to]));
  return {
    choose: (values) => ({
      values: values.map((value) =>
        isOption(value) ? value : (translations.get(foldCase(String(value).trim())) ?? value),
      ),
      created: [],
    }),
  };
}
