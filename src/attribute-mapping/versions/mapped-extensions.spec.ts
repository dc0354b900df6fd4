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

  it('finds nothing in rules that read the standard attributes', () => {
    const rule: Rule = { source: 'title', transforms: [], target: { field: 'jobTitle' }, when: 'always' };
    expect(extensionsOf([rule])).toEqual([]);
  });
});
