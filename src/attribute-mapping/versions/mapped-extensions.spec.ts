import { describe, expect, it } from '@jest/globals';
import { extensionsOf } from './mapped-extensions.ts';
import type { Rule } from '../rule/rule.ts';

const acme = 'urn:ietf:params:scim:schemas:extension:acme:2.0:User';

describe('extensionsOf', () => {
  it('finds the attributes of every source and of the braces of templates', () => {
    const template = { name: 'template', args: [`{${acme}:badge} {name.givenName}, {${acme}:home.city}`] };
    const rules: Rule[] = [
      { source: 'title', transforms: [template], target: { field: 'jobTitle' }, when: 'always' },
      {
        source: { firstOf: ['userType', `${acme}:BADGE`, `${acme}:level`] },
        transforms: [],
        target: { property: 'level' },
        when: 'always',
      },
    ];
    const found = extensionsOf(rules);
    expect(found.map(({ id, name }) => [id, name])).toEqual([[acme, 'acme']]);
    expect(
      found[0]?.attributes.map(({ name, subAttributes }) => [name, subAttributes?.map((sub) => sub.name)]),
    ).toEqual([
      ['badge', undefined],
      ['home', ['city']],
      ['level', undefined],
    ]);
  });

  it('finds what an admin put into known schemas and complex attributes', () => {
    const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
    const source = {
      firstOf: ['orgRole', `${enterprise}:hireDate`, 'name.middleInitial', 'emails.verified'],
    };
    const rules: Rule[] = [{ source, transforms: [], target: { property: 'level' }, when: 'always' }];
    const found = extensionsOf(rules).map(({ id, attributes }) => [
      id,
      attributes.map(({ name, subAttributes }) => [name, ...(subAttributes ?? []).map((sub) => sub.name)]),
    ]);
    expect(found).toEqual([
      [
        'urn:ietf:params:scim:schemas:core:2.0:User',
        [['orgRole'], ['name', 'middleInitial'], ['emails', 'verified']],
      ],
      [enterprise, [['hireDate']]],
    ]);
  });

  it('tells the names and types under which people have them', () => {
    const firstOf = [
      'BADGES',
      'level',
      'score',
      'isRemote',
      'clearance',
      'site.CODE',
      `${acme}:TAGS`,
      'unseen',
    ];
    const rules: Rule[] = [
      { source: { firstOf }, transforms: [], target: { property: 'level' }, when: 'always' },
    ];
    const people = [
      { badges: ['x'], Level: 3, score: 1, isRemote: true, clearance: { Rank: 1, kind: 'a' } },
      { score: 1.5, site: [{ code: 'B' }], [acme.toLowerCase()]: { tags: ['a'] } },
    ];
    const described = extensionsOf(rules, people).flatMap(({ attributes }) => attributes);
    expect(described.map(({ name, type, multiValued }) => [name, type, multiValued])).toEqual([
      ['badges', 'string', true],
      ['Level', 'integer', false],
      ['score', 'decimal', false],
      ['isRemote', 'boolean', false],
      ['clearance', 'complex', false],
      ['site', 'complex', true],
      ['unseen', 'string', false],
      ['tags', 'string', true],
    ]);
    const parts = described.flatMap(({ name, subAttributes = [] }) =>
      subAttributes.map((sub) => [name, sub.name, sub.type]),
    );
    expect(parts).toEqual([
      ['clearance', 'Rank', 'integer'],
      ['clearance', 'kind', 'string'],
      ['site', 'code', 'string'],
    ]);
  });

  it('finds nothing in rules that read the standard attributes', () => {
    const rule: Rule = { source: 'title', transforms: [], target: { field: 'jobTitle' }, when: 'always' };
    expect(extensionsOf([rule])).toEqual([]);
  });
});
