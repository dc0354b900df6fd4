import { describe, expect, it } from '@jest/globals';
import { expectCost } from '../../../test/harness/relative-cost.ts';
import type { Property } from '../../member-directory/properties/property-row.ts';
import {
  propertyTypeNames,
  propertyTypeOf,
} from '../../member-directory/properties/property-types/registry.ts';
import { compileRules } from '../compile/compile-rules.ts';
import { managerHasFailed, mapAttributes, mapCompiled, valueLengthMaxChars } from './map-attributes.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
import type { Rule, RuleTransform } from '../rule/rule.ts';
import { transformNames } from '../transforms/transforms.ts';

const megabyteChars = 1_000_000;
const custom = 'urn:example.com:schemas:extension:acme:2.0:User';

/** Arguments with which each transform has most to do. */
const args: Record<string, unknown[]> = {
  replace: ['a', 'b'],
  prefix: ['x'],
  suffix: ['x'],
  extract: ['(a+)+$'],
  parseDate: ['D.M.YYYY'],
  template: ['{title}{title}'],
  split: ['a'],
  join: ['a'],
  default: ['x'],
  map: [{ a: 'b' }],
};

/** Texts that make careless code slow: one letter, blanks, many words, what almost is a number, an address, a date. */
const hostileTexts = ['a', ' ', '\u3000', "a'", 'a@', '1.', '9', '(', '-', 'https://', 'ß', '{', '%'].map(
  (piece) => piece.repeat(Math.ceil(valueLengthMaxChars / piece.length)).slice(0, valueLengthMaxChars),
);

function toDepartment(transforms: RuleTransform[]): Rule[] {
  return [{ source: 'title', transforms, target: { property: 'text' }, when: 'always' }];
}

const properties: Property[] = propertyTypeNames.map((type) => ({
  id: type,
  key: type,
  name: type,
  type,
  options: propertyTypeOf(type).hasOptions ? [{ key: 'a', name: 'A' }] : null,
  required: false,
  filledBy: 'both',
}));

describe('the cost of mapping', () => {
  // A pattern that backtracks would need longer than the universe for the first of these.
  it.each(['(a+)+$', '^(.*a){10}$', '(a|aa)+$', '(.*)*x', '(?i)(a|b|ab)*c'])(
    'is linear in the text on the hostile pattern %s',
    (pattern) => {
      const { compiled, faults } = compileRules(
        toDepartment([{ name: 'extract', args: [pattern] }]),
        properties,
      );
      expect(faults).toEqual([]);
      const title = `${'a'.repeat(valueLengthMaxChars - 1)}!`;
      expectCost(() => mapCompiled(compiled, { title }), 60);
    },
  );

  it.each(transformNames.map((name) => [name]))('is linear in the text for %s', (name) => {
    const { compiled, faults } = compileRules(
      toDepartment([{ name, args: args[name] ?? [] }]).map((rule) =>
        name === 'boolean' ? { ...rule, target: { property: 'checkbox' } } : rule,
      ),
      properties,
    );
    expect(faults).toEqual([]);
    expectCost(() => {
      for (const title of hostileTexts) mapCompiled(compiled, { title });
    }, 60);
  });

  it.each(propertyTypeNames.map((type) => [type]))(
    'is linear in the text for a property of type %s',
    (type) => {
      const rules: Rule[] = [
        { source: 'title', transforms: [], target: { property: type }, when: 'always' },
        { source: 'title', transforms: [], target: { field: 'language' }, when: 'always' },
        { source: 'title', transforms: [], target: { field: 'email' }, when: 'always' },
      ];
      expectCost(() => {
        for (const title of hostileTexts) mapAttributes(rules, { title }, properties);
      }, 20);
    },
  );

  it('is that of looking at a megabyte once, wherever it stands', () => {
    const rules: Rule[] = [
      ...toDepartment([{ name: 'extract', args: ['(a+)+$'] }]),
      { source: 'emails[type eq "work"].value', transforms: [], target: { field: 'email' }, when: 'always' },
      { source: `${custom}:a.b`, transforms: [], target: { field: 'jobTitle' }, when: 'always' },
      { source: { groupNames: 'a*b*c' }, transforms: [], target: { property: 'long_text' }, when: 'always' },
    ];
    const { compiled, faults } = compileRules(rules, properties);
    expect(faults).toEqual([]);
    for (const text of ['a'.repeat(megabyteChars), ' '.repeat(megabyteChars)]) {
      const emails = Array.from({ length: 50_000 }, () => ({ type: 'Work', value: 'a' }));
      const resource = { title: text, userName: text, emails, [custom]: { A: { B: text } } };
      expectCost(() => mapCompiled(compiled, resource, [text]), 60);
    }
  });
});

describe('a rule that would do too much', () => {
  const costly = '([ab]{100})+[^ab]';
  const roles = Array.from({ length: 50 }, () => ({ value: 'ab'.repeat(9_900) }));
  const ann = { userName: 'ann', title: 'Engineer', nickName: 'Boss', roles };
  const extract = { name: 'extract', args: [costly] };
  const email: Rule = { source: 'userName', transforms: [], target: { field: 'email' }, when: 'always' };

  function mapped(rules: Rule[], resource: ScimResource = ann, groups: string[] = []) {
    const { compiled, faults } = compileRules(rules, properties);
    expect(faults).toEqual([]);
    return mapCompiled(compiled, resource, groups);
  }

  it('leaves its target as it is and is named, and the others are carried out', () => {
    const toTitle: Rule = {
      source: 'roles.value',
      transforms: [extract],
      target: { field: 'jobTitle' },
      when: 'always',
    };
    const made = mapped([toTitle, ...toDepartment([])]);
    expect(made.fields).toEqual({});
    expect(made.properties).toEqual({ text: 'Engineer' });
    expect(made.problems).toEqual([
      { target: 'jobTitle', code: 'too-costly', params: { rule: 1, source: 'roles.value' } },
    ]);
  });

  it('does not give way to an alternative, and empties no manager', () => {
    const rules: Rule[] = [
      { source: 'roles.value', transforms: [extract], target: { field: 'manager' }, when: 'always' },
      { source: 'nickName', transforms: [], target: { field: 'manager' }, when: 'always', alternative: true },
    ];
    const made = mapped(rules);
    expect(made).toMatchObject({ manager: null, problems: [{ target: 'managerId', code: 'too-costly' }] });
    expect(managerHasFailed(made)).toBe(true);
  });

  it('is told by work alone, so that the same person costs the same every time', () => {
    const rules = [{ ...email }, ...toDepartment([{ name: 'extract', args: [costly] }])];
    const titles = Array.from({ length: 40 }, (_, at) => 'ab'.repeat(at * 100));
    const outcomes = () => titles.map((title) => mapped(rules, { title, userName: 'ann@example.com' }));
    expect(outcomes()).toEqual(outcomes());
    expect(new Set(outcomes().map(({ problems }) => problems.length))).toEqual(new Set([0, 1]));
  });

  it('takes nothing from rules that cost little, wherever they stand', () => {
    const title = 'ab'.repeat(2_500);
    const many: Rule[] = Array.from({ length: 99 }, (_, at) => ({
      ...toDepartment([extract])[0]!,
      ...(at > 0 && { alternative: true as const }),
    }));
    const last: Rule = { source: 'nickName', transforms: [], target: { field: 'jobTitle' }, when: 'always' };
    const made = mapped([...many, last], { title, nickName: 'Boss' });
    expect(made.fields).toEqual({ jobTitle: 'Boss' });
    expect(made.problems).toMatchObject([{ target: 'properties.text', code: 'too-costly' }]);
  });

  const filter = Array.from({ length: 40 }, (_, at) => `value co "${at}z"`).join(' or ');
  const hostile: [string, Partial<Rule>, ScimResource, string[]][] = [
    ['a pattern', { source: 'title', transforms: [extract] }, { title: 'ab'.repeat(9_900) }, []],
    ['a pattern on many values', { source: 'roles.value', transforms: [extract] }, ann, []],
    ['a filter over many long values', { source: `roles[${filter}].value` }, ann, []],
    [
      'a template that repeats',
      { transforms: [{ name: 'template', args: ['{roles.value}'.repeat(15)] }] },
      { ...ann, title: 'a' },
      [],
    ],
    [
      'a replacement that makes much of little',
      { source: 'roles.value', transforms: [{ name: 'replace', args: ['a', 'x'.repeat(200)] }] },
      ann,
      [],
    ],
    [
      'languages of which many are asked for',
      { transforms: [{ name: 'matchLanguage', args: [Array(60).fill('de').join(',')] }] },
      { title: 'fr,'.repeat(6_000) },
      [],
    ],
    [
      'a pattern for the names of many groups',
      { source: { groupNames: '*a*a*a*a*a*a*a*x' } },
      {},
      Array.from({ length: 5_000 }, (_, at) => `${'a'.repeat(100)}${at}`),
    ],
  ];

  it.each(hostile)('in a hundred rules costs a bounded amount: %s', (_, rule, resource, groups) => {
    const rules = Array.from({ length: 100 }, (_, at): Rule => ({
      ...toDepartment([])[0]!,
      target: { property: 'long_text' },
      ...rule,
      ...(at > 0 && { alternative: true as const }),
    }));
    const { compiled, faults } = compileRules(rules, properties);
    expect(faults).toEqual([]);
    expectCost(() => mapCompiled(compiled, resource, groups), 20);
  });
});
