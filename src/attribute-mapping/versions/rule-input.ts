import { BadInputError, type InputFault, wordedFault } from '../../errors/domain-errors.ts';
import { pathLengthMaxChars } from '../../scim-core/limits.ts';
import { isObject } from '../../scim-core/resource.ts';
import { isStorable } from '../../scim-core/storable-text.ts';
import type { RuleDto, RuleTargetDto } from './attribute-mapping.dto.ts';
import type { Rule, RuleField, RuleSource, RuleTarget, UnknownOptionPolicy } from '../rule/rule.ts';
import { ruleFault } from '../rule/rule-faults.ts';
import { pathsPerSourceMax } from '../compile/rule-source.ts';
import { argumentFault } from '../transforms/transform-arguments.ts';

/**
 * The rules of a checked body, with what was left out filled in. Which attributes and targets exist is checked later.
 *
 * @throws BadInputError when a source or a policy has no known form, or a target is not exactly one of field and
 * property
 */
export function toRules(rules: readonly RuleDto[]): Rule[] {
  const faults: InputFault[] = [];
  const read = rules.flatMap((rule, index) => toRule(rule, `rules[${index}]`, faults));
  if (faults.length > 0) throw new BadInputError(faults);
  return read;
}

function toRule(dto: RuleDto, path: string, faults: InputFault[]): Rule[] {
  const source = toSource(dto.source);
  if (source === null) faults.push(wordedFault(`${path}.source`, ruleFault('bad-source')));
  const { field, property } = dto.target;
  if ((field == null) === (property == null)) {
    faults.push(wordedFault(`${path}.target`, ruleFault('field-or-property')));
  }
  const unknownOption = toUnknownOption(dto.unknownOption);
  if (unknownOption === null) {
    faults.push(wordedFault(`${path}.unknownOption`, ruleFault('bad-unknown-option')));
  }
  if (source === null || unknownOption === null) return [];
  const rule: Rule = {
    source,
    transforms: (dto.transforms ?? []).map(({ name, args }) => ({ name, args: args ?? [] })),
    target: toTarget(dto.target),
    when: dto.when ?? 'always',
  };
  if (dto.alternative === true) rule.alternative = true;
  if (unknownOption !== undefined) rule.unknownOption = unknownOption;
  return [rule];
}

/** Null for what has none of the forms. */
function toSource(raw: unknown): RuleSource | null {
  if (isPath(raw)) return raw.trim();
  if (!isObject(raw) || Object.keys(raw).length !== 1) return null;
  const { firstOf, constant, inGroup, groupNames } = raw;
  if (Array.isArray(firstOf)) {
    const paths: unknown[] = firstOf;
    return paths.length > 0 && paths.length <= pathsPerSourceMax && paths.every(isPath)
      ? { firstOf: paths.map((path) => path.trim()) }
      : null;
  }
  if (typeof constant === 'string' || typeof constant === 'number' || typeof constant === 'boolean') {
    return { constant };
  }
  if (typeof inGroup === 'string') return { inGroup: inGroup.trim() };
  return typeof groupNames === 'string' ? { groupNames: groupNames.trim() } : null;
}

function isPath(raw: unknown): raw is string {
  return typeof raw === 'string' && raw.trim() !== '' && raw.length <= pathLengthMaxChars && isStorable(raw);
}

/** Undefined when the rule says nothing, null for what has none of the forms. */
function toUnknownOption(raw: unknown): UnknownOptionPolicy | undefined | null {
  if (raw === undefined || raw === null) return undefined;
  if (raw === 'report' || raw === 'create' || raw === 'empty') return raw;
  if (!isObject(raw) || Object.keys(raw).length !== 1) return null;
  const fault = argumentFault([{ name: 'table', kind: 'table' }], [raw.table]);
  return fault === null ? { table: raw.table as Record<string, string> } : null;
}

/** MEMBER calls the manager `managerId`; both names are understood. */
function toTarget({ field, property }: RuleTargetDto): RuleTarget {
  if (property != null) return { property };
  return { field: (field === 'managerId' ? 'manager' : field) as RuleField };
}
