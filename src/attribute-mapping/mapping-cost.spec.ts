import { describe, expect, it } from '@jest/globals';
import { expectCost } from '../../test/harness/relative-cost.ts';
import type { Property } from '../member-directory/property-row.ts';
import { propertyTypeNames, propertyTypeOf } from '../member-directory/property-types/registry.ts';
import { compileRules } from './compile-rules.ts';
import { mapAttributes, mapCompiled, valueLengthMaxChars } from './map-attributes.ts';
import type { Rule, RuleTransform } from './rule.ts';
import { transformNames } from './transforms.ts';

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
