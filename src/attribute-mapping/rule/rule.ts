import {
  type MemberField,
  memberFields,
  propertyFieldName,
} from '../../member-directory/fields/member-field.ts';

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
 * Where a rule takes its value from: an attribute path (`title`, `emails[type eq "work"].value`, `urn:…:User:department`),
 * several paths of which the first that has a value counts, the same value for everybody, whether the person is in a
 * group, or the names of their groups. In the names of groups `*` stands for any text, and the case does not matter.
 */
export type RuleSource =
  | string
  | { firstOf: string[] }
  | { constant: string | number | boolean }
  | { inGroup: string }
  | { groupNames: string };

/**
 * What happens to a value that is no option of a select or multi-select property: it is reported, becomes an option,
 * is left out, or is translated to an option by a table; what the table lacks is reported.
 */
export type UnknownOptionPolicy = 'report' | 'create' | 'empty' | { table: Record<string, string> };

/**
 * One rule of the attribute mapping.
 *
 * @property when always, or only when the member is created
 * @property alternative an earlier rule has the same target: this one counts when none before it gives a value
 * @property unknownOption only for select and multi-select properties; `report` when left out
 */
export interface Rule {
  source: RuleSource;
  transforms: RuleTransform[];
  target: RuleTarget;
  when: 'always' | 'create';
  alternative?: true;
  unknownOption?: UnknownOptionPolicy;
}

/** How MEMBER, `provisionedFields` and a change name the target: a field, `managerId`, or `properties.<key>`. */
export function targetName(target: RuleTarget): string {
  if ('property' in target) return propertyFieldName(target.property);
  return target.field === 'manager' ? 'managerId' : target.field;
}
