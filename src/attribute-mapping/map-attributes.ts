import { type MemberField } from '../member-directory/member-field.ts';
import type { Property } from '../member-directory/property-row.ts';
import {
  type ParsedValue,
  problem,
  type PropertyValue,
  type ValueProblem,
} from '../member-directory/property-types/property-type.ts';
import type { ScimResource } from '../scim-core/resource.ts';
import { type Alternative, type CompiledRules, type CompiledTarget, compileRules } from './compile-rules.ts';
import type { Rule } from './rule.ts';
import { isGiven } from './source.ts';
import type { Scalar } from './transforms.ts';

/** Longest text that goes into or comes out of a transform, in UTF-16 units. */
export const valueLengthMaxChars = 20_000;
/** Most values of one attribute that a rule looks at. */
export const valuesMax = 1_000;

/** A value that could not be brought to its target, and why. */
export interface MappingProblem extends ValueProblem {
  /** As MEMBER names it: a field, `managerId`, `properties.<key>`. */
  target: string;
}

/**
 * What the rules make of one person. A target that no rule fills is not there, and neither is one whose only values
 * had a problem: better an old value than none. Null says that the identity provider has no value.
 *
 * @property manager the reference to the manager as sent: the SCIM id or externalId of a directory user
 * @property createOnly names of the targets that are filled only when a member is created
 */
export interface MappedMember {
  fields: Partial<Record<MemberField, string | null>>;
  properties: Record<string, PropertyValue | null>;
  manager: string | null;
  createOnly: string[];
  problems: MappingProblem[];
}

/**
 * What the rules make of a person: a pure function that never throws. A step that fails becomes a problem of that
 * target, and the rest goes on. The rules are compiled once for as long as the same lists are passed.
 *
 * @param rules the rules, alternatives for one target in order
 * @param resource the person as stored: canonical names, extensions under their URN
 * @param properties the properties of the workspace
 */
export function mapAttributes(
  rules: readonly Rule[],
  resource: ScimResource,
  properties: readonly Property[],
): MappedMember {
  return mapCompiled(compiledOnce(rules, properties), resource);
}

/** {@link mapAttributes} with rules that are compiled already. */
export function mapCompiled(compiled: CompiledRules, resource: ScimResource): MappedMember {
  const mapped: MappedMember = {
    fields: {},
    properties: {},
    manager: null,
    createOnly: [...compiled.createOnly],
    problems: [],
  };
  for (const target of compiled.targets) {
    const value = valueFor(target, resource, mapped.problems);
    if (value !== undefined) assign(mapped, target, value);
  }
  return mapped;
}

const compiledRules = new WeakMap<
  readonly Rule[],
  { properties: readonly Property[]; compiled: CompiledRules }
>();

function compiledOnce(rules: readonly Rule[], properties: readonly Property[]): CompiledRules {
  const known = compiledRules.get(rules);
  if (known?.properties === properties) return known.compiled;
  const { compiled } = compileRules(rules, properties);
  compiledRules.set(rules, { properties, compiled });
  return compiled;
}

/** The value for a target; null when there is none, undefined when there only were values with a problem. */
function valueFor(
  target: CompiledTarget,
  resource: ScimResource,
  problems: MappingProblem[],
): PropertyValue | null | undefined {
  let failed = false;
  for (const alternative of target.alternatives) {
    const parsed = tryAlternative(alternative, target, resource);
    if (parsed === null) continue;
    if ('value' in parsed) return parsed.value;
    failed = true;
    problems.push({ target: target.name, ...parsed.problem });
  }
  return failed ? undefined : null;
}

function tryAlternative(
  alternative: Alternative,
  target: CompiledTarget,
  resource: ScimResource,
): ParsedValue | null {
  let values: readonly unknown[] = alternative.read(resource).slice(0, valuesMax);
  const fault = values.find((value) => !isPassable(value));
  if (fault !== undefined) return unpassable(fault);
  for (const step of alternative.steps) {
    values = step(values as readonly Scalar[], resource).filter(isGiven);
    const tooLong = values.find((value) => !isPassable(value));
    if (tooLong !== undefined) return unpassable(tooLong);
  }
  if (values.length === 0) return null;
  return target.parse(target.multiValued ? values : values[0]);
}

/** Only single values of a bounded length enter a step or a target. */
function isPassable(value: unknown): value is Scalar {
  if (typeof value === 'string') return value.length <= valueLengthMaxChars;
  return typeof value === 'number' || typeof value === 'boolean';
}

function unpassable(value: unknown): ParsedValue {
  if (typeof value !== 'string') return problem('not-a-single-value', value);
  return problem('too-long', value, { lengthMaxChars: valueLengthMaxChars });
}

function assign(mapped: MappedMember, { target }: CompiledTarget, value: PropertyValue | null): void {
  if ('property' in target) {
    // A plain assignment to a key such as __proto__ would not make an own property.
    Object.defineProperty(mapped.properties, target.property, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
    return;
  }
  const text = typeof value === 'string' ? value : null;
  if (target.field === 'manager') mapped.manager = text;
  else mapped.fields[target.field] = text;
}
