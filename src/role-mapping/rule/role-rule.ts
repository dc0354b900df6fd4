/** Most rules of a workspace. */
export const roleRulesMax = 200;
/** Longest attribute path of a rule, in UTF-16 units. */
export const roleAttributeLengthMaxChars = 500;
/** Longest value that a rule compares with, in UTF-16 units. */
export const roleValueLengthMaxChars = 1_000;

/** What happens to people without a rule that gives them a role: the default, the role that they have, or no access. */
export const withoutGroupChoices = ['default', 'keep', 'deactivate'] as const;
export type WithoutGroup = (typeof withoutGroupChoices)[number];

/** Who is in a group of the directory has the role. */
export interface GroupRoleRule {
  group: { directoryGroupId: string };
  role: string;
}

/** Who has this value in an attribute has the role; case does not matter. */
export interface AttributeRoleRule {
  attribute: string;
  value: string;
  role: string;
}

export type RoleRule = GroupRoleRule | AttributeRoleRule;

/**
 * Which roles the people of a workspace have.
 *
 * @property version 0 while the admin has said nothing: roles are then left alone
 * @property default the role of people who come, and of those without a rule that gives them one; null: none
 */
export interface RoleMapping {
  version: number;
  default: string | null;
  rules: readonly RoleRule[];
  withoutGroup: WithoutGroup;
}

/** What holds while the admin has said nothing. */
export const noRoleMapping: RoleMapping = { version: 0, default: null, rules: [], withoutGroup: 'default' };

/** The ids of the directory groups that rules read, each once. */
export function groupsOfRules(rules: readonly RoleRule[]): string[] {
  return [...new Set(rules.flatMap((rule) => ('group' in rule ? [rule.group.directoryGroupId] : [])))];
}

/** The roles that a mapping may give, each once. */
export function rolesOfMapping({
  default: fallback,
  rules,
}: Pick<RoleMapping, 'default' | 'rules'>): string[] {
  const given = rules.map(({ role }) => role);
  return [...new Set(fallback === null ? given : [...given, fallback])];
}
