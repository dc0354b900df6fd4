import { memberFields, memberTextFields } from '../../member-directory/fields/member-field.ts';
import { departmentProperty } from '../../member-directory/properties/default-property.ts';
import { enterpriseUserUrn } from '../../scim-core/urns.ts';
import { type Rule, type RuleTarget, type RuleTransform, targetName } from '../rule/rule.ts';

/**
 * The rules that are right for Entra ID and Okta on the first day. Rules with one target are alternatives in order.
 *
 * @param withDepartment whether the workspace has a property that can hold the department
 */
export function defaultRules(withDepartment: boolean): Rule[] {
  const rules = [
    ...memberFields.flatMap((field) =>
      memberTextFields[field].sources.map(({ path, transform }) =>
        rule(path, { field }, transform === undefined ? [] : [transform]),
      ),
    ),
    rule(`${enterpriseUserUrn}:manager`, { field: 'manager' }),
  ];
  if (withDepartment)
    rules.push(rule(`${enterpriseUserUrn}:department`, { property: departmentProperty.key }));
  return markAlternatives(rules);
}

/** Marks every rule whose target an earlier rule has as that rule's alternative. */
export function markAlternatives(rules: readonly Rule[]): Rule[] {
  const seen = new Set<string>();
  return rules.map((rule) => {
    const name = targetName(rule.target);
    if (seen.has(name)) return { ...rule, alternative: true };
    seen.add(name);
    return rule;
  });
}

function rule(source: string, target: RuleTarget, transforms: RuleTransform[] = []): Rule {
  return { source, transforms, target, when: 'always' };
}
