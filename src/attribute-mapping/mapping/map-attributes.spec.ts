import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../../test/harness/any-text.ts';
import { forEachMemberField } from '../../member-directory/fields/member-field.ts';
import { optionsMax } from '../../member-directory/properties/property-options.ts';
import type { Property } from '../../member-directory/properties/property-row.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
import { compileRules } from '../compile/compile-rules.ts';
import { defaultRules, markAlternatives } from '../compile/default-rules.ts';
import { mapAttributes } from './map-attributes.ts';
import { OptionBudget } from './option-budget.ts';
import { reportedValuesMax } from '../transforms/parse-values.ts';
import type { Rule, RuleSource, RuleTarget, RuleTransform, UnknownOptionPolicy } from '../rule/rule.ts';
import { cases } from '../../../test/harness/cases.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const custom = 'urn:example.com:schemas:extension:acme:2.0:User';

function property(key: string, type = 'text', options: Property['options'] = null): Property {
  return { id: `id-of-${key}`, key, name: key, type, options, required: false, filledBy: 'both' };
}

function rule(
  source: RuleSource,
  target: RuleTarget,
  transforms: RuleTransform[] = [],
  when: Rule['when'] = 'always',
): Rule {
  return { source, transforms, target, when };
}

const properties = [
  property('department'),
  property('number', 'number'),
  property('start', 'date'),
  property('remote', 'checkbox'),
  property('site', 'select', [
    { key: 'muc', name: 'München' },
    { key: 'ber', name: 'Berlin' },
  ]),
  property('skills', 'multi_select', [
    { key: 'ts', name: 'TypeScript' },
    { key: 'sql', name: 'SQL' },
  ]),
];

describe('the default rules', () => {
  const rules = defaultRules(true);
  const ann: ScimResource = {
    userName: 'ann@example.com',
    externalId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159',
    active: true,
    displayName: 'Ann Archer',
    title: 'Engineer',
    preferredLanguage: 'de-de',
    name: { givenName: 'Ann', familyName: 'Archer' },
    emails: [
      { value: 'ann@home.example', type: 'home' },
      { value: 'ann@work.example', type: 'work' },
    ],
    [enterprise]: { department: 'Research', manager: { value: 'boss-1' } },
  };

  it('fill every field of a person as Entra ID sends them', () => {
    expect(mapAttributes(rules, ann, properties)).toEqual({
      fields: {
        ...forEachMemberField(() => null),
        email: 'ann@work.example',
        firstName: 'Ann',
        lastName: 'Archer',
        displayName: 'Ann Archer',
        jobTitle: 'Engineer',
        language: 'de-DE',
      },
      properties: { department: 'Research' },
      manager: 'boss-1',
      references: {},
      createOnly: [],
      newOptions: [],
      problems: [],
      workUnits: expect.any(Number),
    });
  });

  it.each([
    [
      [
        { value: 'p@x.example', type: 'home', primary: true },
        { value: 'w@x.example', type: 'work' },
      ],
      'p@x.example',
    ],
    [
      [
        { value: 'o@x.example', type: 'other' },
        { value: 'w@x.example', type: 'work' },
      ],
      'w@x.example',
    ],
    [[{ value: 'o@x.example', type: 'other' }], 'o@x.example'],
    [[{ value: '', type: 'work' }], 'ann@example.com'],
    [undefined, 'ann@example.com'],
  ])('take the address of %j', (emails, expected) => {
    expect(mapAttributes(rules, { ...ann, emails }, properties).fields.email).toBe(expected);
  });

  it('take no userName that is not an address', () => {
    const mapped = mapAttributes(rules, { userName: 'ann', active: true }, properties);
    expect(mapped.fields.email).toBeNull();
    expect(mapped.problems).toEqual([]);
  });

  it.each([
    ['SMTP:o@x.example', 'o@x.example', []],
    ['Ann <o@x.example.>', 'o@x.example', []],
    ['sip:o@x.example', 'ann@example.com', ['not-an-email-address']],
    ['\u200b', 'ann@example.com', []],
  ])('clean the address %j, or report it and take the next', (value, expected, codes) => {
    const sent = { ...ann, emails: [{ value, type: 'work' }] };
    const { fields, problems } = mapAttributes(rules, sent, properties);
    expect(fields.email).toBe(expected);
    expect([...new Set(problems.map(({ code }) => code))]).toEqual(codes);
  });

  it('take no userName of a guest for an address', () => {
    const guest = { userName: 'ann_partner.example#EXT#@tenant.example', active: true };
    expect(mapAttributes(rules, guest, properties)).toMatchObject({ fields: { email: null }, problems: [] });
    const byUserName = mapAttributes([rule('userName', { field: 'email' })], guest, properties);
    expect(byUserName.fields.email).toBeUndefined();
    expect(byUserName.problems).toMatchObject([{ target: 'email', code: 'not-an-email-address' }]);
  });

  it('let nothing invisible into names, and take a name of nothing else for none', () => {
    const sent = { ...ann, displayName: '\u200b\u202e', title: 'En\u202egi\r\nneer' };
    expect(mapAttributes(rules, sent, properties).fields).toMatchObject({
      displayName: 'Ann Archer',
      jobTitle: 'Engi neer',
    });
  });

  it('make a display name of the names', () => {
    const { displayName: _, ...nameless } = ann;
    expect(mapAttributes(rules, nameless, properties).fields.displayName).toBe('Ann Archer');
    const onlyLast = { ...nameless, name: { familyName: 'Archer' } };
    expect(mapAttributes(rules, onlyLast, properties).fields.displayName).toBe('Archer');
    expect(mapAttributes(rules, { userName: 'x' }, properties).fields.displayName).toBeNull();
  });

  it('never use the name that Entra ID gives to a soft-deleted person', () => {
    const dead = '8aa1a0c0c4c34bc0b4a52ef676900159ann@example.com';
    const inactive = {
      userName: dead,
      active: false,
      emails: [{ value: dead, type: 'work' }],
      displayName: dead,
    };
    const mapped = mapAttributes(rules, inactive, properties);
    expect(mapped.fields.email).toBeNull();
    expect(mapped.fields.displayName).toBeNull();
    const stillActive = { userName: dead, active: true, externalId: ann.externalId };
    expect(mapAttributes(rules, stillActive, properties).fields.email).toBeNull();
    const hashed = { userName: '8aa1a0c0c4c34bc0b4a52ef676900159@example.com', active: false };
    expect(mapAttributes(rules, hashed, properties).fields.email).toBe(hashed.userName);
  });
});

describe('mapAttributes', () => {
  it.each<[string, ScimResource, unknown]>([
    [`${custom}:costs`, { [custom]: { costs: 'K1' } }, 'K1'],
    [`${custom}:CostS`, { [custom]: { costs: 'K1' } }, 'K1'],
    [`${custom}:site.name`, { [custom]: { site: { name: 'K1' } } }, 'K1'],
    [`${custom}:ids`, { [custom]: { ids: [{ value: '1' }, { value: '2' }] } }, '1'],
    ['phoneNumbers[type eq "mobile"].value', { phoneNumbers: [{ type: 'mobile', value: '+49 1' }] }, '+49 1'],
    ['phoneNumbers[type eq "mobile"].value', { phoneNumbers: [{ type: 'MOBILE', value: '+49 1' }] }, '+49 1'],
    ['roles[primary eq true].value', { roles: [{ value: 'A' }, { value: 'B', primary: true }] }, 'B'],
    ['USERTYPE', { userType: 'Staff' }, 'Staff'],
    ['active', { active: true }, 'true'],
    ['title', { title: '   ' }, null],
    ['title', Object.create({ title: 'inherited' }) as ScimResource, null],
  ])('reads %s', (source, resource, expected) => {
    const mapped = mapAttributes([rule(source, { property: 'department' })], resource, properties);
    expect(mapped.properties).toEqual({ department: expected });
  });

  it.each([
    ['number', '12.5', 12.5],
    ['start', '2026-01-31T23:00:00Z', '2026-01-31'],
    ['remote', 'True', true],
    ['site', 'münchen', 'muc'],
    ['site', 'ber', 'ber'],
  ])('brings a value into the type of the property %s', (key, sent, expected) => {
    const mapped = mapAttributes([rule('title', { property: key })], { title: sent }, properties);
    expect(mapped.properties[key]).toEqual(expected);
  });

  it('fills a multi-select from a list and from a text that is split', () => {
    const resource = { roles: [{ value: 'sql' }, { value: 'typescript' }], title: 'SQL; TypeScript' };
    const list = mapAttributes([rule('roles.value', { property: 'skills' })], resource, properties);
    expect(list.properties.skills).toEqual(['sql', 'ts']);
    const steps = [{ name: 'split', args: [';'] }];
    const text = mapAttributes([rule('title', { property: 'skills' }, steps)], resource, properties);
    expect(text.properties.skills).toEqual(['sql', 'ts']);
  });

  it.each<[UnknownOptionPolicy]>([['report'], [{ table: { Javascript: 'TypeScript' } }]])(
    'keeps the known options of several and reports each unknown one, by the policy %j',
    (unknownOption) => {
      const rules: Rule[] = [{ ...rule('roles.value', { property: 'skills' }), unknownOption }];
      const roles = ['Go', 'SQL', 'Rust', 'Go'].map((value) => ({ value }));
      const mapped = mapAttributes(rules, { roles }, properties);
      expect(mapped.properties.skills).toEqual(['sql']);
      expect(mapped.problems).toEqual(
        ['Go', 'Rust'].map((value) => ({
          target: 'properties.skills',
          code: 'unknown-option',
          params: { value },
        })),
      );
      const none = mapAttributes(rules, { roles: [{ value: 'Go' }, { value: 'Rust' }] }, properties);
      expect(none.properties).toEqual({});
      expect(none.problems).toEqual(mapped.problems);
    },
  );

  it('names a bounded number of unknown options and counts the others', () => {
    const roles = [{ value: 'SQL' }, ...Array.from({ length: 150 }, (_, n) => ({ value: `role ${n}` }))];
    const mapped = mapAttributes([rule('roles.value', { property: 'skills' })], { roles }, properties);
    expect(mapped.properties.skills).toEqual(['sql']);
    expect(mapped.problems).toHaveLength(reportedValuesMax + 1);
    expect(mapped.problems.at(-1)).toMatchObject({
      code: 'more-values',
      params: { count: 150 - reportedValuesMax },
    });
  });

  it('keeps the known options of several when a property has no room for new ones', () => {
    const options = Array.from({ length: optionsMax }, (_, n) => ({ key: `o${n}`, name: `Option ${n}` }));
    const full = [property('skills', 'multi_select', options)];
    const rules: Rule[] = [{ ...rule('roles.value', { property: 'skills' }), unknownOption: 'create' }];
    const settled = (...names: string[]) => {
      const roles = names.map((value) => ({ value }));
      return new OptionBudget(full).settle(mapAttributes(rules, { roles }, full));
    };
    const problems = [{ target: 'properties.skills', code: 'too-many-options', params: { value: 'Go' } }];
    expect(settled('Go', 'Option 7')).toMatchObject({
      properties: { skills: ['o7'] },
      newOptions: [],
      problems,
    });
    expect(settled('Go')).toMatchObject({ newOptions: [], problems });
    expect(settled('Go').properties).toEqual({});
  });

  it('makes options of what can be one beside a value that cannot', () => {
    const rules: Rule[] = [{ ...rule('roles.value', { property: 'skills' }), unknownOption: 'create' }];
    const roles = [{ value: 'x'.repeat(201) }, { value: 'SQL' }, { value: 'Go' }];
    const mapped = mapAttributes(rules, { roles }, properties);
    expect(mapped.properties.skills).toEqual(['sql', 'go']);
    expect(mapped.problems).toMatchObject([{ target: 'properties.skills', code: 'too-long' }]);
  });

  it('reports what does not fit and leaves that target out, the rest goes on', () => {
    const rules = [rule('title', { property: 'number' }), rule('userType', { property: 'department' })];
    const mapped = mapAttributes(rules, { title: '12,5', userType: 'Staff' }, properties);
    expect(mapped.properties).toEqual({ department: 'Staff' });
    expect(mapped.problems).toEqual([
      { target: 'properties.number', code: 'not-a-number', params: { value: '12,5' } },
    ]);
  });

  it('goes on to the next alternative after a value that does not fit', () => {
    const rules = markAlternatives([
      rule('title', { property: 'site' }),
      rule('userType', { property: 'site' }),
    ]);
    const mapped = mapAttributes(rules, { title: 'Mars', userType: 'Berlin' }, properties);
    expect(mapped.properties.site).toBe('ber');
    expect(mapped.problems).toHaveLength(1);
  });

  it('names the targets that are filled only at creation', () => {
    const rules = [
      rule('title', { field: 'jobTitle' }, [], 'create'),
      rule('manager', { field: 'manager' }, [], 'create'),
    ];
    expect(mapAttributes(rules, {}, properties).createOnly).toEqual(['jobTitle', 'managerId']);
  });

  it.each<[string, unknown[], string | null]>([
    ['trim', [], 'De_Vries'],
    ['lower', [], 'de_vries'],
    ['upper', [], 'DE_VRIES'],
    ['replace', ['_', ' '], 'De Vries'],
    ['prefix', ['EMP-'], 'EMP- De_Vries'],
    ['suffix', ['!'], 'De_Vries !'],
    ['split', ['_', 1], 'Vries'],
    ['split', ['_', -1], 'Vries'],
    ['split', ['_', 7], null],
    ['first', [], 'De_Vries'],
    ['join', ['+'], 'De_Vries'],
    ['default', ['none'], 'De_Vries'],
    ['map', [{ DE_VRIES: 'Known' }], 'Known'],
    ['map', [{ other: 'Known' }], 'De_Vries'],
    ['map', [{ other: 'Known' }, 'Other'], 'Other'],
    ['titleCase', [], 'De_vries'],
    ['extract', ['^ *([A-Z]+)', 1], 'D'],
    ['extract', ['[0-9]+'], null],
    ['onlyEmail', [], null],
    ['template', ['{userType}/{name.givenName}/x'], 'Staff//x'],
  ])('applies %s(%j)', (name, args, expected) => {
    const rules = [rule('title', { property: 'department' }, [{ name, args }])];
    const mapped = mapAttributes(rules, { title: ' De_Vries ', userType: 'Staff' }, properties);
    expect(mapped.problems).toEqual([]);
    expect(mapped.properties.department).toBe(expected);
  });

  it.each<[string, string[], string[], string | null | undefined, string[]]>([
    ['de-CH', [], ['en', 'de'], 'de', []],
    ['de-CH', ['fr, de-DE'], ['en', 'de'], 'de-DE', []],
    ['de_CH', [], [], 'de-CH', []],
    ['fr', [], ['en', 'de'], undefined, ['no-product-language']],
    ['German', [], ['en', 'de'], undefined, ['not-a-language']],
    ['German', [], [], undefined, ['not-a-language']],
  ])(
    'matches the language %j, listing %j for a product with %j',
    (language, args, product, expected, codes) => {
      const rules = [rule('locale', { field: 'language' }, [{ name: 'matchLanguage', args }])];
      const mapped = mapAttributes(rules, { locale: language }, properties, [], product);
      expect([mapped.fields.language, mapped.problems.map(({ code }) => code)]).toEqual([expected, codes]);
    },
  );

  it('never throws and gives the declared types, whatever a person is made of', () => {
    const anything = fc.oneof(fc.jsonValue({ maxDepth: 3 }), anyText({ maxLength: 50 }));
    const keys = [
      'userName',
      'externalId',
      'active',
      'title',
      'name',
      'emails',
      'roles',
      enterprise,
      custom,
      '__proto__',
    ];
    const person = fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), anything);
    const rules = [
      ...defaultRules(true),
      rule('title', { property: 'number' }),
      rule('title', { property: 'start' }, [{ name: 'parseDate', args: ['D.M.YYYY'] }]),
      rule('roles.value', { property: 'skills' }, [{ name: 'template', args: ['{emails} {roles}'] }]),
      rule(`${custom}:x.y`, { property: 'site' }, [
        { name: 'split', args: [','] },
        { name: 'first', args: [] },
      ]),
    ];
    fc.assert(
      fc.property(person, (resource) => {
        const { fields, properties: values, manager } = mapAttributes(rules, resource, properties);
        for (const value of Object.values(fields))
          expect(value === null || typeof value === 'string').toBe(true);
        if (values.number != null) expect(typeof values.number).toBe('number');
        if (values.skills != null) expect(Array.isArray(values.skills)).toBe(true);
        expect(manager === null || typeof manager === 'string').toBe(true);
      }),
      cases(250),
    );
  });

  it('reads a constant, the first of several paths, and groups', () => {
    const rules = [
      rule({ constant: 7 }, { property: 'number' }),
      rule({ firstOf: ['nickName', 'title'] }, { property: 'department' }),
      rule({ inGroup: 'remote*' }, { property: 'remote' }),
      rule({ groupNames: 'skill *' }, { property: 'skills' }, [{ name: 'replace', args: ['Skill ', ''] }]),
    ];
    const groups = ['Skill SQL', 'Remote workers', 'Skill Go'];
    expect(compileRules(rules, properties).faults).toEqual([]);
    const values = mapAttributes(rules, { title: 'CEO' }, properties, ['Skill SQL', 'Remote workers']);
    expect(values.properties).toEqual({ number: 7, department: 'CEO', remote: true, skills: ['sql'] });
    expect(mapAttributes(rules, { nickName: ' ', title: 'CEO' }, properties).properties).toMatchObject({
      department: 'CEO',
      remote: false,
      skills: null,
    });
    expect(mapAttributes(rules, {}, properties, groups).problems).toMatchObject([{ code: 'unknown-option' }]);
  });

  it.each<[UnknownOptionPolicy, unknown, unknown[], string[]]>([
    ['report', undefined, [], ['unknown-option']],
    ['empty', null, [], []],
    ['create', 'köln', [{ property: 'site', key: 'köln', name: 'Köln' }], []],
    [{ table: { KÖLN: 'Berlin' } }, 'ber', [], []],
    [{ table: { Bonn: 'Berlin' } }, undefined, [], ['unknown-option']],
  ])('deals with a value that is no option by the policy %j', (unknownOption, value, created, problems) => {
    const rules = [{ ...rule('title', { property: 'site' }), unknownOption }];
    const mapped = mapAttributes(rules, { title: 'Köln' }, properties);
    expect(mapped.properties.site).toEqual(value);
    expect(mapped.newOptions).toEqual(created);
    expect(mapped.problems.map((problem) => problem.code)).toEqual(problems);
    expect(mapAttributes(rules, { title: 'München' }, properties)).toMatchObject({
      properties: { site: 'muc' },
      newOptions: [],
    });
  });

  it('makes options of several values, spellings in other cases being the same', () => {
    const rules: Rule[] = [{ ...rule('roles.value', { property: 'skills' }), unknownOption: 'create' }];
    const roles = ['Go', 'SQL', 'GO'].map((value) => ({ value }));
    const mapped = mapAttributes(rules, { roles }, properties);
    expect(mapped.properties.skills).toEqual(['go', 'sql']);
    expect(mapped.newOptions).toEqual([{ property: 'skills', key: 'go', name: 'Go' }]);
  });

  it('takes a reference to another person for a property of type user', () => {
    const rules = [rule('manager', { property: 'mentor' })];
    const withMentor = [...properties, property('mentor', 'user')];
    const resource = { [enterprise]: { manager: { value: 'boss-1' } } };
    expect(mapAttributes(rules, resource, withMentor)).toMatchObject({
      properties: {},
      references: { mentor: 'boss-1' },
    });
    expect(mapAttributes(rules, {}, withMentor).references).toEqual({ mentor: null });
  });

  it.each([
    ['DD.MM.YYYY', '31.01.2026', '2026-01-31'],
    ['M/D/YYYY', '1/31/2026', '2026-01-31'],
    ['M/D/YYYY', '1/31/2026 08:00', '2026-01-31'],
    ['YYYYMMDD', '20260131', '2026-01-31'],
  ])('parses a day that is written as %s', (format, title, day) => {
    const rules = [rule('title', { property: 'start' }, [{ name: 'parseDate', args: [format] }])];
    expect(mapAttributes(rules, { title }, properties).properties.start).toBe(day);
    expect(mapAttributes(rules, { title: '31.02.2026x' }, properties).problems).toMatchObject([
      { target: 'properties.start', code: 'not-a-date-of-format' },
    ]);
  });

  it('reports a text of a megabyte instead of carrying it on', () => {
    const mapped = mapAttributes(
      [rule('title', { field: 'jobTitle' })],
      { title: 'x'.repeat(1_000_000) },
      properties,
    );
    expect(mapped.problems[0]?.code).toBe('too-long');
    expect(JSON.stringify(mapped).length).toBeLessThan(500);
  });
});

describe('a required property', () => {
  const required = { ...property('unit'), required: true, filledBy: 'provisioning' as const };

  it('is a problem, and leaves the old value, where there is none', () => {
    const rules = [rule('title', { property: 'unit' })];
    expect(mapAttributes(rules, {}, [required])).toMatchObject({
      properties: {},
      problems: [{ target: 'properties.unit', code: 'required' }],
    });
    expect(mapAttributes(rules, { title: 'Sales' }, [required])).toMatchObject({
      properties: { unit: 'Sales' },
      problems: [],
    });
  });

  it('is a problem once: a value that fails is not a missing one too', () => {
    const rules = [rule('title', { property: 'unit' })];
    const { problems } = mapAttributes(rules, { title: 'x'.repeat(5_000) }, [required]);
    expect(problems.map(({ code }) => code)).toEqual(['too-long']);
  });

  it('is a problem of everybody when no rule fills it, unless people may', () => {
    expect(mapAttributes([], {}, [required]).problems).toMatchObject([{ code: 'required' }]);
    expect(mapAttributes([], {}, [{ ...required, filledBy: 'both' }]).problems).toEqual([]);
  });
});

describe('compileRules', () => {
  it.each<[Partial<Rule>, string]>([
    [{ source: 'title.part' }, 'rules[0].source'],
    [{ source: '' }, 'rules[0].source'],
    [{ source: '__proto__.x' }, 'rules[0].source'],
    [{ source: 'emails[type eq' }, 'rules[0].source'],
    [{ source: 'name' }, 'rules[0].source'],
    [{ source: 'password' }, 'rules[0].source'],
    [{ source: 'groups' }, 'rules[0].source'],
    [{ source: 'meta.created' }, 'rules[0].source'],
    [{ target: { property: 'missing' } }, 'rules[0].target.property'],
    [{ target: { field: 'status' as 'email' } }, 'rules[0].target.field'],
    [{ transforms: [{ name: 'eval', args: [] }] }, 'rules[0].transforms[0]'],
    [{ transforms: [{ name: 'constructor', args: [] }] }, 'rules[0].transforms[0]'],
    [{ transforms: [{ name: 'split', args: [] }] }, 'rules[0].transforms[0]'],
    [{ transforms: [{ name: 'split', args: [''] }] }, 'rules[0].transforms[0]'],
    [{ transforms: [{ name: 'split', args: [',', 'x'] }] }, 'rules[0].transforms[0]'],
    [{ transforms: [{ name: 'trim', args: ['x'] }] }, 'rules[0].transforms[0]'],
    [{ transforms: [{ name: 'prefix', args: ['\0'] }] }, 'rules[0].transforms[0]'],
    [{ transforms: [{ name: 'map', args: [{ a: 1 }] }] }, 'rules[0].transforms[0]'],
    [{ transforms: [{ name: 'template', args: ['{title.part}'] }] }, 'rules[0].transforms[0]'],
    [{ transforms: [{ name: 'template', args: ['{title'] }] }, 'rules[0].transforms[0]'],
    [{ transforms: [{ name: 'template', args: ['plain'] }] }, 'rules[0].transforms[0]'],
    [{ transforms: [{ name: 'extract', args: ['(a'] }] }, 'rules[0].transforms[0]'],
    [{ transforms: [{ name: 'extract', args: ['(a)\\1'] }] }, 'rules[0].transforms[0]'],
    [{ transforms: [{ name: 'extract', args: ['a', 1] }] }, 'rules[0].transforms[0]'],
    [{ transforms: [{ name: 'extract', args: ['(a{0,100}){0,10}b'] }] }, 'rules[0].transforms[0]'],
    [{ transforms: [{ name: 'parseDate', args: ['DD.MM'] }] }, 'rules[0].transforms[0]'],
    [{ transforms: [{ name: 'matchLanguage', args: ['en, German'] }] }, 'rules[0].transforms[0]'],
    [
      {
        transforms: [
          { name: 'boolean', args: [] },
          { name: 'upper', args: [] },
        ],
      },
      'rules[0].transforms[1]',
    ],
    [{ transforms: [{ name: 'boolean', args: [] }] }, 'rules[0].transforms[0]'],
    [{ source: 'active', target: { property: 'number' } }, 'rules[0].source'],
    [{ source: { inGroup: 'x' }, target: { property: 'start' } }, 'rules[0].source'],
    [{ source: { constant: '' } }, 'rules[0].source.constant'],
    [{ source: { firstOf: ['title', 'title.part'] } }, 'rules[0].source.firstOf[1]'],
    [{ source: { groupNames: '' } }, 'rules[0].source.groupNames'],
    [{ alternative: true }, 'rules[0].alternative'],
    [{ unknownOption: 'create' }, 'rules[0].unknownOption'],
    [{ target: { property: 'department' }, unknownOption: 'create' }, 'rules[0].unknownOption'],
    [
      { target: { property: 'site' }, unknownOption: { table: { a: 'Mars' } } },
      'rules[0].unknownOption.table',
    ],
  ])('names the place of the fault in %j', (wrong, path) => {
    const sound = rule('title', { field: 'jobTitle' });
    expect(compileRules([{ ...sound, ...wrong }], properties).faults.map((fault) => fault.path)).toEqual([
      path,
    ]);
  });

  it('refuses two rules for one target that are not ordered as alternatives', () => {
    const rules = [rule('title', { field: 'jobTitle' }), rule('userType', { field: 'jobTitle' })];
    expect(compileRules(rules, properties).faults.map((fault) => fault.path)).toEqual(['rules[1].target']);
    expect(compileRules(markAlternatives(rules), properties).faults).toEqual([]);
  });

  it('refuses alternatives that are applied at different times', () => {
    const rules = markAlternatives([
      rule('title', { field: 'jobTitle' }),
      rule('userType', { field: 'jobTitle' }, [], 'create'),
    ]);
    expect(compileRules(rules, properties).faults.map((fault) => fault.path)).toEqual(['rules[1].when']);
  });

  it('finds the default rules sound', () => {
    expect(compileRules(defaultRules(true), properties).faults).toEqual([]);
  });

  it('never throws for a source of any text', () => {
    fc.assert(
      fc.property(anyText({ maxLength: 60 }), (source) => {
        compileRules([rule(source, { field: 'jobTitle' })], properties);
      }),
      cases(250),
    );
  });
});
