import { type MemberField, memberFields, propertyFieldName } from '../member-directory/member-field.ts';

/** Most rules of one mapping. */
export const rulesMax = 100;
/** Most transforms of one rule. */
export const transformsMax = 10;

/** A member field that a rule can fill. The manager is a reference to another person. */
export type RuleField = MemberField | 'manager';

/** The fields that a rule can fill, as the HTTP contract spells them. */
export const ruleFields: readonly RuleField[] = [...memberFields, 'manager'];

/** What a rule fills: a member field, or a property by its key. */
export type RuleTarget = { field: RuleField } | { property: string };

/** One step of a rule, by name; `args` are checked when the rule is saved. */
export interface RuleTransform {
  name: string;
  args: unknown[];
}

/**
 * One rule of the attribute mapping. Several rules with one target are alternatives: the first that gives a value wins.
 *
 * @property source a SCIM attribute path: `title`, `emails[type eq "work"].value`, `urn:…:User:department`
 * @property when always, or only when the member is created
 */
export interface Rule {
  source: string;
  transforms: RuleTransform[];
  target: RuleTarget;
  when: 'always' | 'create';
}

/** How MEMBER, `provisionedFields` and a change name the target: a field, `managerId`, or `properties.<key>`. */
export function targetName(target: RuleTarget): string {
  if ('property' in target) return propertyFieldName(target.property);
  return target.field === 'manager' ? 'managerId' : target.field;
}
