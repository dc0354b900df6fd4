import type {
  ParsedValue,
  PropertyValue,
  ValueProblem,
} from '../../member-directory/properties/property-types/property-type.ts';
import type { Scalar } from './transform.ts';

/** Most values that are reported one by one for one person and target; of the others only the number is. */
export const reportedValuesMax = 20;

/**
 * What values became: one for the target, or a problem with them all.
 *
 * @property others problems of further values: beside a value, of those that were left out
 */
export type ParsedValues = ParsedValue<PropertyValue> & { others?: readonly ValueProblem[] };

/**
 * Brings several values to a target that holds several: those that fit stay, and the others are reported.
 *
 * @param parse brings a list of values to the target's type
 * @param spend is told before every value is looked at by itself, which happens only when something does not fit
 */
export function parseValues(
  values: readonly Scalar[],
  parse: (raw: unknown) => ParsedValue,
  spend: () => void,
): ParsedValues {
  const whole = parse(values);
  if ('value' in whole || values.length < 2) return whole;
  spend();
  const fitting: Scalar[] = [];
  const problems: ValueProblem[] = [];
  for (const value of values) {
    const parsed = parse([value]);
    if ('value' in parsed) fitting.push(value);
    else problems.push(parsed.problem);
  }
  if (problems.length === 0) return whole;
  const [first, ...others] = reported(problems);
  if (fitting.length > 0) return { ...parse(fitting), others: first === undefined ? [] : [first, ...others] };
  return first === undefined ? whole : { problem: first, others };
}

/** Each problem once, the first of them whole and the rest as a number. */
export function reported(problems: readonly ValueProblem[]): ValueProblem[] {
  const each = [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
  if (each.length <= reportedValuesMax) return each;
  const count = each.length - reportedValuesMax;
  return [...each.slice(0, reportedValuesMax), { code: 'more-values', params: { count } }];
}
