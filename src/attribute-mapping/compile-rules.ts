import type { InputFault } from '../errors/domain-errors.ts';
import { parseMemberField } from '../member-directory/member-input.ts';
import type { Property } from '../member-directory/property-row.ts';
import type { ParsedValue } from '../member-directory/property-types/property-type.ts';
import { parsePropertyValue, propertyTypeOf } from '../member-directory/property-types/registry.ts';
import { parseText } from '../member-directory/property-types/text-types.ts';
import { type Rule, ruleFields, type RuleTarget, targetName } from './rule.ts';
import { compileSource, type ReadSource } from './source.ts';
import { compileTransform, type Step } from './transforms.ts';

/** Longest reference to a manager, in UTF-16 units. */
const referenceLengthMaxChars = 1_000;

/** One way to fill a target. */
export interface Alternative {
  read: ReadSource;
  steps: readonly Step[];
}

/** Everything that is known about filling one target, before any person is looked at. */
export interface CompiledTarget {
  target: RuleTarget;
  /** As MEMBER names it: a field, `managerId`, `properties.<key>`. */
  name: string;
  /** In order; the first that gives a value wins. */
  alternatives: Alternative[];
  /** Does the target take all values, or only the first? */
  multiValued: boolean;
  /** Brings a value into the target's type; never throws. */
  parse: (raw: unknown) => ParsedValue;
}

/** A mapping made ready once, to be used for every person. */
export interface CompiledRules {
  targets: readonly CompiledTarget[];
  /** Names of the targets that are filled only when a member is created. */
  createOnly: readonly string[];
}

/**
 * Makes rules ready for use, and finds what is wrong with each.
 *
 * @param rules the rules in order
 * @param properties the properties of the workspace
 * @returns the rules that are sound, and the faults of the others with their paths (`rules[3].source`)
 */
export function compileRules(
  rules: readonly Rule[],
  properties: readonly Property[],
): { compiled: CompiledRules; faults: InputFault[] } {
  const faults: InputFault[] = [];
  const targets = new Map<string, CompiledTarget>();
  const times = new Map<string, Rule['when']>();
  for (const [index, rule] of rules.entries()) {
    const path = `rules[${index}]`;
    const alternative = compileAlternative(rule, path, faults);
    const target = compileTarget(rule.target, properties);
    if ('fault' in target) faults.push({ path: `${path}.target${target.at}`, message: target.fault });
    if (alternative === null || 'fault' in target) continue;
    if ((times.get(target.name) ?? rule.when) !== rule.when) {
      faults.push({ path: `${path}.when`, message: `must be the same in all rules for ${target.name}` });
      continue;
    }
    times.set(target.name, rule.when);
    const known = targets.get(target.name);
    if (known) known.alternatives.push(alternative);
    else targets.set(target.name, { ...target, alternatives: [alternative] });
  }
  const createOnly = [...times].filter(([, when]) => when === 'create').map(([name]) => name);
  return { compiled: { targets: [...targets.values()], createOnly }, faults };
}

function compileAlternative(rule: Rule, path: string, faults: InputFault[]): Alternative | null {
  const source = compileSource(rule.source);
  if ('fault' in source) faults.push({ path: `${path}.source`, message: source.fault });
  const steps: Step[] = [];
  for (const [index, { name, args }] of rule.transforms.entries()) {
    const transform = compileTransform(name, args);
    if ('step' in transform) steps.push(transform.step);
    else faults.push({ path: `${path}.transforms[${index}]`, message: transform.fault });
  }
  return 'fault' in source || steps.length < rule.transforms.length ? null : { read: source.read, steps };
}

type Target = Omit<CompiledTarget, 'alternatives'>;

function compileTarget(
  target: RuleTarget,
  properties: readonly Property[],
): Target | { at: string; fault: string } {
  const name = targetName(target);
  if ('property' in target) return compileProperty(target.property, name, properties);
  const { field } = target;
  if (!ruleFields.includes(field)) {
    return { at: '.field', fault: `is no field that a rule can fill: there are ${ruleFields.join(', ')}` };
  }
  const parse = (raw: unknown): ParsedValue =>
    field === 'manager' ? parseText(raw, referenceLengthMaxChars) : parseMemberField(field, raw);
  return { target, name, multiValued: false, parse };
}

function compileProperty(
  key: string,
  name: string,
  properties: readonly Property[],
): Target | { at: string; fault: string } {
  const property = properties.find((candidate) => candidate.key === key);
  if (!property) return { at: '.property', fault: `is no property of this workspace: ${key}` };
  if (property.type === 'user') {
    const fault = 'is of type user, which no rule can fill; the manager goes to the field manager';
    return { at: '.property', fault };
  }
  return {
    target: { property: key },
    name,
    multiValued: propertyTypeOf(property.type).multiValued,
    parse: (raw) => parsePropertyValue(property, raw),
  };
}
