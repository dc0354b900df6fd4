import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MemberRole } from '../../member-directory/roles/member-role.ts';
import { Work } from '../../attribute-mapping/rule/work.ts';
import { faultsOfMapping } from './role-rule-faults.ts';
import type { RoleMapping, RoleRule } from './role-rule.ts';
import { compileRoleMapping } from './role-wish.ts';

const declared: MemberRole[] = ['admin', 'editor', 'member', 'viewer'].map((key, at) => ({
  key,
  name: { en: key, de: key },
  rank: 40 - at,
  privileged: key === 'admin',
  max: null,
}));

const key = fc.constantFrom('admin', 'editor', 'member', 'viewer');
const groupId = fc.constantFrom('g1', 'g2', 'g3', 'g4');
const rule: fc.Arbitrary<RoleRule> = fc.oneof(
  fc.record({ group: fc.record({ directoryGroupId: groupId }), role: key }),
  fc.record({ attribute: fc.constant('title'), value: fc.constantFrom('Chief', 'Writer'), role: key }),
);
const mapping = fc.record({
  default: fc.option(key),
  rules: fc.uniqueArray(rule, {
    selector: (one) => ('group' in one ? one.group.directoryGroupId : one.value),
    maxLength: 6,
  }),
  withoutGroup: fc.constantFrom('default' as const, 'keep' as const, 'deactivate' as const),
});
const person = fc.record({
  resource: fc.record({ title: fc.constantFrom('chief', 'writer', 'nothing') }),
  groups: fc.uniqueArray(groupId),
});

type Mapping = Omit<RoleMapping, 'version'>;

function rolesFor(given: Mapping, resource: Record<string, unknown>, groups: readonly string[]) {
  const wish = compileRoleMapping(given, declared).wishFor(resource, groups);
  return { ...wish, candidates: wish.candidates.map(({ role, groups: of }) => [role.key, of]) };
}

describe('what rules of roles want', () => {
  it('says what it costs, where rules read attributes', () => {
    const costOf = (rules: RoleRule[]) => {
      const work = new Work();
      const resource = { roles: Array.from({ length: 100 }, (_, at) => ({ value: `role ${at}` })) };
      compileRoleMapping({ default: null, rules, withoutGroup: 'default' }, declared).wishFor(
        resource,
        [],
        work,
      );
      return work.spentUnits;
    };
    const attribute = (at: number) => ({
      attribute: 'roles[value co "x"].value',
      value: `${at}`,
      role: 'editor',
    });
    const one = costOf([attribute(1)]);
    expect(one).toBeGreaterThan(500);
    expect(costOf([attribute(1), attribute(2), attribute(3)])).toBe(3 * one);
    expect(costOf([{ group: { directoryGroupId: 'g1' }, role: 'editor' }])).toBe(0);
  });

  it('takes neither role nor access where a rule would cost more than one person may', () => {
    const rules = [{ attribute: 'roles[value co "x"].value', value: 'role', role: 'editor' }];
    const resource = { roles: Array.from({ length: 20 }, (_, at) => ({ value: `${at}`.padEnd(100_000) })) };
    const given: Mapping = { default: 'viewer', rules, withoutGroup: 'deactivate' };
    expect(rolesFor(given, resource, [])).toEqual({
      candidates: [['viewer', []]],
      keeps: true,
      leaves: false,
      costly: [{ rule: 1, source: 'roles[value co "x"].value' }],
    });
    expect(rolesFor(given, { roles: [] }, [])).toMatchObject({ keeps: false, leaves: true, costly: [] });
  });

  it('does not depend on the order of rules and groups', () => {
    fc.assert(
      fc.property(mapping, person, fc.integer(), (given, { resource, groups }, seed) => {
        const turned = { ...given, rules: shuffled(given.rules, seed) };
        expect(rolesFor(turned, resource, shuffled(groups, seed + 1))).toEqual(
          rolesFor(given, resource, groups),
        );
      }),
    );
  });

  it('is the highest role of all that rules give, and the default only where none does', () => {
    fc.assert(
      fc.property(mapping, person, (given, { resource, groups }) => {
        const matching = given.rules.filter((one) =>
          'group' in one
            ? groups.some((id) => id === one.group.directoryGroupId)
            : one.value.toLowerCase() === resource.title,
        );
        const ranks = matching.map(({ role }) => declared.find((one) => one.key === role)?.rank ?? -1);
        const highest = declared.find(({ rank }) => rank === Math.max(...ranks))?.key;
        const { candidates, keeps, leaves } = rolesFor(given, resource, groups);
        const first = candidates[0]?.[0] ?? null;
        expect(first).toBe(matching.length > 0 ? highest : given.default);
        expect(keeps).toBe(matching.length === 0 && given.withoutGroup === 'keep');
        expect(leaves).toBe(matching.length === 0 && given.withoutGroup === 'deactivate');
      }),
    );
  });

  it('names every group that gives the role, in order', () => {
    const rules = ['g3', 'g1', 'g2'].map((id) => ({ group: { directoryGroupId: id }, role: 'editor' }));
    const given: Mapping = { default: null, rules, withoutGroup: 'default' };
    expect(rolesFor(given, {}, ['g3', 'g1']).candidates).toEqual([['editor', ['g1', 'g3']]]);
  });
});

describe('a role mapping', () => {
  const keys = new Set(declared.map((role) => role.key));
  const codes = (given: Partial<Mapping>) =>
    faultsOfMapping({ default: null, rules: [], withoutGroup: 'default', ...given }, keys).map(
      ({ path, code }) => [path, code],
    );
  const ofGroup = (directoryGroupId: string, role: string) => ({ group: { directoryGroupId }, role });

  it.each([
    [{ default: 'king' }, [['default', 'no-role']]],
    [{ rules: [ofGroup('g1', 'king')] }, [['rules[0].role', 'no-role']]],
    [{ rules: [ofGroup('g1', 'admin'), ofGroup('g1', 'editor')] }, [['rules[1]', 'rules-contradict']]],
    [{ rules: [ofGroup('g1', 'admin'), ofGroup('g1', 'admin')] }, [['rules[1]', 'rule-twice']]],
    [
      {
        rules: [
          { attribute: 'roles.value', value: 'Boss', role: 'admin' },
          { attribute: 'Roles.value', value: 'boss', role: 'editor' },
        ],
      },
      [['rules[1]', 'rules-contradict']],
    ],
    [
      { rules: [{ attribute: 'no such path', value: 'x', role: 'admin' }] },
      [['rules[0].attribute', 'unreadable-path']],
    ],
    [{ withoutGroup: 'deactivate' as const }, [['withoutGroup', 'deactivates-everybody']]],
    [{ default: 'member', rules: [ofGroup('g1', 'admin'), ofGroup('g2', 'editor')] }, []],
  ])('is refused with the place and the reason: %j', (given, faults) => {
    expect(codes(given)).toEqual(faults);
  });
});

/** The same in another order, which the seed decides. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  return items
    .map((item, at) => ({ item, at: Math.abs(Math.sin(seed + at + 1)) }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}
