import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { memberState } from '../../../test/harness/member-state.ts';
import { compileRules } from '../../attribute-mapping/compile/compile-rules.ts';
import { markAlternatives } from '../../attribute-mapping/compile/default-rules.ts';
import { mapCompiled } from '../../attribute-mapping/mapping/map-attributes.ts';
import { previewPerson } from '../../attribute-mapping/preview/preview-person.ts';
import type { Rule, RuleTarget } from '../../attribute-mapping/rule/rule.ts';
import type { Property } from '../../member-directory/properties/property-row.ts';
import { enterpriseUserUrn } from '../../scim-core/urns.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
import { plainLink } from '../decision/fresh-link.ts';
import type { MemberState } from '../decision/person.ts';
import type { SyncPolicy } from '../policy/sync-policy.ts';
import type { StoredManager } from './load-people.ts';
import { newPlan, planBatch } from './plan.ts';

const custom = 'urn:example.com:acme:2.0:User';
const now = new Date('2026-11-24T09:00:00.000Z');

const properties = [
  property('team', 'text'),
  property('number', 'number'),
  property('buddy', 'user'),
  property('skills', 'multi_select', [
    { key: 'ts', name: 'TypeScript' },
    { key: 'sql', name: 'SQL' },
  ]),
];

const rules = markAlternatives([
  rule('userName', { field: 'email' }),
  rule('name.givenName', { field: 'firstName' }),
  rule('title', { field: 'jobTitle' }, 'create'),
  rule(`${enterpriseUserUrn}:manager`, { field: 'manager' }),
  rule(`${custom}:team`, { property: 'team' }),
  rule(`${custom}:number`, { property: 'number' }),
  rule(`${custom}:buddy`, { property: 'buddy' }),
  rule(`${custom}:skills`, { property: 'skills' }),
]);
const { compiled } = compileRules(rules, properties, []);

/** A SCIM id or `externalId`, and the member of the person it stands for; of `late` there is none yet. */
const memberOf = new Map<string, string | null>([
  ['ada', 'member-ada'],
  ['bob', 'member-bob'],
  ['late', null],
]);
const managers = new Map<string, StoredManager>(
  [...memberOf].map(([reference, memberId]) => [
    reference,
    { directoryUserId: `user-${reference}`, memberId },
  ]),
);
const named = new Map(
  [...memberOf].flatMap(([reference, id]) => (id === null ? [] : [[reference, id] as const])),
);

const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const resourcesNaming = (...references: string[]) =>
  fc.record({
    userName: fc.constantFrom('ada@example.com', 'ADA@example.com', 'new@example.com', 'no address'),
    title: sometimes(fc.constantFrom('Analyst', 'Builder')),
    name: sometimes(fc.record({ givenName: fc.constantFrom('Ada', 'Eva', ' ') })),
    [enterpriseUserUrn]: sometimes(
      fc.record({ manager: fc.record({ value: fc.constantFrom(...references) }) }),
    ),
    [custom]: sometimes(
      fc.record({
        team: sometimes(fc.constantFrom('blue', '')),
        number: sometimes(fc.constantFrom('7', 'seven')),
        buddy: sometimes(fc.constantFrom(...references)),
        skills: sometimes(fc.array(fc.constantFrom('TypeScript', 'SQL', 'Cobol'), { maxLength: 3 })),
      }),
    ),
  });
const members = fc
  .record({
    firstName: fc.option(fc.constantFrom('Ada', 'Eva')),
    jobTitle: fc.option(fc.constantFrom('Analyst', 'Builder')),
    managerId: fc.option(fc.constantFrom('member-bob', 'member-eve')),
    properties: fc.record(
      {
        team: fc.constantFrom('blue', 'red'),
        number: fc.constant(7),
        buddy: fc.constantFrom('member-ada', 'member-bob'),
        skills: fc.constantFrom(['ts'], ['sql', 'ts']),
      },
      { requiredKeys: [] },
    ),
  })
  .map((values): MemberState => memberState({ id: 'member-ada', ...values }));

describe('the preview of a mapping and a run', () => {
  it('agree on every field of a member', () => {
    fc.assert(
      fc.property(resourcesNaming('ada', 'bob', 'late', 'nobody'), members, (resource, member) => {
        expect(previewed(resource, member)).toEqual(decided(resource, member));
      }),
    );
  });

  it('agree on every field of somebody new', () => {
    fc.assert(
      fc.property(resourcesNaming('bob', 'late', 'nobody'), (resource) => {
        fc.pre(resource.userName.includes('@'));
        expect(previewed(resource, null)).toEqual(decided(resource, null));
      }),
    );
  });
});

function previewed(resource: ScimResource, member: MemberState | null): object {
  const user = {
    id: 'user-ada',
    userName: 'ada',
    resource,
    groups: [],
    member,
    isWithheld: false,
    isInConflict: false,
  };
  return byField(previewPerson(user, mapCompiled(compiled, resource), compiled, named).changes);
}

function decided(resource: ScimResource, member: MemberState | null): object {
  const person = {
    directoryUserId: 'user-ada',
    directoryUser: {
      id: 'user-ada',
      externalId: 'e1',
      userName: 'ada',
      active: true,
      version: '2',
      resource,
      lacksRole: false,
    },
    link: member && plainLink({ memberId: member.id, externalId: 'e1', name: 'Ada' }),
    member,
    returners: [],
    former: null,
    hasHeir: false,
    mapped: mapCompiled(compiled, resource),
    emailHolder: null,
    manager: { kind: 'unmapped' as const },
    references: {},
    groups: null,
    roleWish: null,
    roleFor: null,
    roleGroupNames: new Map(),
    erasedAt: null,
    newMemberId: 'member-ada',
  };
  const settings = { linkByEmail: false, onLeave: 'deactivate', graceDays: 30, ownedFields: [] };
  const policy = { settings, mapsManager: true } as unknown as SyncPolicy;
  const loaded = { people: [person], holders: new Map(), managers, chains: new Map() };
  const [decision] = planBatch(loaded, policy, newPlan({ used: 0, allowed: 1 }), now);
  return byField(decision?.fields ?? []);
}

function byField(changes: readonly { field: string; before: unknown; after: unknown }[]): object {
  return Object.fromEntries(changes.map(({ field, ...values }) => [field, values]));
}

function property(key: string, type: string, options: Property['options'] = null): Property {
  return { id: `id-of-${key}`, key, name: key, type, options, required: false, filledBy: 'both' };
}

function rule(source: string, target: RuleTarget, when: Rule['when'] = 'always'): Rule {
  return { source, transforms: [], target, when };
}
