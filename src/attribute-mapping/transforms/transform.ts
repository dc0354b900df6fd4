import {
  problem,
  type ValueProblem,
} from '../../member-directory/properties/property-types/property-type.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
import type { Wording } from '../../errors/sentence.ts';
import type { Parameter } from './transform-arguments.ts';
import type { ValueKind } from '../../member-directory/properties/property-types/value-kind.ts';
import type { Work } from '../rule/work.ts';

/** A single value on its way from the source to the target. */
export type Scalar = string | number | boolean;

/** What a step makes of the values, or why it cannot. */
export type StepResult = readonly Scalar[] | { problem: ValueProblem };

/**
 * One step, its arguments bound: values in, values out. Time linear in the size of its input, and of its output,
 * which a step announces if it makes long texts of short ones. Throws nothing but what `work.spend` throws.
 */
export type Step = (values: readonly Scalar[], resource: ScimResource, work: Work) => StepResult;

/** One kind of step. Values come as a list, since an attribute may have several; none is the empty list. */
export interface Transform {
  /** What it does, with an example. */
  description: string;
  parameters: readonly Parameter[];
  /** The kinds of values it works on; all when left out. */
  takes?: readonly ValueKind[];
  /** The kind of values it gives; `same` as it takes. */
  gives: ValueKind | 'same';
  /** Work for each character that comes in, in units; 1 when left out. */
  unitsPerChar?: number;
  /**
   * Binds arguments that fit the parameters.
   *
   * @param productLanguages the languages of the product; none: every language
   * @returns the step, or what else is wrong with the arguments
   */
  bind(args: readonly unknown[], productLanguages: readonly string[]): Step | { fault: Wording };
}

/** What works on texts; numbers are taken as written. */
export const textKinds: readonly ValueKind[] = ['any', 'text', 'number', 'date'];

export const text = (name: string): Parameter => ({ name, kind: 'text' });
export const nonEmptyText = (name: string): Parameter => ({ name, kind: 'nonEmptyText' });

/** A transform that does the same to every value's text. */
export function perText(
  description: string,
  parameters: readonly Parameter[],
  change: (value: string, args: readonly unknown[], work: Work) => string,
  unitsPerChar = 1,
): Transform {
  return {
    description,
    parameters,
    takes: textKinds,
    gives: 'text',
    unitsPerChar,
    bind: (args) => (values, _resource, work) => values.map((value) => change(String(value), args, work)),
  };
}

/** A step that reads every value; the first that it cannot read is a problem of this code. */
export function readingStep(
  code: string,
  read: (text: string) => Scalar | null,
  params: Record<string, unknown> = {},
): Step {
  return (values) => {
    const results: Scalar[] = [];
    for (const value of values) {
      const result = read(String(value));
      if (result === null) return problem(code, value, params);
      results.push(result);
    }
    return results;
  };
}
