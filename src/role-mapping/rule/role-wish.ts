import { compileSource, type ReadSource } from '../../attribute-mapping/rule/source.ts';
import { TooCostlyError, Work } from '../../attribute-mapping/rule/work.ts';
import { type MemberRole, rolesByKey } from '../../member-directory/roles/member-role.ts';
import { foldCase } from '../../scim-core/fold.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
import { groupsOfRules, type RoleMapping, type WithoutGroup } from './role-rule.ts';

/**
 * A role that a person would have.
 *
 * @property groups the ids of the directory groups that give it, in order; none: an attribute, or the default
 */
export interface RoleCandidate {
  role: MemberRole;
  groups: readonly string[];
}

/** The code of the problem that a rule about roles would do too much work for somebody. */
export const costlyRoleCode = 'role-rule-too-costly';

/**
 * A rule that would do more work for a person than one person may cost.
 *
 * @property rule its number among the rules, from 1
 * @property source the attribute that it reads
 */
export interface CostlyRoleRule {
  rule: number;
  source: string;
}

/**
 * What the rules want for one person.
 *
 * @property candidates the roles that they would have, the one that counts first: by rank, and the default after all others
 * @property keeps they keep the role that they have: no rule is about them, or one would cost too much to be read
 * @property leaves no rule is about them, and they have no access for that
 * @property costly the rules that would cost too much to be read, in order: what is wanted is without them
 */
export interface RoleWish {
  candidates: readonly RoleCandidate[];
  keeps: boolean;
  leaves: boolean;
  costly: readonly CostlyRoleRule[];
}

/** A role mapping that is ready for use. */
export interface CompiledRoleMapping {
  roles: ReadonlyMap<string, MemberRole>;
  /** The directory groups that rules read. */
  groupIds: readonly string[];
  readsAttributes: boolean;
  /** What the rules want for somebody. @param work counts what that costs, see `mappingPace` */
  wishFor(resource: ScimResource, groups: readonly string[], work?: Work): RoleWish;
}

interface AttributeTest extends CostlyRoleRule {
  read: ReadSource;
  value: string;
  role: MemberRole;
}

/**
 * Makes a mapping ready for use. Rules that name a role or an attribute that there is not are left out.
 *
 * @param declared the roles that the vendor declared
 */
export function compileRoleMapping(
  mapping: Omit<RoleMapping, 'version'>,
  declared: readonly MemberRole[],
): CompiledRoleMapping {
  const roles = rolesByKey(declared);
  const ofGroups = new Map<string, MemberRole>();
  const tests: AttributeTest[] = [];
  for (const [at, rule] of mapping.rules.entries()) {
    const role = roles.get(rule.role);
    if (role === undefined) continue;
    if ('group' in rule) ofGroups.set(rule.group.directoryGroupId, role);
    else {
      const compiled = compileSource(rule.attribute);
      if ('fault' in compiled) continue;
      const known: CostlyRoleRule = { rule: at + 1, source: rule.attribute };
      tests.push({ ...known, read: compiled.read, value: foldCase(rule.value), role });
    }
  }
  const fallback = mapping.default === null ? undefined : roles.get(mapping.default);
  const { withoutGroup } = mapping;
  return {
    roles,
    groupIds: groupsOfRules(mapping.rules),
    readsAttributes: tests.length > 0,
    wishFor: (resource, groups, work = new Work()) => {
      const { given, costly } = rolesOfAttributes(tests, resource, work);
      const wish = wishOf([...rolesOfGroups(ofGroups, groups), ...given], fallback, withoutGroup);
      return costly.length > 0 ? { ...wish, keeps: true, leaves: false, costly } : wish;
    },
  };
}

function rolesOfGroups(
  ofGroups: ReadonlyMap<string, MemberRole>,
  groups: readonly string[],
): RoleCandidate[] {
  return groups.flatMap((id) => {
    const role = ofGroups.get(id);
    return role === undefined ? [] : [{ role, groups: [id] }];
  });
}

/**
 * What one person may cost is limited as for the attribute mapping. A rule that would cost more gives nothing and takes
 * nothing: it is among the `costly`.
 */
function rolesOfAttributes(
  tests: readonly AttributeTest[],
  resource: ScimResource,
  work: Work,
): { given: RoleCandidate[]; costly: CostlyRoleRule[] } {
  const costly: CostlyRoleRule[] = [];
  const given = tests.flatMap(({ read, value, role, rule, source }) => {
    work.beginRule();
    try {
      const isThere = read(resource, work).some((each) => foldCase(textOf(each)) === value);
      return isThere ? [{ role, groups: [] }] : [];
    } catch (error) {
      if (!(error instanceof TooCostlyError)) throw error;
      costly.push({ rule, source });
      return [];
    }
  });
  return { given, costly };
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function wishOf(
  given: readonly RoleCandidate[],
  fallback: MemberRole | undefined,
  withoutGroup: WithoutGroup,
): RoleWish {
  const isGiven = given.length > 0;
  const candidates = merged(given);
  // Who cannot have the role that a rule gives has the default meanwhile.
  if (fallback !== undefined && !candidates.some(({ role }) => role.key === fallback.key)) {
    candidates.push({ role: fallback, groups: [] });
  }
  return {
    candidates,
    keeps: !isGiven && withoutGroup === 'keep',
    leaves: !isGiven && withoutGroup === 'deactivate',
    costly: [],
  };
}

/** Each role once, with all groups that give it, the highest first: the order of rules and groups does not matter. */
function merged(candidates: readonly RoleCandidate[]): RoleCandidate[] {
  const found = new Map<string, { role: MemberRole; groups: Set<string> }>();
  for (const { role, groups } of candidates) {
    const known = found.get(role.key) ?? { role, groups: new Set<string>() };
    for (const id of groups) known.groups.add(id);
    found.set(role.key, known);
  }
  return [...found.values()]
    .map(({ role, groups }) => ({ role, groups: [...groups].sort() }))
    .sort((one, other) => other.role.rank - one.role.rank);
}
