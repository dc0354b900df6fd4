import { departmentProperty } from '../../member-directory/properties/default-property.ts';
import { enterpriseUserUrn } from '../../scim-core/urns.ts';
import { type Rule, type RuleTarget, type RuleTransform, targetName } from '../rule/rule.ts';

/**
 * The rules that are right for Entra ID and Okta on the first day. Rules with one target are alternatives in order.
 *
 * @param withDepartment does the workspace have a property that can hold the department?
 */
export function defaultRules(withDepartment: boolean): Rule[] {
  const rules = [
    rule('emails[primary eq true].value', { field: 'email' }),
    rule('emails[type eq "work"].value', { field: 'email' }),
    rule('emails.value', { field: 'email' }),
    rule('userName', { field: 'email' }, [{ name: 'onlyEmail', args: [] }]),
    rule('name.givenName', { field: 'firstName' }),
    rule('name.familyName', { field: 'lastName' }),
    rule('displayName', { field: 'displayName' }),
    rule('name.formatted', { field: 'displayName' }),
    rule('name.familyName', { field: 'displayName' }, [
      { name: 'template', args: ['{name.givenName} {name.familyName}'] },
    ]),
    rule('title', { field: 'jobTitle' }),
    rule('preferredLanguage', { field: 'language' }, [{ name: 'matchLanguage', args: [] }]),
    rule('locale', { field: 'language' }, [{ name: 'matchLanguage', args: [] }]),
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
