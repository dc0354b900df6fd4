import { type MemberField } from '../../member-directory/fields/member-field.ts';
import type { Property } from '../../member-directory/properties/property-row.ts';
import { valuesMax as optionValuesMax } from '../../member-directory/properties/property-types/choice-types.ts';
import {
  problem,
  type PropertyValue,
  type ValueProblem,
} from '../../member-directory/properties/property-types/property-type.ts';
import { type ScimResource, setOwn } from '../../scim-core/resource.ts';
import {
  type Alternative,
  type CompiledRules,
  type CompiledTarget,
  compileRules,
  type NamedStep,
} from '../compile/compile-rules.ts';
import { type ParsedValues, parseValues } from '../transforms/parse-values.ts';
import { type Rule, targetName } from '../rule/rule.ts';
import { isGiven } from '../rule/source.ts';
import { MappedPerson } from '../compile/rule-source.ts';
import type { Scalar, StepResult } from '../transforms/transform.ts';
import type { ChosenOptions, NewOption } from '../compile/unknown-option.ts';
import { lengthOf, TooCostlyError, unitsPerValue, Work } from '../rule/work.ts';

/** Longest text that goes into or comes out of a transform, in UTF-16 units. */
export const valueLengthMaxChars = 20_000;
/** Most values of one attribute that a rule reads. */
export const sourceValuesMax = 1_000;

/** A value that could not be brought to its target, and why. */
export interface MappingProblem extends ValueProblem {
  /** As MEMBER names it: a field, `managerId`, `properties.<key>`. */
  target: string;
}

/**
 * What the rules make of one person. A target that no rule fills is left out, and so is one whose only values had a
 * problem: an old value is better than none. Null means that the identity provider has no value.
 *
 * @property manager the reference to the manager as sent: the SCIM id or externalId of a directory user
 * @property references the same for properties of type user, by the property's key; null where nobody is named
 * @property createOnly names of the targets that are filled only when a member is created
 * @property newOptions options that the values need and the properties do not have yet
 * @property workUnits what all this cost, see {@link Work}
 */
export interface MappedMember {
  fields: Partial<Record<MemberField, string | null>>;
  properties: Record<string, PropertyValue | null>;
  manager: string | null;
  references: Record<string, string | null>;
  createOnly: string[];
  newOptions: NewOption[];
  problems: MappingProblem[];
  workUnits: number;
}

/** Whether the manager is unknown because its only values had a problem; the stored one stays then. */
export function managerHasFailed({ manager, problems }: MappedMember): boolean {
  return manager === null && problems.some(({ target }) => target === managerTarget);
}

/** How MEMBER names the manager. */
export const managerTarget = targetName({ field: 'manager' });

/** The people that a mapped person names as manager or in properties, by the references as sent. */
export function peopleNamedBy({ manager, references }: MappedMember): string[] {
  return [manager, ...Object.values(references)].flatMap((reference) => reference ?? []);
}

/**
 * What the rules make of a person: a pure function that never throws. A step that fails becomes a problem of that
 * target, and the rest goes on; so does a rule that would do more work than one person may cost. The rules are compiled once
 * for as long as the same lists are passed.
 *
 * @param rules the rules, alternatives for one target in order
 * @param resource the person as stored: canonical names, extensions under their URN
 * @param properties the properties of the workspace
 * @param groups the names of the person's groups
 * @param productLanguages the languages of the product; none: every language
 */
export function mapAttributes(
  rules: readonly Rule[],
  resource: ScimResource,
  properties: readonly Property[],
  groups: readonly string[] = [],
  productLanguages: readonly string[] = everyLanguage,
): MappedMember {
  return mapCompiled(compiledOnce(rules, properties, productLanguages), resource, groups);
}

/** {@link mapAttributes} with rules that are compiled already. */
export function mapCompiled(
  compiled: CompiledRules,
  resource: ScimResource,
  groups: readonly string[] = [],
): MappedMember {
  const mapped: MappedMember = {
    fields: {},
    properties: {},
    manager: null,
    references: {},
    createOnly: [...compiled.createOnly],
    newOptions: [],
    problems: [],
    workUnits: 0,
  };
  const person = new MappedPerson(resource, groups, new Work());
  for (const target of compiled.targets) {
    const value = valueFor(target, person, mapped);
    if (value !== undefined) assign(mapped, target, value);
  }
  mapped.workUnits = person.work.spentUnits;
  return mapped;
}

const everyLanguage: readonly string[] = [];

const compiledRules = new WeakMap<
  readonly Rule[],
  { properties: readonly Property[]; productLanguages: readonly string[]; compiled: CompiledRules }
>();

function compiledOnce(
  rules: readonly Rule[],
  properties: readonly Property[],
  productLanguages: readonly string[],
): CompiledRules {
  const known = compiledRules.get(rules);
  if (known?.properties === properties && known.productLanguages === productLanguages) return known.compiled;
  const { compiled } = compileRules(rules, properties, productLanguages);
  compiledRules.set(rules, { properties, productLanguages, compiled });
  return compiled;
}

/**
 * The value for a target; null when there is none, undefined when all values had a problem, or when a required value is
 * missing. A rule that is too costly ends the search: the rules would not have used a later alternative.
 */
function valueFor(
  target: CompiledTarget,
  person: MappedPerson,
  mapped: MappedMember,
): PropertyValue | null | undefined {
  let failed = false;
  for (const alternative of target.alternatives) {
    const parsed = tryAlternative(alternative, target, person);
    if (parsed === null) continue;
    if ('value' in parsed) {
      if (parsed.created !== undefined) mapped.newOptions.push(...parsed.created);
      addProblems(mapped, target, parsed.others);
      return parsed.value;
    }
    failed = true;
    addProblems(mapped, target, [parsed.problem, ...(parsed.others ?? [])]);
    if (parsed.problem.code === tooCostlyCode) break;
  }
  if (failed) return undefined;
  if (!target.isRequired) return null;
  mapped.problems.push({ target: target.name, code: 'required', params: {} });
  return undefined;
}

function addProblems(
  mapped: MappedMember,
  { name }: CompiledTarget,
  problems: readonly ValueProblem[] = [],
): void {
  for (const problem of problems) mapped.problems.push({ target: name, ...problem });
}

type Attempt = (ParsedValues & { created?: readonly NewOption[] }) | null;

/** The code of the problem that a rule would do too much work. */
export const tooCostlyCode = 'too-costly';

/** Null when the alternative has no value. */
function tryAlternative(alternative: Alternative, target: CompiledTarget, person: MappedPerson): Attempt {
  person.work.beginRule();
  try {
    return valueOf(alternative, target, person);
  } catch (error) {
    if (!(error instanceof TooCostlyError)) throw error;
    const { number, source } = alternative.rule;
    return { problem: { code: tooCostlyCode, params: { rule: number, source } } };
  }
}

function valueOf(alternative: Alternative, target: CompiledTarget, person: MappedPerson): Attempt {
  const carried = applySteps(alternative, person);
  if (isProblem(carried)) return carried;
  if (carried.length === 0) return null;
  const values = target.multiValued || carried.length === 1 ? carried : carried.slice(0, 1);
  const units = lengthOf(values) * unitsPerParsedChar;
  person.work.spend(units);
  if (alternative.choose === null) return parse(target, values, units, person);
  const chosen = alternative.choose(values);
  const [problem, ...others] = chosen.problems ?? [];
  if (chosen.values.length === 0) return problem === undefined ? null : { problem, others };
  const attempt =
    chosen.created.length > 0 ? valueWithNew(target, chosen) : parse(target, chosen.values, units, person);
  return chosen.problems === undefined ? attempt : { ...attempt, others: chosen.problems };
}

/** @param units what looking at the values once more costs, if they have to be looked at one by one */
function parse(
  target: CompiledTarget,
  values: readonly Scalar[],
  units: number,
  { work }: MappedPerson,
): ParsedValues {
  return target.multiValued
    ? parseValues(values, target.parse, () => work.spend(units))
    : target.parse(values[0]);
}

/** What bringing a text into the type of its target costs for each character. */
const unitsPerParsedChar = 3;

/** The type of the target does not know options that are still to be created: these values are keys already. */
function valueWithNew(target: CompiledTarget, { values, created }: ChosenOptions): NonNullable<Attempt> {
  const keys = [...new Set(values.map(String))];
  if (!target.multiValued) return { value: keys[0] ?? '', created };
  if (keys.length <= optionValuesMax) return { value: keys, created };
  return problem('too-many-values', values, { valuesMax: optionValuesMax });
}

/** The values after all steps, or the problem of the step that failed. */
function applySteps(
  { read, steps }: Alternative,
  person: MappedPerson,
): readonly Scalar[] | { problem: ValueProblem } {
  const given = read(person);
  let carried = given.length > sourceValuesMax ? given.slice(0, sourceValuesMax) : given;
  person.work.spend(carried.length * unitsPerValue);
  if (!arePassable(carried)) return unpassable(carried);
  for (const step of steps) {
    const result = applyStep(step, carried, person);
    if (isProblem(result)) return result;
    person.work.spend(result.length * unitsPerValue);
    carried = result.every(isGiven) ? result : result.filter(isGiven);
    if (!arePassable(carried)) return unpassable(carried);
  }
  return carried;
}

/** Every step of every rule asks this: looking for a property `problem` in a list takes far longer. */
function isProblem(result: StepResult): result is { problem: ValueProblem } {
  return !Array.isArray(result);
}

/** Steps do not throw. If one does, the person loses this value, and the run goes on. */
function applyStep(step: NamedStep, values: readonly Scalar[], { resource, work }: MappedPerson): StepResult {
  try {
    return step.apply(values, resource, work);
  } catch (error) {
    if (error instanceof TooCostlyError) throw error;
    return problem('step-failed', values[0] ?? '', { step: step.name });
  }
}

/** Only single values of a bounded length enter a step or a target. */
function arePassable(values: readonly unknown[]): values is readonly Scalar[] {
  for (const value of values) if (!isPassable(value)) return false;
  return true;
}

function isPassable(value: unknown): value is Scalar {
  if (typeof value === 'string') return value.length <= valueLengthMaxChars;
  return typeof value === 'number' || typeof value === 'boolean';
}

function unpassable(values: readonly unknown[]): { problem: ValueProblem } {
  const value = values.find((each) => !isPassable(each));
  if (typeof value !== 'string') return problem('not-a-single-value', value);
  return problem('too-long', value, { lengthMaxChars: valueLengthMaxChars });
}

function assign(
  mapped: MappedMember,
  { target, isReference }: CompiledTarget,
  value: PropertyValue | null,
): void {
  const text = typeof value === 'string' ? value : null;
  if ('property' in target) {
    if (isReference) setOwn(mapped.references, target.property, text);
    else setOwn(mapped.properties, target.property, value);
  } else if (target.field === 'manager') mapped.manager = text;
  else mapped.fields[target.field] = text;
}
