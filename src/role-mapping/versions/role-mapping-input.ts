import { BadInputError, type InputFault } from '../../errors/domain-errors.ts';
import { roleFault } from '../rule/role-rule-faults.ts';
import type { RoleMapping, RoleRule } from '../rule/role-rule.ts';
import type { RoleMappingDto, RoleRuleDto } from './role-mapping.dto.ts';

/** The mapping that a body stands for. @throws BadInputError naming each rule that is about no group and no attribute */
export function toMapping(body: RoleMappingDto): Omit<RoleMapping, 'version'> {
  const faults: InputFault[] = [];
  const rules = body.rules.flatMap((rule, at): RoleRule[] => {
    const read = toRule(rule);
    if (read === null) faults.push(roleFault(`rules[${at}]`, 'group-or-attribute'));
    return read === null ? [] : [read];
  });
  if (faults.length > 0) throw new BadInputError(faults);
  return { default: body.default ?? null, rules, withoutGroup: body.withoutGroup ?? 'default' };
}

function toRule({ group, attribute, value, role }: RoleRuleDto): RoleRule | null {
  const isOfAttribute = typeof attribute === 'string' && typeof value === 'string';
  const namesGroup = group !== undefined && group !== null;
  if (namesGroup && (attribute ?? value ?? null) === null) {
    return { group: { directoryGroupId: group.directoryGroupId.toLowerCase() }, role };
  }
  return !namesGroup && isOfAttribute ? { attribute, value, role } : null;
}
