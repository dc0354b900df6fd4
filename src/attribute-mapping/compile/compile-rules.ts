import { type InputFault, wordedFault } from '../../errors/domain-errors.ts';
import type { Wording } from '../../errors/sentence.ts';
import { parseMemberField } from '../../member-directory/members/member-input.ts';
import type { Property } from '../../member-directory/properties/property-row.ts';
import { type ParsedValue, problem } from '../../member-directory/properties/property-types/property-type.ts';
import { propertyTypeOf } from '../../member-directory/properties/property-types/registry.ts';
import { parseText } from '../../member-directory/properties/property-types/text-types.ts';
import type { ValueKind } from '../../member-directory/properties/property-types/value-kind.ts';
import {
  type Rule,
  ruleFields,
  type RuleTarget,
  targetName,
  type UnknownOptionPolicy,
} from '../rule/rule.ts';
import { kindFault, ruleFault } from '../rule/rule-faults.ts';
import { compileRuleSource, type ReadValues, sourceName } from './rule-source.ts';
import type { Step } from '../transforms/transform.ts';
import { compileTransform } from '../transforms/transforms.ts';
import { type ChooseOptions, compileUnknownOption } from './unknown-option.ts';

/**
 * Longest reference to another person: it is looked for in an index and kept in one, which take 2.7 kB a row, so nobody
 * has an `externalId` that is longer.
 */
const referenceLengthMaxBytes = 2_500;
const referenceLengthMaxChars = 1_000;

/** Longest piece of a rule's source that a report shows, in UTF-16 units. */
const sourceShownMaxChars = 80;

/** One step of a rule and its name, for the report when it fails. */
export interface NamedStep {
  name: string;
  apply: Step;
}

/** One way to fill a target. */
export interface Alternative {
  /** The rule, for the report when it does too much: its place among all, from 1, and what it reads. */
  rule: { number: number; source: string };
  read: ReadValues;
  steps: readonly NamedStep[];
  /** Deals with values that are no option, by the rule's policy; null when the type of the target does. */
  choose: ChooseOptions | null;
}

/** Everything that is known about filling one target, before any person is looked at. */
export interface CompiledTarget {
  target: RuleTarget;
  /** As MEMBER names it: a field, `managerId`, `properties.<key>`. */
  name: string;
  /** In order; the first that gives a value wins. */
  alternatives: Alternative[];
  /** Whether the value is a reference to another person: the SCIM id or externalId of a directory user. */
  isReference: boolean;
  /** Whether it is a problem when there is no value. */
  isRequired: boolean;
  /** Whether the target takes all values, or only the first. */
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
 * @param productLanguages the languages of the product; none: every language
 * @returns the rules that are sound, and the faults of the others with their paths (`rules[3].source`)
 */
export function compileRules(
  rules: readonly Rule[],
  properties: readonly Property[],
  productLanguages: readonly string[] = [],
): { compiled: CompiledRules; faults: InputFault[] } {
  const faults: InputFault[] = [];
  const targets = new Map<string, CompiledTarget>();
  const firsts = new Map<string, { index: number; when: Rule['when'] }>();
  for (const [index, rule] of rules.entries()) {
    const path = `rules[${index}]`;
    const target = compileTarget(rule.target, properties);
    if ('fault' in target) faults.push(wordedFault(`${path}.target${target.at}`, target.fault));
    const alternative = compileAlternative(
      rule,
      index,
      'fault' in target ? null : target,
      faults,
      productLanguages,
    );
    if ('fault' in target) continue;
    const first = firsts.get(target.name);
    const misplaced = placeFault(rule, target.name, first);
    if (misplaced !== null) faults.push(wordedFault(`${path}.${misplaced.at}`, misplaced.fault));
    if (first === undefined) firsts.set(target.name, { index, when: rule.when });
    if (alternative === null || misplaced !== null) continue;
    const known = targets.get(target.name);
    if (known) known.alternatives.push(alternative);
    else targets.set(target.name, { ...target, alternatives: [alternative] });
  }
  addUnfilled(targets, properties);
  const createOnly = [...firsts].filter(([, { when }]) => when === 'create').map(([name]) => name);
  return { compiled: { targets: [...targets.values()], createOnly }, faults };
}

/** Required properties that no rule fills, although nobody else may: this is reported for every person. */
function addUnfilled(targets: Map<string, CompiledTarget>, properties: readonly Property[]): void {
  for (const { key, required, filledBy } of properties) {
    const name = targetName({ property: key });
    if (!required || filledBy !== 'provisioning' || targets.has(name)) continue;
    const target = compileProperty(key, name, properties);
    if (!('fault' in target)) targets.set(name, { ...target, alternatives: [] });
  }
}

/** What is wrong with a rule beside the others for its target: two are an error unless ordered as alternatives. */
function placeFault(
  rule: Rule,
  name: string,
  first: { index: number; when: Rule['when'] } | undefined,
): { at: string; fault: Wording } | null {
  if (first === undefined) {
    if (rule.alternative !== true) return null;
    return { at: 'alternative', fault: ruleFault('alternative-to-nothing', { target: name }) };
  }
  if (rule.alternative !== true) {
    return {
      at: 'target',
      fault: ruleFault('filled-twice', { rule: `rules[${first.index}]`, target: name }),
    };
  }
  if (rule.when === first.when) return null;
  return { at: 'when', fault: ruleFault('when-differs', { target: name }) };
}

function compileAlternative(
  rule: Rule,
  index: number,
  target: Target | null,
  faults: InputFault[],
  productLanguages: readonly string[],
): Alternative | null {
  const before = faults.length;
  const path = `rules[${index}]`;
  const source = compileRuleSource(rule.source);
  if ('fault' in source) faults.push(wordedFault(`${path}.source${source.at}`, source.fault));
  let kind: ValueKind = 'fault' in source ? 'any' : source.gives;
  const steps: NamedStep[] = [];
  for (const [place, { name, args }] of rule.transforms.entries()) {
    const transform = compileTransform(name, args, kind, productLanguages);
    if ('fault' in transform) {
      faults.push(wordedFault(`${path}.transforms[${place}]`, transform.fault));
      kind = 'any';
    } else {
      steps.push({ name, apply: transform.step });
      kind = transform.gives;
    }
  }
  if (target === null) return null;
  if (!target.fits(kind)) {
    const last = rule.transforms.length - 1;
    const at = last < 0 ? 'source' : `transforms[${last}]`;
    faults.push(wordedFault(`${path}.${at}`, kindFault('kind-does-not-fit', kind, { target: target.name })));
  }
  const unknown = target.unknownOption(rule.unknownOption);
  if ('fault' in unknown) faults.push(wordedFault(`${path}.unknownOption${unknown.at}`, unknown.fault));
  if ('fault' in source || 'fault' in unknown || faults.length > before) return null;
  const about = { number: index + 1, source: sourceName(rule.source).slice(0, sourceShownMaxChars) };
  return { rule: about, read: source.read, steps, choose: unknown.choose };
}

/** A target before any rule for it is looked at. */
interface Target extends Omit<CompiledTarget, 'alternatives'> {
  fits: (kind: ValueKind) => boolean;
  unknownOption: (policy: UnknownOptionPolicy | undefined) => ReturnType<typeof compileUnknownOption>;
}

function compileTarget(
  target: RuleTarget,
  properties: readonly Property[],
): Target | { at: string; fault: Wording } {
  const name = targetName(target);
  if ('property' in target) return compileProperty(target.property, name, properties);
  const { field } = target;
  if (!ruleFields.includes(field)) {
    return { at: '.field', fault: ruleFault('no-rule-field', { fields: ruleFields.join(', ') }) };
  }
  const parse = (raw: unknown): ParsedValue =>
    field === 'manager' ? parseReference(raw) : parseMemberField(field, raw);
  return {
    target,
    name,
    isReference: field === 'manager',
    isRequired: false,
    multiValued: false,
    parse,
    fits: (kind) => kind !== 'boolean' && !(kind === 'date' && field === 'email'),
    unknownOption: (policy) =>
      policy === undefined ? { choose: null } : { at: '', fault: ruleFault('only-with-options') },
  };
}

function parseReference(raw: unknown): ParsedValue<string> {
  const parsed = parseText(raw, referenceLengthMaxChars);
  if ('problem' in parsed || Buffer.byteLength(parsed.value) <= referenceLengthMaxBytes) return parsed;
  return problem('too-long-in-bytes', raw, { lengthMaxBytes: referenceLengthMaxBytes });
}

/** A property of type user takes a reference to another person, which synchronization turns into a member. */
function compileProperty(
  key: string,
  name: string,
  properties: readonly Property[],
): Target | { at: string; fault: Wording } {
  const property = properties.find((candidate) => candidate.key === key);
  if (!property) return { at: '.property', fault: ruleFault('no-property', { property: key }) };
  if (property.filledBy === 'people') {
    return { at: '.property', fault: ruleFault('filled-by-people', { property: key }) };
  }
  const type = propertyTypeOf(property.type);
  const isReference = type.isReference === true;
  const options = property.options ?? [];
  return {
    target: { property: key },
    name,
    isReference,
    isRequired: property.required,
    multiValued: type.multiValued,
    parse: isReference ? parseReference : (raw) => type.parse(raw, options),
    fits: (kind) => type.takes?.includes(kind) ?? true,
    unknownOption: (policy) => compileUnknownOption(policy, property),
  };
}
